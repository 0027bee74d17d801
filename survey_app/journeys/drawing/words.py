"""What the map needs of a language: its words, numbers and dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from survey_app.journeys.document import (
    Certainty,
    Interval,
    Mode,
    Ownership,
    Polarity,
    State,
    Wave,
)

MINUS = "−"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapWords:
    """Texts with the places they need in braces."""

    language: str
    decimal: str
    percent: str
    months: tuple[str, ...]
    everyone: str
    state: Mapping[State, str]
    lanes: Mapping[str, str]
    ownership: Mapping[Ownership, str]
    mode: Mapping[Mode, str]
    polarity: Mapping[Polarity, str]
    flag: Mapping[Certainty, str]
    share_of_all: str
    interval: str
    base: str
    fewer: str
    too_few: str
    indicative: str
    no_score: str
    no_owner: str
    scale_top: str
    scale_middle: str
    scale_bottom: str
    no_bottleneck: str
    legend_solid: str
    legend_dashed: str
    legend_hollow: str
    legend_band: str
    legend_shares: str
    footer_base: str
    empty_title: str
    empty_steps: tuple[str, ...]
    nothing_public: str

    def score(self, value: float) -> str:
        """A mean with its sign: +1,1, −0,4 or 0,0."""
        rounded = round(value, 1)
        sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
        return sign + f"{abs(rounded):.1f}".replace(".", self.decimal)

    def percentage(self, share: float) -> str:
        return self.percent.format(_percent(share))

    def percentage_range(self, interval: Interval) -> str:
        """Both ends as one: 34–48 %."""
        low, high = _percent(interval.low), _percent(interval.high)
        return self.percent.format(f"{low}–{high}")

    def count(self, base: int | None) -> str:
        return self.fewer if base is None else str(base)

    def base_of(self, base: int | None) -> str:
        """A base as it stands beside a figure: n = 84, or n < 5."""
        return self.base.format("= " + str(base) if base is not None else self.fewer)

    def dates(self, wave: Wave) -> str:
        """The days of a wave, without repeating a month or year."""
        start, end = wave.starts_on, wave.ends_on
        if start is None or end is None:
            return self._day(start or end, year=True) if start or end else ""
        if start.year != end.year:
            first = self._day(start, year=True)
        elif start.month != end.month:
            first = self._day(start, year=False)
        else:
            first = str(start.day)
        joint = "–" if first.isdigit() else " – "
        return first + joint + self._day(end, year=True)

    def wave(self, wave: Wave) -> str:
        dates = self.dates(wave)
        return f"{wave.label} ({dates})" if dates else wave.label

    def _day(self, day: date | None, *, year: bool) -> str:
        if day is None:
            return ""
        text = f"{day.day} {self.months[day.month - 1]}"
        return f"{text} {day.year}" if year else text


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"
