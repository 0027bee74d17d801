"""A text as words that may be somebody's name."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.redaction.name_lists import WORD, Phrases, name_cues, names


class Word(NamedTuple):
    text: str
    lower: str
    start: int
    end: int

    is_capital: bool

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 and self.text.isupper()


def words_in(text: str) -> list[Word]:
    """The words of a text; an 's of possession is left out.

    >>> [word.text for word in words_in("Sanne's hulp")]
    ['Sanne', 'hulp']
    """
    return [
        Word(found, found.lower(), match.start(), match.end(), found[0].isupper())
        if (found := match.group()).isalpha()
        else _word(found, match.start())
        for match in WORD.finditer(text)
    ]


def _word(found: str, start: int) -> Word:
    if found[-2:] in {"'s", "’s"} and len(found) > len("'s"):
        found = found[:-2]
    lower = found.lower().replace("’", "'")
    return Word(found, lower, start, start + len(found), found[0].isupper())


@dataclass(frozen=True, slots=True)
class Line:
    """A text, its words, and which of them belong to the name of a firm or a saying."""

    text: str
    words: Sequence[Word]
    taken: frozenset[int]

    def gap(self, place: int) -> str:
        """What stands before a word, after the word before it."""
        before = self.words[place - 1].end if place else 0
        return self.text[before : self.words[place].start]

    def gap_after(self, place: int) -> str:
        return self.gap(place + 1) if place + 1 < len(self.words) else ""

    def follows(self, place: int) -> str:
        """The two characters after a word."""
        end = self.words[place].end
        return self.text[end : end + 2]

    def joined(self, place: int) -> bool:
        """Whether only a space parts a word from the one before it."""
        return 0 < place < len(self.words) and self.gap(place) in {" ", "\u00a0", "  "}

    def is_first(self, place: int) -> bool:
        """Whether a sentence begins here, so that a capital tells nothing."""
        return place <= 0 or any(mark in self.gap(place) for mark in ".!?\n…:")

    def lower(self, place: int) -> str:
        return self.words[place].lower if 0 <= place < len(self.words) else ""


def make_line(text: str) -> Line:
    words = words_in(text)
    return Line(text, words, _taken(words, name_cues().brands))


def _taken(words: Sequence[Word], brands: Phrases) -> frozenset[int]:
    taken: set[int] = set()
    for place, word in enumerate(words):
        if word.lower not in brands:
            continue
        for phrase in brands[word.lower]:
            following = words[place : place + len(phrase)]
            if tuple(one.lower for one in following) == phrase:
                taken.update(range(place, place + len(phrase)))
    return frozenset(taken)


# Surnames by their form alone: McAllister, O'Leary, D'Hondt.
_FORMED = re.compile(
    r"(?:(?:Mc|Mac(?=[A-Z])|[OD]['’])[A-Z][a-z]{2,}|(?:Al|El|Abu|Ibn|Ben)-[A-Z][a-z]{2,})"
)
_SYLLABLES = (
    "soo|ji|min|hye|eun|sung|seung|hyun|joon|jun|woo|young|kyung|mi|yeon|jin|ho|hee|jae|"
    "dong|sang|tae|won|yoon|yu|kyu|chul|hwan|bin|seo|su|sun|jung|jeong|ling|wei|xin|yan|"
    "ming|hui|xiao|mei|hong"
)
_JOINED = re.compile(rf"(?:{_SYLLABLES})-(?:{_SYLLABLES})")  # Ji-woo, Mei-ling
_ABBREVIATION = 3  # letters: KPN, TED


def _bare(lower: str) -> str:
    """Without accents: Nguyễn, Đorđe."""
    parts = unicodedata.normalize("NFD", lower.replace("đ", "d").replace("ł", "l"))
    return "".join(one for one in parts if not unicodedata.combining(one))


def is_given(word: Word) -> bool:
    """A given name that is no word: also Jan-Willem, all parts of which are listed."""
    known = names()
    if word.text.isupper() and len(word.text) <= _ABBREVIATION:
        return False
    if word.lower in known.given or (word.is_capital and _is_formed(word)):
        return True
    if "-" not in word.lower:
        return False
    every = known.given | known.given_words
    parts = word.lower.split("-")
    return parts[0] in known.given and all(part in every for part in parts)


def _is_formed(word: Word) -> bool:
    """Sannes, Hilletje, Đorđe, Ji-woo."""
    known = names()
    if word.lower in known.genitives or _JOINED.fullmatch(word.lower):
        return True
    if word.lower in known.diminutives:
        return word.lower not in name_cues().ordinary
    return not word.text.isascii() and _bare(word.lower) in known.given


def is_given_word(word: Word) -> bool:
    return word.lower in names().given_words


def is_name_word(word: Word) -> bool:
    """A given name with a capital that may be a word, of no month and no language."""
    is_known = is_given(word) or is_given_word(word)
    return word.is_capital and is_known and word.lower not in name_cues().never


def is_surname_word(word: Word) -> bool:
    return word.lower in names().surname_words


def is_surname(word: Word) -> bool:
    """A surname that is no word: also Jansen-de Boer's first part, and endings."""
    listed = names().surnames
    if word.is_capital and _FORMED.match(word.text):
        return True
    if word.is_capital and not word.text.isascii() and _bare(word.lower) in listed:
        return True
    return word.lower in listed or (
        "-" in word.lower and any(part in listed for part in word.lower.split("-"))
    )


def may_be_surname(word: Word) -> bool:
    """Also where the surname is a word; asked only beside other evidence."""
    known = names()
    return (
        is_surname(word)
        or word.lower in known.surname_words
        or word.lower.endswith(known.endings)
    )


def may_be_name(word: Word, *, is_expected: bool = False) -> bool:
    """A word with a capital that is not known to be something else.

    Where a name is expected it may be a word of every day: Jan Sterk.
    """
    cues = name_cues()
    return (
        word.is_capital
        and len(word.text) > 1
        and word.lower not in cues.never
        and word.lower not in cues.brand_words
        and (is_expected or word.lower not in cues.ordinary)
        and (is_given(word) or not word.lower.endswith(cues.never_endings))
        and (is_given(word) or not word.text.isupper())
    )
