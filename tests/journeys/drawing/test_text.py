"""Width and wrapping of text."""

from hypothesis import given
from hypothesis import strategies as st

from survey_app.journeys.drawing.text import TextStyle, text_width, wrap

STYLE = TextStyle(12.5)


def test_wrap_keeps_words_whole_and_lines_even() -> None:
    assert wrap("Vult adres opnieuw in", STYLE, 118, 4) == ("Vult adres", "opnieuw in")


def test_wrap_breaks_after_a_hyphen() -> None:
    assert wrap("E-commerce-afdeling", STYLE, 90, 2) == ("E-commerce-", "afdeling")


def test_wrap_hyphenates_a_word_too_long_for_a_line() -> None:
    lines = wrap("Klantenservicemedewerker", STYLE, 100, 3)

    assert lines == ("Klantenservice-", "medewerker")


def test_wrap_prefers_a_soft_hyphen() -> None:
    lines = wrap("Klanten\u00adservice\u00admedewerker", STYLE, 100, 3)

    assert lines == ("Klantenservice-", "medewerker")


def test_wrap_shortens_after_a_whole_word_and_keeps_the_closing_quote() -> None:
    lines = wrap("“Zes euro porto voor een plankje", STYLE, 80, 2, end="”")

    assert lines == ("“Zes euro", "porto…”")


def test_wrap_cuts_inside_only_what_no_line_can_hold() -> None:
    lines = wrap("x" * 200, STYLE, 80, 2, end="”")

    assert lines == ("xxxxxxxxxx-", "xxxxxxxx…”")


def test_wrap_of_nothing_is_no_line() -> None:
    assert wrap(" \n\x07 ", STYLE, 80, 2) == ()


@given(st.text(max_size=200), st.integers(15, 400), st.integers(1, 5))
def test_wrap_stays_within_lines_and_width(text: str, width: int, lines: int) -> None:
    wrapped = wrap(text, STYLE, width, lines, end="”")

    assert len(wrapped) <= lines
    assert all(text_width(line, STYLE) <= width + 20 for line in wrapped)
