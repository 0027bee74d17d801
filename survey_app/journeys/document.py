"""The journey-map document: what one map says, before anybody draws it.

Every picture and export is made from this one record, so they agree. A figure that
rests on fewer than five people is not in it: a document that carries one is refused.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MINIMUM_BASE = 5  # fewer people than this: no figure and no words, only the name
LEAST_BASES = (MINIMUM_BASE, 10, 30)  # of an indicative, small and shown figure


class InvalidMapError(ValueError):
    """A journey-map document that breaks a rule; the message names the place."""

    def __init__(self, complaint: str, *, place: str = "") -> None:
        super().__init__(f"{place}: {complaint}" if place else complaint)
        self.complaint = complaint
        self.place = place

    def within(self, place: str) -> "InvalidMapError":
        joint = "." if self.place and not self.place.startswith("[") else ""
        return InvalidMapError(self.complaint, place=f"{place}{joint}{self.place}")


class State(StrEnum):
    AS_IS = "as_is"
    TO_BE = "to_be"
    PLANNED = "planned"


class Ownership(StrEnum):
    OWNED = "owned"
    EARNED = "earned"
    PAID = "paid"
    PARTNER = "partner"


class Mode(StrEnum):
    ONLINE = "online"
    OFFLINE = "offline"
    BOTH = "both"


class Level(StrEnum):
    """How much evidence a column rests on, and so how boldly it is drawn."""

    HIDDEN = "hidden"  # 0-4 people
    INDICATIVE = "indicative"  # 5-9
    SMALL = "small"  # 10-29
    SHOWN = "shown"  # 30 or more


class Polarity(StrEnum):
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Certainty(StrEnum):
    CONFIRMED = "confirmed"
    POSSIBLE = "possible"


LEVELS = tuple(Level)  # from least to most evidence


def level_of_base(base: float) -> Level:
    """The boldest level that this many people (or this effective base) allow."""
    return LEVELS[sum(base >= least for least in LEAST_BASES)]


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float

    def __post_init__(self) -> None:
        _require(0 <= self.low <= self.high <= 1, "interval must be 0 ≤ low ≤ high ≤ 1")


@dataclass(frozen=True, slots=True)
class Share:
    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        _require(0 <= self.value <= 1, "share must lie between 0 and 1")
        Interval(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Shares:
    negative: Share
    neutral: Share
    positive: Share


@dataclass(frozen=True, slots=True)
class Emotion:
    """Mean over people on −2 … +2, with its 95 % interval."""

    mean: float
    low: float
    high: float

    def __post_init__(self) -> None:
        _require(-2 <= self.mean <= 2, "mean must lie between -2 and 2")  # noqa: PLR2004 (ends of the scale)
        _require(-2 <= self.low <= self.high <= 2, "interval must be within -2 to 2")  # noqa: PLR2004 (ends of the scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Somebody's own words: code points ``start`` to ``end`` of a stored source."""

    text: str
    polarity: Polarity
    source: str
    start: int
    end: int
    language: str | None = None

    def __post_init__(self) -> None:
        _require(0 <= self.start < self.end, "offsets must be 0 ≤ start < end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    key: str
    name: str
    base: int | None
    share: float | None = None
    interval: Interval | None = None

    def __post_init__(self) -> None:
        _require_public_base(self.base)
        if self.base is None:
            _require(self.share is None, "a persona without base has no share")
        if self.share is None:
            _require(self.interval is None, "an interval needs its share")
        else:
            _require(0 <= self.share <= 1, "share must lie between 0 and 1")


@dataclass(frozen=True, slots=True)
class Wave:
    label: str
    starts_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        days = [day for day in (self.starts_on, self.ends_on) if day]
        _require(days == sorted(days), "wave ends before it starts")


@dataclass(frozen=True, slots=True)
class Phase:
    code: str
    name: str
    base: int | None

    def __post_init__(self) -> None:
        _require_public_base(self.base)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One touchpoint of the map with all that is known of it."""

    touchpoint: str
    phase: str
    label: str
    ownership: Ownership
    mode: Mode
    level: Level
    owner: str | None = None
    base: int | None = None
    emotion: Emotion | None = None
    shares: Shares | None = None
    actions: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    wishes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.level is Level.HIDDEN:
            figures = (self.base, self.emotion, self.shares)
            _require(figures == (None,) * 3, "a hidden column carries no figures")
            said = (*self.actions, *self.quotes, *self.wishes)
            _require(not said, "a hidden column carries nothing that people said")
        else:
            _require(self.base is not None, "a column that is not hidden needs a base")
            reach = LEVELS.index(level_of_base(self.base or 0))
            bold = LEVELS.index(self.level) > reach
            _require(not bold, f"a base of {self.base} is too small for {self.level}")


@dataclass(frozen=True, slots=True)
class Bottleneck:
    touchpoint: str
    level: Certainty
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDocument:
    language: str
    title: str
    state: State
    base: int | None
    generated: str
    persona: Persona | None = None
    wave: Wave | None = None
    phases: tuple[Phase, ...] = ()
    columns: tuple[Column, ...] = ()
    bottleneck: Bottleneck | None = None

    def __post_init__(self) -> None:
        _require_public_base(self.base)
        phases = [phase.code for phase in self.phases]
        _require(len(set(phases)) == len(phases), "a phase appears twice")
        touchpoints = [column.touchpoint for column in self.columns]
        _require(
            len(set(touchpoints)) == len(touchpoints), "a touchpoint appears twice"
        )
        for number, column in enumerate(self.columns):
            if column.phase not in phases:
                place = f"columns[{number}].phase"
                raise InvalidMapError(f"no phase {column.phase!r}", place=place)
        if self.bottleneck and self.bottleneck.touchpoint not in self.visible():
            place = "bottleneck.touchpoint"
            raise InvalidMapError("must be a column that is not hidden", place=place)

    def visible(self) -> set[str]:
        """The touchpoints about which the map may say something."""
        return {c.touchpoint for c in self.columns if c.level is not Level.HIDDEN}


def _require_public_base(base: int | None) -> None:
    public = base is None or base == 0 or base >= MINIMUM_BASE
    _require(public, f"base must be absent, 0 or at least {MINIMUM_BASE}")


def _require(holds: bool, complaint: str) -> None:  # noqa: FBT001 (a rule either holds or not)
    if not holds:
        raise InvalidMapError(complaint)
