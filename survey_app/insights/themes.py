"""What people talk about at one touchpoint, under one filter.

Few mentions are grouped while the page waits, many beside it: until they are, the page
shows the themes from before, or that they are being made.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from analysis.intervals import BaseLevel, base_level
from analysis.journey import EmotionPoint
from analysis.records import Language
from analysis.redaction import redact
from analysis.themes import LanguageThemes, Said, Theme, Vectors, find_themes
from survey_app.db import Database
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.memory import made_beside, remembered
from survey_app.insights.theme_queries import (
    Evidence,
    count_vectors,
    list_elsewhere,
    list_evidence,
)
from survey_app.insights.vectors import unpack

AT_ONCE = 1_000  # mentions that are grouped well within a second
ELSEWHERE = 4_000  # mentions of other touchpoints are enough to know their words
BY_VECTORS_FROM = 0.5  # of the mentions, read by the encoder
_LANGUAGES = {"nl": Language.DUTCH, "en": Language.ENGLISH}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTheme:
    """A theme, with the mentions in it: the most typical first."""

    key: str  # language and name: the same for as long as people speak so
    language: str
    name: str
    also: tuple[str, ...]
    point: EmotionPoint
    mention_ids: tuple[int, ...] = field(repr=False)
    polarities: tuple[str, ...] = field(repr=False)  # of each of these

    @property
    def base(self) -> int:
        return self.point.base

    def of(self, polarity: str | None) -> Sequence[int]:
        """Its mentions of one polarity, or all."""
        pairs = zip(self.mention_ids, self.polarities, strict=True)
        return [one for one, said in pairs if polarity in (None, said)]

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(self.polarities))


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesInLanguage:
    """``base`` and ``other_base`` are None for too few people to be told."""

    language: str
    share: float  # of the mentions
    base: int | None
    enough: bool
    themes: tuple[FoundTheme, ...]
    other_base: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeReport:
    languages: tuple[ThemesInLanguage, ...]
    waiting: int  # mentions that the encoder has still to read; not counted here

    def find(self, key: str | None) -> FoundTheme | None:
        themes = (theme for each in self.languages for theme in each.themes)
        return next((theme for theme in themes if theme.key == key), None)

    @property
    def themes(self) -> int:
        return sum(len(each.themes) for each in self.languages)


def report_themes(
    database: Database,
    session: Session,
    filters: FigureFilter,
    touchpoint: str,
    *,
    mentions: int,
) -> ThemeReport | None:
    """The themes of a touchpoint with so many mentions; None while they are made."""
    read = count_vectors(session, filters, touchpoint)
    if mentions <= AT_ONCE:
        key = ("themes", filters, touchpoint, read)
        return remembered(session, key, lambda: _report(session, filters, touchpoint))
    key = ("themes", filters, touchpoint, 10 * read // mentions)
    return made_beside(
        database, session, key, lambda apart: _report(apart, filters, touchpoint)
    )


def _report(session: Session, filters: FigureFilter, touchpoint: str) -> ThemeReport:
    evidence = list_evidence(session, filters, touchpoint)
    own, vectors = _with_vectors(evidence)
    elsewhere = list_elsewhere(session, filters, touchpoint, limit=ELSEWHERE)
    found = find_themes(
        [*map(_said, own), *map(_said, elsewhere)],
        touchpoint,
        vectors=vectors,
        may_show=is_impersonal,
    )
    return ThemeReport(
        languages=tuple(
            _in_language(each, own, found.mentions) for each in found.languages
        ),
        waiting=len(evidence) - len(own),
    )


def _with_vectors(
    evidence: list[Evidence],
) -> tuple[list[Evidence], Vectors | None]:
    """Those that the encoder read, when it read most; else all, to go by words."""
    encoders = Counter(each.made_by for each in evidence if each.made_by)
    if not encoders:
        return evidence, None
    made_by, read = min(encoders.items(), key=lambda item: (-item[1], item[0]))
    if read < BY_VECTORS_FROM * len(evidence):
        return evidence, None
    own = [each for each in evidence if each.made_by == made_by]
    return own, unpack([each.vector or b"" for each in own])


def _said(evidence: Evidence) -> Said:
    return Said(
        evidence.words,
        _LANGUAGES.get(evidence.language, Language.UNDETERMINED),
        evidence.touchpoint,
        evidence.score,
        evidence.respondent_id,
    )


def is_impersonal(text: str, start: int, end: int) -> bool:
    """Whether these words hold no personal data, as they stand in their text."""
    redacted = redact(text, [(start, end)])
    [(first, last)] = redacted.spans
    return redacted.text[first:last] == text[start:end]


def _in_language(
    found: LanguageThemes, own: Sequence[Evidence], mentions: int
) -> ThemesInLanguage:
    return ThemesInLanguage(
        language=found.language.value,
        share=found.mentions / mentions,
        base=_told(found.base),
        enough=found.enough,
        themes=tuple(_theme(found.language, theme, own) for theme in found.themes),
        other_base=_told(found.other_base) if found.other else 0,
    )


def _told(base: int) -> int | None:
    return None if base_level(base) is BaseLevel.HIDDEN else base


def _theme(language: Language, theme: Theme, own: Sequence[Evidence]) -> FoundTheme:
    members = [own[place] for place in theme.members]
    return FoundTheme(
        key=f"{language.value}:{theme.name}",
        language=language.value,
        name=theme.name,
        also=theme.also,
        point=theme.point,
        mention_ids=tuple(each.mention_id for each in members),
        polarities=tuple(each.polarity for each in members),
    )
