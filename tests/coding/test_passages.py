"""Ranges that somebody marked become passages that hold whole characters."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from survey_app.coding.passages import (
    InvalidPassageError,
    Passage,
    folded,
    passage_of,
    stored_text,
)

FAMILY = "\U0001f469\u200d\U0001f467"
TRICKY = st.text(
    st.sampled_from(
        ["a", "é", "e", "\u0301", " ", "\n", "\t", *FAMILY, "\U0001f1f3", "\U0001f1f1"]
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "marked", "quote"),
    [
        (f"ik {FAMILY} kwam", (4, 5), FAMILY),
        ("cafe\u0301 om", (3, 4), "e\u0301"),
        ("cafe\u0301 om", (4, 6), "e\u0301"),
        ("in \U0001f1f3\U0001f1f1 dus", (4, 5), "\U0001f1f3\U0001f1f1"),
        ("  veel te traag \n", (0, 17), "veel te traag"),
    ],
)
def test_a_passage_is_trimmed_and_never_cuts_a_character(
    text: str, marked: tuple[int, int], quote: str
) -> None:
    assert passage_of(text, *marked).quote == quote


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (5, 6, "empty_passage"),
        (3, 3, "out_of_range"),
        (4, 2, "out_of_range"),
        (-1, 2, "out_of_range"),
        (0, 12, "out_of_range"),
    ],
)
def test_what_is_no_passage_is_refused(start: int, end: int, code: str) -> None:
    with pytest.raises(InvalidPassageError) as refused:
        passage_of("prima\n\nhoor", start, end)

    assert refused.value.code == code


def test_a_passage_carries_the_words_around_it() -> None:
    text = "x" * 40 + " bestellen " + "y" * 40

    assert passage_of(text, 41, 50) == Passage(
        41, 50, "bestellen", "x" * 31 + " ", " " + "y" * 31
    )


@given(TRICKY, st.integers(-2, 60), st.integers(-2, 60))
def test_any_range_gives_whole_characters_or_a_reason(
    text: str, start: int, end: int
) -> None:
    if not (0 <= start < end <= len(text) and text[start:end].strip()):
        with pytest.raises(InvalidPassageError, match=r"out_of_range|empty_passage"):
            passage_of(text, start, end)
        return

    passage = passage_of(text, start, end)

    edges = {0, *(found.end() for found in regex.finditer(r"\X", text))}
    assert {passage.start, passage.end} <= edges
    assert text[passage.start : passage.end] == passage.quote
    assert passage_of(text, passage.start, passage.end) == passage


@given(st.text())
def test_stored_text_holds_no_controls_and_stays_as_it_is_the_second_time(
    text: str,
) -> None:
    kept = stored_text(text)

    assert not set(kept) & {chr(code) for code in range(32)} - {"\n", "\t"}
    assert stored_text(kept.removeprefix("\ufeff")) == kept.removeprefix("\ufeff")


def test_names_are_the_same_but_for_case_spaces_and_composition() -> None:
    assert folded("Cafe\u0301  bezoek ") == folded("CAFÉ bezoek")
    assert folded("cafe bezoek") != folded("café bezoek")
