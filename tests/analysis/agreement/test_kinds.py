from analysis.agreement import compare_all, unit_table
from tests.analysis.agreement.builders import coded_units, value
from tests.analysis.approximate import about


def test_alpha_over_sets_by_hand() -> None:
    """Two units: {a} against {a, b}, and nothing against nothing."""
    coded = coded_units(
        {"An": {"d": ["a", ""]}, "Bo": {"d": ["a b", ""]}},
        kinds={"a": "theme", "b": "theme"},
    )

    alpha = compare_all(unit_table(coded)).by_kind["theme"].alpha

    near = 1 - 1 / 2 * 2 / 3  # {a} to {a, b}; from both to the empty set it is 1
    observed, expected = 2 * near / 4, 2 * (near + 2 + 2) / 12
    assert value(alpha) == about(1 - observed / expected)


def test_kinds_do_not_mix() -> None:
    coded = coded_units(
        {"An": {"d": ["a e", "", "a"]}, "Bo": {"d": ["a", "e", "a"]}},
        kinds={"a": "theme", "e": "emotion"},
    )

    kinds = compare_all(unit_table(coded)).by_kind

    assert (kinds["theme"].codes, kinds["emotion"].codes) == (("a",), ("e",))
    assert value(kinds["theme"].alpha) == 1.0
    assert value(kinds["emotion"].alpha) < 0


def test_sets_of_one_code_are_the_code() -> None:
    coded = coded_units({"An": {"d": list("xx  x ")}, "Bo": {"d": list("x x x ")}})

    agreement = compare_all(unit_table(coded))

    by_code = value(agreement.by_code["x"].alpha)
    assert value(agreement.by_kind["theme"].alpha) == about(by_code)
