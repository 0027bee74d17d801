from survey_app.insights.people import Customer, DropReason, Said
from survey_app.personas.variables import Material, prepare_material


def make_customers(count: int) -> list[Customer]:
    """Every second one wants a low price; all write, few of them of the app."""
    return [
        Customer(
            respondent_id=number,
            language="nl" if number % 4 else "en",
            wave="Voorjaar" if number % 3 else None,
            codes={
                "q1_found_us": "event" if number % 2 else "search_engine",
                "q5_time_on_site": "under_5" if number % 3 else "dont_know",
                "q6_bought": "bought" if number % 2 else "not_yet",
            },
            wrote={"interactions"},
            factors=["price"] if number % 2 else ["service"],
            said=[_said("app", 0.5)]
            if number == 0
            else [_said("delivery", _score(number))],
        )
        for number in range(count)
    ]


def _said(touchpoint: str, score: float) -> Said:
    return Said(role="interactions", touchpoint=touchpoint, total=score, mentions=1)


def _score(number: int) -> float:
    return 0.5 if number % 2 else -0.5


def building(material: Material) -> list[str]:
    return [variable.key for variable in material.building]


def test_variables_come_in_order_of_importance() -> None:
    material = prepare_material(make_customers(60))

    assert building(material) == [
        "channel",
        "time",
        "factor:price",
        "factor:service",
        "feeling:delivery",
    ]


def test_bought_language_and_wave_describe_and_never_build() -> None:
    material = prepare_material(make_customers(60))

    assert [variable.key for variable in material.describing] == [
        "bought",
        "time_felt",
        "language",
        "wave",
    ]
    assert not set(building(material)) & {"bought", "time_felt", "language", "wave"}


def test_what_few_spoke_of_is_left_out_with_its_share() -> None:
    material = prepare_material(make_customers(60))

    assert [
        (dropped.variable, dropped.reason, round(dropped.figure, 3))
        for dropped in material.left_out
    ] == [("touchpoint:app", DropReason.RARE, 0.017)]


def test_few_people_carry_few_variables() -> None:
    material = prepare_material(make_customers(29))

    assert building(material) == ["channel", "time"]
    assert {dropped.reason for dropped in material.left_out} == {
        DropReason.LIMIT,
        DropReason.RARE,
    }


def test_material_of_nobody_is_empty() -> None:
    material = prepare_material([])

    assert (material.people, material.building) == ((), ())


def test_levels_of_a_person_are_known_for_every_variable() -> None:
    [person, *_rest] = prepare_material(make_customers(60)).people

    assert (person.key, person.levels) == (
        "0",
        {
            "channel": "search",
            "time": None,
            "factor:price": "no",
            "factor:service": "yes",
            "feeling:delivery": "none",
            "bought": "not_yet",
            "time_felt": None,
            "language": "en",
            "wave": None,
            "main_factor": "service",
        },
    )
