import pytest

from analysis.agreement import (
    Code,
    CodedRound,
    Coding,
    Coverage,
    Unit,
    UnitTable,
    unit_table,
)

# "one two six ten|No.|one two three four": words of a turn, a short one, a turn
UNITS = (
    Unit("d", 0, 15, ((0, 3), (4, 7), (8, 11), (12, 15))),
    Unit("d", 16, 19, ((16, 18),)),
    Unit("d", 20, 38, ((20, 23), (24, 27), (28, 33), (34, 38))),
)


def covered(start: int, end: int, coverage: Coverage | None = None) -> list[int]:
    return (
        table_of(Coding("d", start, end, "x", "An"), coverage)
        .present[0, :, 0]
        .nonzero()[0]
        .tolist()
    )


def table_of(coding: Coding, coverage: Coverage | None = None) -> UnitTable:
    return unit_table(round_of(codings=[coding]), coverage)


def round_of(
    *,
    coders: tuple[str, ...] = ("An", "Bo"),
    codes: tuple[Code, ...] = (Code("x", "theme"),),
    units: tuple[Unit, ...] = UNITS,
    done: tuple[tuple[str, str], ...] = (("d", "An"),),
    codings: list[Coding] | None = None,
) -> CodedRound:
    return CodedRound.of(
        coders=coders, codes=codes, units=units, done=done, codings=codings or []
    )


@pytest.mark.parametrize(
    ("start", "end", "rows"),
    [
        (0, 38, [0, 1, 2]),  # everything
        (4, 7, [0]),  # one word of four, but all of the coding
        (0, 18, [0, 1]),  # a turn and the answer
        (12, 38, [1, 2]),  # a quarter of the first turn, a small part of the coding
        (0, 17, [0, 1]),  # half of the word "No" is enough
        (14, 27, [1, 2]),  # one letter of "ten" is not a word
        (5, 6, [0]),  # inside a word: it is that word
        (15, 16, []),  # between two units
        (18, 19, []),  # a full stop: in the unit, but no word of it
        (38, 50, []),  # behind all
        (8, 27, [0, 1, 2]),  # half of the words of both turns
        (12, 24, [1]),  # one word of both turns: a third of the coding at most
    ],
)
def test_coverage(start: int, end: int, rows: list[int]) -> None:
    assert covered(start, end) == rows


def test_thresholds_are_parameters() -> None:
    assert covered(12, 38, Coverage(of_words=0.25)) == [0, 1, 2]
    assert covered(12, 24, Coverage(of_coding=0.25)) == [0, 1, 2]
    assert covered(4, 7, Coverage(of_words=1, of_coding=1)) == [0]
    assert covered(8, 27, Coverage(of_words=1, of_coding=1)) == [1]


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_threshold_that_is_no_share(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        Coverage(of_words=share)


def test_what_counts_for_no_unit_is_told() -> None:
    outside = Coding("other", 0, 5, "x", "An")
    coded = round_of(done=(("d", "An"), ("other", "An")), codings=[outside])

    assert unit_table(coded).unplaced == (outside,)


def test_document_not_done_is_missing_not_empty() -> None:
    table = table_of(Coding("d", 0, 38, "x", "Bo"))

    assert table.done.tolist() == [[True] * 3, [False] * 3]
    assert not table.present.any()
    assert table.unplaced == ()


def test_unit_without_words_is_left_out() -> None:
    coded = round_of(units=(*UNITS, Unit("d", 40, 43, ())))

    assert coded.units == UNITS


@pytest.mark.parametrize(
    ("complaint", "given"),
    [
        ("no codes", {"codes": ()}),
        ("coder given twice", {"coders": ("An", "An")}),
        ("code given twice", {"codes": (Code("x", "theme"), Code("x", "phase"))}),
        ("overlap", {"units": (UNITS[0], Unit("d", 14, 20, ((15, 18),)))}),
        ("words", {"units": (Unit("d", 0, 5, ((3, 8),)),)}),
        ("words", {"units": (Unit("d", 0, 5, ((2, 2),)),)}),
        ("words", {"units": (Unit("d", 0, 9, ((5, 8), (0, 3))),)}),
        ("extent", {"codings": [Coding("d", 5, 5, "x", "An")]}),
        ("extent", {"codings": [Coding("d", -1, 5, "x", "An")]}),
        ("not among", {"codings": [Coding("d", 0, 5, "y", "An")]}),
        ("not among", {"codings": [Coding("d", 0, 5, "x", "Cy")]}),
        ("not among", {"done": (("d", "Cy"),)}),
    ],
)
def test_what_cannot_be_counted_is_refused(
    complaint: str, given: dict[str, tuple[object, ...]]
) -> None:
    with pytest.raises(ValueError, match=complaint):
        round_of(**given)  # type: ignore[arg-type]
