import pytest

from survey_app.touchpoints.catalogue import load_catalogue


def test_the_catalogue_follows_the_journey() -> None:
    catalogue = load_catalogue()

    phases = [phase.code for phase in catalogue.phases]
    assert phases == ["consider", "evaluate", "buy", "experience"]
    places = [
        (phases.index(each.phase), each.order)
        for each in catalogue.touchpoints.values()
    ]
    assert places == sorted(places)
    of_phases = [each for phase in phases for each in catalogue.of_phase(phase)]
    assert of_phases == list(catalogue.touchpoints.values())


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("delivery", "nl", "Levering"),
        ("delivery", "en", "Delivery"),
        ("delivery", "de", "Levering"),
        ("own_bus_stop", "nl", "Own bus stop"),
    ],
)
def test_touchpoints_have_names(code: str, language: str, expected: str) -> None:
    assert load_catalogue().name(code, language) == expected
