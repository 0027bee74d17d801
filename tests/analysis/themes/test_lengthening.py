"""A name becomes longer only where people say much the same so."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from analysis.records import Language
from analysis.themes.lengthening import lengthen
from analysis.themes.phrases import Words, read_words


@dataclass
class Everybody:
    """Each text is somebody else's."""

    texts: list[Words]

    def speakers(self, places: Sequence[int]) -> int:
        return len(set(places))


def lengthened(word: str, *texts: str, may_show: bool = True) -> str | None:
    [[stem]] = [words.stems for words in read_words([word], Language.DUTCH)]
    everybody = Everybody(read_words(texts, Language.DUTCH))
    return lengthen(everybody, range(len(texts)), (stem,), lambda *_given: may_show)


BY_PHONE = ["Aan de telefoon vriendelijk", "vlot aan de telefoon", "aan de telefoon ok"]
ADVICE = ["goed advies", "Goed advies gekregen", "goed advies!"]


@pytest.mark.parametrize(
    ("word", "texts", "name"),
    [
        ("telefoon", [*BY_PHONE, "telefoon duurde lang"], "aan de telefoon"),
        ("telefoon", [*BY_PHONE, *["de telefoon"] * 7], None),  # too few say it so
        ("telefoon", BY_PHONE[:2], None),  # two people name nothing
        ("advies", [*ADVICE, "slecht advies", "geen advies"], "goed advies"),
        ("advies", [*ADVICE, *["slecht advies", "advies kwam laat"] * 2], None),
        ("telefoon", ["Ik hing aan. De telefoon ging", *BY_PHONE[:2]], None),
    ],
)
def test_name_of_what_most_say(word: str, texts: list[str], name: str | None) -> None:
    assert lengthened(word, *texts) == name


def test_words_that_may_not_be_shown_make_no_name() -> None:
    assert lengthened("telefoon", *BY_PHONE, may_show=False) is None
