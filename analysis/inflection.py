"""The forms that a noun takes in Dutch and English, near enough to look words up."""

import re
from collections.abc import Iterator

from analysis.records import Language

_MIN_LENGTH = 3  # letters of a word that has forms
_VOWELS = "aeiou"
_LONG = re.compile(r"(.*)(aa|ee|oo|uu)([bcdfghklmnprstvz])$")
_SHORT = re.compile(r".*[^aeiou][aeiou][bdfgklmnprst]$|^[aeiou][bdfgklmnprst]$")
_SOFTENED = {"f": "v", "s": "z"}
_DIMINUTIVES = ("je", "tje", "etje", "pje", "kje")


def forms_of(word: str, language: Language) -> tuple[str, ...]:
    """The word, its plurals and diminutives; some are none, which does no harm.

    >>> forms = forms_of("laadpaal", Language.DUTCH)
    >>> {"laadpaal", "laadpalen", "laadpaaltje"} <= set(forms)
    True
    >>> forms_of("battery", Language.ENGLISH)
    ('battery', 'batterys', 'batteries')
    """
    if len(word) < _MIN_LENGTH:
        return (word,)
    made = _english(word) if language is Language.ENGLISH else _dutch(word)
    return tuple(dict.fromkeys((word, *made)))


def _english(word: str) -> Iterator[str]:
    yield f"{word}s"
    if word.endswith("s") and len(word) > _MIN_LENGTH:
        yield word[:-1]
    if word.endswith("y") and word[-2] not in _VOWELS:
        yield f"{word[:-1]}ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        yield f"{word}es"


def _dutch(word: str) -> Iterator[str]:
    yield from (f"{word}s", f"{word}en")
    if word.endswith("e"):
        yield f"{word}n"
    if word.endswith("heid"):
        yield f"{word[:-4]}heden"
    stem = _open_stem(word)
    if stem[-1] in _SOFTENED:
        yield f"{stem[:-1]}{_SOFTENED[stem[-1]]}en"
    yield f"{stem}en"
    for ending in _DIMINUTIVES:
        yield from (f"{word}{ending}", f"{word}{ending}s")
    if stem != word and len(stem) > len(word):
        yield from (f"{stem}etje", f"{stem}etjes")


def _open_stem(word: str) -> str:
    """What stands before -en: "paal" keeps one a, "bus" gets another s."""
    long = _LONG.match(word)
    if long:
        return f"{long[1]}{long[2][0]}{long[3]}"
    return f"{word}{word[-1]}" if _SHORT.match(word) else word
