from math import log

import pytest

from analysis.records import Language
from analysis.themes.keyness import holds_together, log_odds
from analysis.themes.phrases import PhraseTable, phrases_in, read_words


def phrases(text: str, language: Language = Language.DUTCH) -> list[str]:
    [words] = read_words([text], language)
    return [text[start:end] for _phrase, start, end in phrases_in(words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("te hoog", ["te hoog", "hoog"]),
        ("niet bezorgd", ["niet bezorgd", "bezorgd"]),
        ("De doos. Gescheurd", ["doos", "Gescheurd"]),
        ("het was heel goed", []),
        ("binnen 2 maanden", ["binnen 2 maanden", "2 maanden", "maanden"]),
        ("", []),
    ],
    ids=["opener", "negation", "sentence end", "no content", "number", "nothing"],
)
def test_phrases_read_by_themselves(text: str, expected: list[str]) -> None:
    assert phrases(text) == expected


def test_english_has_its_own_words() -> None:
    assert phrases("too slow, on a Monday", Language.ENGLISH) == [
        *("too slow", "slow", "on a Monday", "Monday"),
    ]


def test_a_phrase_is_shown_as_most_people_write_it() -> None:
    texts = ["Verzendkosten!", "VERZENDKOSTEN", "De verzendkosten", "de Ikea", "Ikea"]
    table = PhraseTable.of(read_words(texts, Language.DUTCH))

    forms = {table.form(phrase) for phrase in table.places}
    assert "verzendkosten" in forms
    assert "Verzendkosten" not in forms


def test_log_odds_agree_with_the_paper_worked_by_hand() -> None:
    """One word of ten against one of thirty; the prior holds 40 × 40 / 400 = 4."""
    [z] = log_odds([10], [30], words_here=100, words_there=300)

    high = 14 / (100 + 40 - 14)
    low = 34 / (300 + 40 - 34)
    by_hand = log(high / low) / (1 / 14 + 1 / 34) ** 0.5
    assert z == pytest.approx(by_hand)


def test_words_that_meet_by_chance_do_not_hold_together() -> None:
    counts = {("doos",): 50, ("pakket",): 50, ("doos", "pakket"): 3}

    assert not holds_together(("doos", "pakket"), counts, words=1000)
    assert holds_together(("doos",), counts, words=1000)
