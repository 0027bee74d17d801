import pytest
from scipy.stats import chi2_contingency

from analysis.intervals import Share, newcombe, wilson
from analysis.personas import DistinctiveFeature, Person, Variable, compare_groups
from tests.analysis.approximate import about

AGE, BOUGHT = Variable("age", ("young", "old")), Variable("bought", ("no", "yes"))


def buyers(weight: float = 1.0) -> list[Person]:
    """Twenty of thirty in group a bought, five of thirty in group b."""
    bought = ["yes"] * 20 + ["no"] * 10 + ["yes"] * 5 + ["no"] * 25
    return [
        Person(f"p{number:02}", {"bought": level, "age": None}, weight)
        for number, level in enumerate(bought)
    ]


GROUPS = {f"p{number:02}": "a" if number < 30 else "b" for number in range(60)}


def test_compare_groups_gives_both_shares_and_their_difference() -> None:
    features = compare_groups(buyers(), [AGE, BOUGHT], GROUPS)

    expected = chi2_contingency([[20, 10], [5, 25]], correction=False)
    assert list(features) == ["a", "b"]
    assert features["a"][0] == DistinctiveFeature(
        variable="bought",
        level="yes",
        share_in=Share(20 / 30, wilson(20, 30), 30),
        share_rest=Share(5 / 30, wilson(5, 30), 30),
        difference=0.5,
        interval=newcombe(20, 30, 5, 30),
        q=about(expected.pvalue),
    )
    assert features["a"][0].lift == pytest.approx(4)


def test_compare_groups_counts_equal_weights_as_people() -> None:
    weighted = compare_groups(buyers(weight=0.25), [BOUGHT], GROUPS)

    assert weighted == compare_groups(buyers(), [BOUGHT], GROUPS)


def test_compare_groups_shows_nothing_of_fewer_than_five_people() -> None:
    groups = {key: name for key, name in GROUPS.items() if name == "a" or key < "p34"}

    features = compare_groups(buyers(), [BOUGHT], groups)

    assert features == {"a": (), "b": ()}


def test_compare_groups_finds_no_difference_in_a_level_that_nobody_has() -> None:
    bought = Variable("bought", ("no", "yes", "returned"))

    features = compare_groups(buyers(), [bought], GROUPS)

    [returned] = [each for each in features["a"] if each.level == "returned"]
    assert (returned.difference, returned.q) == (0.0, 1.0)


def test_compare_groups_has_no_finite_lift_over_nobody() -> None:
    people = [
        Person(f"p{number:02}", {"bought": "yes" if number < 30 else "no"})
        for number in range(60)
    ]

    features = compare_groups(people, [BOUGHT], GROUPS)

    assert features["a"][0].lift == float("inf")
