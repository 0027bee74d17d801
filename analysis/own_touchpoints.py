"""Touchpoints that an organisation adds itself: found at once, by cues and examples."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.inflection import forms_of
from analysis.own_lessons import NO_LESSONS, Lessons
from analysis.records import Language

PREFIX = "own_"  # of every code: no touchpoint of ours will ever begin with it
_MIN_COMPOUND = 5  # letters: shorter words stand inside others by chance
_NOTATION = frozenset("*|~")


class InvalidOwnTouchpointError(ValueError):
    """A touchpoint that could not be found by anything, or that has no name."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a touchpoint is called in one language, and by which phrases it is found."""

    name: str = ""
    description: str = ""
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTouchpoint:
    """One of an organisation's own, with answers that speak of it, in any language."""

    code: str
    dutch: OwnWords = field(default=OwnWords())
    english: OwnWords = field(default=OwnWords())
    examples: tuple[str, ...] = ()
    lessons: Lessons = NO_LESSONS  # what people corrected

    @property
    def found_by(self) -> tuple[object, ...]:
        """What makes a difference to what is found.

        Of lessons only their stage: each counts at once for what is read from then
        on, and not every one is worth reading all texts again.
        """
        cues = self.dutch.cues, self.english.cues
        return self.code, *cues, self.examples, self.lessons.stage

    @property
    def teaches(self) -> bool:
        """Whether there is anything that texts can be like, or unlike."""
        lessons = self.lessons
        return bool(self.examples or lessons.spoken or lessons.not_spoken)

    def cues(self, language: Language) -> tuple[str, ...]:
        """Phrases of a language that has none are those of the other: proper names."""
        english = language is Language.ENGLISH
        mine, other = (
            (self.english, self.dutch) if english else (self.dutch, self.english)
        )
        return mine.cues or other.cues


def is_own(code: str) -> bool:
    """Whether a touchpoint is an organisation's own.

    >>> is_own("own_charging_point"), is_own("website")
    (True, False)
    """
    return code.startswith(PREFIX)


def phrases_of(cue: str, language: Language) -> Iterator[str]:
    """A cue phrase in the notation of the lexicons, in the forms that words take.

    A phrase with a sign of that notation stays as it is.

    >>> from analysis.cues import CueBook, words_in
    >>> book = CueBook((p, "") for p in phrases_of("laadpaal", Language.DUTCH))
    >>> [len(book.find(words_in(text))) > 0 for text in ("snellaadpaaltje", "laden")]
    [True, False]
    """
    *before, last = cue.lower().split() or [""]
    if not last:
        return
    if _NOTATION & set(cue):
        yield cue.lower()
        return
    if before:
        forms = "|".join(forms_of(last, language))
        yield " ".join((*before, forms))
    yield _one_word("".join((*before, last)), language)


def _one_word(word: str, language: Language) -> str:
    """In Dutch also as the end and as the beginning of a longer word."""
    forms = forms_of(word, language)
    if language is Language.ENGLISH or len(word) < _MIN_COMPOUND:
        return "|".join(forms)
    return "|".join((*forms, *(f"*{form}" for form in forms), f"{word}*"))


def read_own_touchpoints(path: Path) -> tuple[OwnTouchpoint, ...]:
    """The touchpoints of a TOML file, as ``klantreis analyse --touchpoints`` takes it.

    A table ``[[touchpoints]]`` each: code, name_nl, name_en, description_nl,
    description_en, cues_nl, cues_en and examples; only the code is needed, and cues
    or examples.
    """
    try:
        rows = tomllib.loads(path.read_text("utf-8"))["touchpoints"]
        return tuple(_read(row) for row in rows)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, UnicodeError) as error:
        raise InvalidOwnTouchpointError(f"{path.name}: {error}") from error


def _read(row: Mapping[str, Any]) -> OwnTouchpoint:
    code = str(row["code"])
    found = OwnTouchpoint(
        code=code if is_own(code) else f"{PREFIX}{code}",
        dutch=_words(row, "nl"),
        english=_words(row, "en"),
        examples=_lines(row.get("examples", ())),
    )
    if not (found.dutch.cues or found.english.cues or found.examples):
        raise InvalidOwnTouchpointError(f"{code} has neither cues nor examples")
    return found


def _words(row: Mapping[str, Any], language: str) -> OwnWords:
    return OwnWords(
        str(row.get(f"name_{language}", "")),
        str(row.get(f"description_{language}", "")),
        _lines(row.get(f"cues_{language}", ())),
    )


def _lines(given: Sequence[str]) -> tuple[str, ...]:
    if isinstance(given, str):
        raise TypeError("cues and examples are lists")
    return tuple(str(line) for line in given)
