import pytest

from analysis.intervals import Interval, share_of
from survey_app.insights.people import DistinctiveFeature
from survey_app.personas.naming import ADJECTIVES, NOUNS, Name, name_personas


def feature(variable: str, level: str, difference: float) -> DistinctiveFeature:
    return DistinctiveFeature(
        variable=variable,
        level=level,
        share_in=share_of(50, 100),
        share_rest=share_of(20, 100),
        difference=difference,
        interval=Interval(difference - 0.1, difference + 0.1),
        q=0.01,
    )


SEARCHING = feature("channel", "search", 0.8)
PRICE = feature("factor:price", "yes", 0.6)
QUICK = feature("time", "under_5", 0.9)
CONVENIENCE = feature("factor:convenience", "yes", 0.3)


def test_name_comes_from_the_two_strongest_features() -> None:
    assert name_personas([[SEARCHING, PRICE], [CONVENIENCE, QUICK]]) == [
        Name("De prijsbewuste vergelijker", "The price-conscious comparer"),
        Name("De snelle gemakszoeker", "The quick convenience seeker"),
    ]


def test_names_do_not_depend_on_the_order_of_features() -> None:
    assert name_personas([[SEARCHING, PRICE, QUICK], [QUICK]]) == name_personas(
        [[QUICK, PRICE, SEARCHING], [QUICK]]
    )


def test_names_are_never_alike() -> None:
    names = name_personas([[SEARCHING, PRICE], [SEARCHING, PRICE], []])

    assert names == [
        Name("De prijsbewuste vergelijker", "The price-conscious comparer"),
        Name("De prijsbewuste klant", "The price-conscious customer"),
        Name("Klantgroep 3", "Customer group 3"),
    ]


def test_what_people_have_less_often_names_nobody() -> None:
    [first, _second] = name_personas([[feature("app", "yes", -0.5)], []])

    assert first == Name("Klantgroep 1", "Customer group 1")


def test_feelings_make_adjectives() -> None:
    unhappy = feature("feeling:delivery", "negative", 0.4)

    [first, _second] = name_personas([[unhappy, SEARCHING], []])

    assert first == Name("De kritische vergelijker", "The critical comparer")


def test_one_group_is_all_customers() -> None:
    assert name_personas([[]]) == [Name("Alle klanten", "All customers")]


@pytest.mark.parametrize("words", [ADJECTIVES, NOUNS])
def test_every_word_exists_in_both_languages(
    words: dict[tuple[str, str], dict[str, str]],
) -> None:
    assert {tuple(each) for each in words.values()} == {("nl", "en")}
