"""The rows of the Touchpoints page, ready to draw, and what changed in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from survey_app.dashboard.charts import (
    SPARK,
    TREND,
    Frame,
    Segment,
    Sparkline,
    bar_segments,
    sparkline,
)
from survey_app.insights.figures import TouchpointFigure

UP, DOWN, STEADY = "up", "down", "steady"


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointRow:
    """``figure.point`` None: too few people, and nothing drawn."""

    figure: TouchpointFigure
    segments: tuple[Segment, ...] = ()
    spark: Sparkline | None = None
    verdict: str | None = None

    @property
    def is_indicative(self) -> bool:
        point = self.figure.point
        return point is not None and point.level.value == "indicative"

    @property
    def weeks(self) -> list[float]:
        """The weeks' means that may be shown, the oldest first."""
        return [week.mean for week in self.figure.weeks if week.mean is not None]


def make_rows(figures: Sequence[TouchpointFigure]) -> list[TouchpointRow]:
    """Firm figures first, then indicative ones, then those too small to show."""
    return sorted((_row(figure) for figure in figures), key=_firmness)


def _firmness(row: TouchpointRow) -> int:
    if row.figure.point is None:
        return 2
    return int(row.is_indicative)


def _row(figure: TouchpointFigure) -> TouchpointRow:
    point = figure.point
    if point is None:
        return TouchpointRow(figure=figure)
    shares = (
        ("negative", point.share_negative.value),
        ("neutral", point.share_neutral.value),
        ("positive", point.share_positive.value),
    )
    return TouchpointRow(
        figure=figure,
        segments=bar_segments(shares),
        spark=_line(figure, SPARK),
        verdict=figure.change.verdict.value if figure.change else None,
    )


def _line(figure: TouchpointFigure, frame: Frame) -> Sparkline:
    anew = [n for n, week in enumerate(figure.weeks) if week.starts_anew]
    return sparkline([week.mean for week in figure.weeks], anew, frame)


def draw_trend(figure: TouchpointFigure) -> Sparkline | None:
    """The line over the weeks, larger; one week is no trend."""
    shown = [week for week in figure.weeks if week.mean is not None]
    return _line(figure, TREND) if len(shown) > 1 else None


def may_tell_bases(figure: TouchpointFigure) -> bool:
    """With a small week among them, the others would tell how small it is."""
    return all(week.mean is not None or not week.base for week in figure.weeks)


def say_change(figure: TouchpointFigure) -> str | None:
    """The change since the previous wave in words that its name follows."""
    change, after, before = figure.change, figure.negative_after, figure.negative_before
    if change is None or after is None or before is None:
        return None
    verdict = change.verdict.value
    more_negative = round((after.value - before.value) * 100)
    if verdict == DOWN:
        return _worse(more_negative)
    if verdict == UP:
        return _better(-more_negative)
    if verdict == STEADY:
        return str(_("about the same as"))
    return str(_("no difference beyond chance from"))


def _worse(points: int) -> str:
    """In points of the share negative, unless the mean fell by other means."""
    if points <= 0:
        return str(_("worse than"))
    return str(
        ngettext("%(num)d point worse than", "%(num)d points worse than", points)
    )


def _better(points: int) -> str:
    if points <= 0:
        return str(_("better than"))
    return str(
        ngettext("%(num)d point better than", "%(num)d points better than", points)
    )
