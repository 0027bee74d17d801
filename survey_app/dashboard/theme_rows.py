"""The themes of a touchpoint ready to draw, and the sentences of the one asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey_app.dashboard import labels
from survey_app.dashboard.charts import Segment, bar_segments
from survey_app.dashboard.filters import ChosenFilters
from survey_app.dashboard.paging import Paging, read_paging
from survey_app.db import get_database, get_session
from survey_app.insights.figures import TouchpointFigure
from survey_app.insights.sentences import (
    Sentence,
    count_sentences,
    list_sentences,
    read_sentences,
)
from survey_app.insights.themes import (
    FoundTheme,
    ThemeReport,
    ThemesInLanguage,
    report_themes,
)


@dataclass(frozen=True, slots=True)
class ThemeRow:
    theme: FoundTheme
    segments: tuple[Segment, ...]

    @property
    def is_indicative(self) -> bool:
        return self.theme.point.level.value == "indicative"


@dataclass(frozen=True, slots=True)
class LanguageRows:
    found: ThemesInLanguage
    rows: tuple[ThemeRow, ...]


def find_report(
    chosen: ChosenFilters, figure: TouchpointFigure | None
) -> ThemeReport | None:
    """None: they are still being made, or nothing may be shown at all."""
    if figure is None or figure.point is None:
        return None
    return report_themes(
        get_database(),
        get_session(),
        chosen.figures,
        figure.touchpoint,
        mentions=figure.mentions,
    )


def make_theme_rows(report: ThemeReport | None) -> list[LanguageRows]:
    return [
        LanguageRows(each, tuple(ThemeRow(one, _bar(one)) for one in each.themes))
        for each in (report.languages if report else ())
    ]


def _bar(theme: FoundTheme) -> tuple[Segment, ...]:
    point = theme.point
    return bar_segments(
        (
            ("negative", point.share_negative.value),
            ("neutral", point.share_neutral.value),
            ("positive", point.share_positive.value),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSentences:
    """One page of sentences; ``theme`` None with a ``key``: there is no such theme."""

    key: str | None
    theme: FoundTheme | None
    polarity: str | None
    counts: Mapping[str, int]
    paging: Paging
    sentences: Sequence[Sentence]

    @property
    def mentions(self) -> int:
        return sum(self.counts.values())

    @property
    def address(self) -> dict[str, str]:
        """What must be in every address that stays with these sentences."""
        return {"theme": self.theme.key} if self.theme else {}


def choose_sentences(
    chosen: ChosenFilters,
    touchpoint: str,
    figure: TouchpointFigure | None,
    given: Mapping[str, str],
) -> ChosenSentences:
    """Those of a theme, the most typical first; or all, the surest first."""
    session = get_session()
    asked = given.get("polarity")
    polarity = asked if asked in labels.POLARITIES else None
    key = given.get("theme") or None
    report = find_report(chosen, figure) if key else None
    theme = report.find(key) if report else None
    counts = (
        theme.counts if theme else count_sentences(session, chosen.figures, touchpoint)
    )
    total = counts.get(polarity, 0) if polarity else sum(counts.values())
    paging = read_paging(given, total)
    found: Sequence[Sentence] = ()
    if theme is not None:
        ids = theme.of(polarity)[paging.offset : paging.offset + paging.size]
        found = read_sentences(session, ids)
    elif figure is not None and figure.point is not None:
        found = list_sentences(
            session,
            chosen.figures,
            touchpoint,
            polarity=polarity,
            limit=paging.size,
            offset=paging.offset,
        )
    return ChosenSentences(
        key=key,
        theme=theme,
        polarity=polarity,
        counts=counts,
        paging=paging,
        sentences=found,
    )
