"""What stands on a persona's card, shaped for the page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.figures import TouchpointFigure, report_touchpoints
from survey_app.personas.models import Persona
from survey_app.personas.queries import audience
from survey_app.personas.quotes import Quotes, choose_quotes
from survey_app.personas.wording import (
    factor_name,
    say_clause,
    say_level,
    touchpoint_name,
)
from survey_app.web.filters import percent

FEATURES = 5
TOUCHPOINTS = 6
FACTORS = 3
CLAUSES = 3
QUOTED_TOUCHPOINTS = 5
PLAIN_LEVELS = frozenset({"no", "none"})  # the absence of something
FEELS = 0.2  # from here a mean on −2..+2 is more than neutral

Stored = dict[str, Any]  # a feature or share as the derivation stored it


@dataclass(frozen=True, slots=True)
class ShareFigure:
    """A share of ``base`` people, with its 95 % interval."""

    value: float
    low: float
    high: float
    base: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureLine:
    words: str
    share: float
    rest: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointLine:
    code: str
    name: str
    base: int
    reach: float
    mean: float  # −2..+2
    low: float
    high: float
    feeling: str  # negative, neutral, positive
    indicative: bool


@dataclass(frozen=True, slots=True)
class ShareLine:
    words: str
    share: float
    base: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    id: int
    name: str
    tagline: str
    channel: str | None
    share: ShareFigure
    base: int
    stability: str  # overlap as a percentage; empty where there is only one group
    provisional: bool
    features: tuple[FeatureLine, ...]
    touchpoints: tuple[TouchpointLine, ...]
    factors: tuple[ShareLine, ...]
    bought: ShareFigure | None
    bought_against_rest: FeatureLine | None
    quotes: Quotes


def make_card(
    session: Session, persona: Persona, *, customers: int, language: str
) -> Card:
    told = persona.description
    features = list(_features(told["features"]))
    figures = _figures(session, persona)
    quoted = _most_telling(session, persona, figures, customers)
    return Card(
        id=persona.id,
        name=persona.name_nl if language == "nl" else persona.name_en,
        tagline=_tagline(told["features"]),
        channel=_channel(told["levels"]),
        share=_share(told["share"]),
        base=persona.base,
        stability=_written(told["stability"]),
        provisional=told["provisional"],
        features=tuple(features[:FEATURES]),
        touchpoints=tuple(_touchpoint(each, persona.base) for each in figures)[
            :TOUCHPOINTS
        ],
        factors=tuple(_factors(told["levels"]))[:FACTORS],
        bought=_find(told["levels"], "bought", "bought"),
        bought_against_rest=_against_rest(told["checks"], "bought", "bought"),
        quotes=choose_quotes(session, persona, quoted, language),
    )


def _written(stability: float | None) -> str:
    return "" if stability is None else percent(stability)


def _features(stored: Sequence[Stored]) -> Iterator[FeatureLine]:
    """What they have more often, then what less often; each variable once."""
    telling = [each for each in stored if each["level"] not in PLAIN_LEVELS]
    telling.sort(key=lambda each: (each["difference"] < 0, -abs(each["difference"])))
    seen: set[str] = set()
    for each in telling:
        if each["variable"] not in seen:
            seen.add(each["variable"])
            yield _line(each)


def _line(feature: Stored) -> FeatureLine:
    return FeatureLine(
        words=say_level(feature["variable"], feature["level"]),
        share=feature["share_in"]["value"],
        rest=feature["share_rest"]["value"],
        difference=feature["difference"],
        low=feature["interval"]["low"],
        high=feature["interval"]["high"],
    )


def _tagline(stored: Sequence[Stored]) -> str:
    """What sets them apart most, as one sentence without a subject."""
    more = sorted(stored, key=lambda each: -each["difference"])
    by_variable: dict[str, str] = {}
    for each in more:
        clause = say_clause(each["variable"], each["level"])
        if clause and each["difference"] > 0:
            by_variable.setdefault(each["variable"], clause)
    sentence = ", ".join(list(by_variable.values())[:CLAUSES])
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def _channel(levels: Iterable[Stored]) -> str | None:
    """The way in that most of them came by."""
    return next((e["level"] for e in levels if e["variable"] == "channel"), None)


def _share(stored: Stored) -> ShareFigure:
    ends = stored["interval"]
    return ShareFigure(stored["value"], ends["low"], ends["high"], stored["base"])


def _find(levels: Iterable[Stored], variable: str, level: str) -> ShareFigure | None:
    for each in levels:
        if (each["variable"], each["level"]) == (variable, level):
            return _share(each["share"])
    return None


def _against_rest(
    checks: Iterable[Stored], variable: str, level: str
) -> FeatureLine | None:
    for each in checks:
        if (each["variable"], each["level"]) == (variable, level):
            return _line(each)
    return None


def _factors(levels: Iterable[Stored]) -> Iterator[ShareLine]:
    for each in levels:
        if each["variable"] == "main_factor":
            share = each["share"]
            yield ShareLine(factor_name(each["level"]), share["value"], share["base"])


def _figures(session: Session, persona: Persona) -> list[TouchpointFigure]:
    """What members spoke of, by how many did; under five people it is not shown."""
    report = report_touchpoints(session, FigureFilter(audience=audience(persona)))
    shown = [each for each in report.figures if each.point is not None]
    return sorted(shown, key=lambda each: (-each.base, each.touchpoint))


def _touchpoint(figure: TouchpointFigure, members: int) -> TouchpointLine:
    point = figure.point
    if point is None:
        raise ValueError(f"{figure.touchpoint} has too few people to be shown")
    return TouchpointLine(
        code=figure.touchpoint,
        name=touchpoint_name(figure.touchpoint),
        base=figure.base,
        reach=min(1.0, figure.base / members),
        mean=point.mean,
        low=point.interval.low,
        high=point.interval.high,
        feeling=_feeling(point.mean),
        indicative=point.level == "indicative",
    )


def _feeling(mean: float) -> str:
    if abs(mean) <= FEELS:
        return "neutral"
    return "positive" if mean > 0 else "negative"


def _most_telling(
    session: Session,
    persona: Persona,
    figures: Sequence[TouchpointFigure],
    customers: int,
) -> dict[str, str]:
    """How members feel where they speak up more often than others, most so first."""
    everybody = report_touchpoints(session, FigureFilter())
    others = max(1, customers - persona.base)

    def lead(figure: TouchpointFigure) -> float:
        of_all = everybody.find(figure.touchpoint)
        rest = of_all.base - figure.base if of_all else 0
        return figure.base / persona.base - rest / others

    leading = sorted(figures, key=lambda each: (-lead(each), each.touchpoint))
    return {
        each.touchpoint: _feeling(each.point.mean)
        for each in leading[:QUOTED_TOUCHPOINTS]
        if each.point is not None
    }
