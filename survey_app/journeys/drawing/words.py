"""The words and number formats on the map, in Dutch and in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

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


DUTCH = MapWords(
    language="nl",
    decimal=",",
    percent="{} %",
    months=tuple("jan feb mrt apr mei jun jul aug sep okt nov dec".split()),  # noqa: SIM905 (twelve short names)
    everyone="Alle klanten",
    state=MappingProxyType(
        {
            State.AS_IS: "Huidige klantreis",
            State.TO_BE: "Gewenste klantreis",
            State.PLANNED: "Geplande klantreis",
        }
    ),
    lanes=MappingProxyType(
        {
            "actions": "Doen",
            "emotion": "Emotie",
            "shares": "Verdeling",
            "quotes": "In hun woorden",
            "wishes": "Wens",
            "owner": "Eigenaar",
            "base": "Basis",
        }
    ),
    ownership=MappingProxyType(
        {
            Ownership.OWNED: "eigen",
            Ownership.EARNED: "verdiend",
            Ownership.PAID: "betaald",
            Ownership.PARTNER: "partner",
        }
    ),
    mode=MappingProxyType(
        {
            Mode.ONLINE: "online",
            Mode.OFFLINE: "offline",
            Mode.BOTH: "online en offline",
        }
    ),
    polarity=MappingProxyType(
        {
            Polarity.NEGATIVE: "negatief",
            Polarity.NEUTRAL: "neutraal",
            Polarity.POSITIVE: "positief",
        }
    ),
    flag=MappingProxyType(
        {Certainty.CONFIRMED: "knelpunt", Certainty.POSSIBLE: "mogelijk knelpunt"}
    ),
    share_of_all="{share} van alle klanten",
    interval="95 %-interval {low} tot {high}",
    base="n {}",
    fewer="< 5",
    too_few="te weinig antwoorden",
    indicative="indicatief",
    no_score="geen oordeel",
    no_owner="– geen eigenaar",
    scale_top="heel blij",
    scale_middle="neutraal",
    scale_bottom="gefrustreerd",
    no_bottleneck="Geen contactmoment steekt aantoonbaar ongunstig af bij de rest.",
    legend_solid="gemiddelde per klant, basis 30 of meer",
    legend_dashed="basis 10–29",
    legend_hollow="basis 5–9, indicatief",
    legend_band="95 %-interval",
    legend_shares="negatief, neutraal, positief",
    footer_base="Basis: {} ingevulde vragenlijsten",
    empty_title="Hier komt de klantreis te staan",
    empty_steps=(
        "Stuur een vragenlijst rond of importeer interviews.",
        "Klantreis zoekt per contactmoment wat klanten doen, voelen en wensen.",
        "Vanaf 5 antwoorden verschijnt een contactmoment, vanaf 30 telt het vol mee.",
    ),
    nothing_public=(
        "Nog te weinig antwoorden: vanaf 5 per contactmoment verschijnt de emotiecurve."
    ),
)

ENGLISH = MapWords(
    language="en",
    decimal=".",
    percent="{}%",
    months=tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()),  # noqa: SIM905 (twelve short names)
    everyone="All customers",
    state=MappingProxyType(
        {
            State.AS_IS: "Current journey",
            State.TO_BE: "Desired journey",
            State.PLANNED: "Planned journey",
        }
    ),
    lanes=MappingProxyType(
        {
            "actions": "Doing",
            "emotion": "Emotion",
            "shares": "Split",
            "quotes": "In their words",
            "wishes": "Wish",
            "owner": "Owner",
            "base": "Base",
        }
    ),
    ownership=MappingProxyType(
        {
            Ownership.OWNED: "owned",
            Ownership.EARNED: "earned",
            Ownership.PAID: "paid",
            Ownership.PARTNER: "partner",
        }
    ),
    mode=MappingProxyType(
        {
            Mode.ONLINE: "online",
            Mode.OFFLINE: "offline",
            Mode.BOTH: "online and offline",
        }
    ),
    polarity=MappingProxyType(
        {
            Polarity.NEGATIVE: "negative",
            Polarity.NEUTRAL: "neutral",
            Polarity.POSITIVE: "positive",
        }
    ),
    flag=MappingProxyType(
        {Certainty.CONFIRMED: "bottleneck", Certainty.POSSIBLE: "possible bottleneck"}
    ),
    share_of_all="{share} of all customers",
    interval="95% interval {low} to {high}",
    base="n {}",
    fewer="< 5",
    too_few="too few answers",
    indicative="indicative",
    no_score="no rating",
    no_owner="– no owner",
    scale_top="very happy",
    scale_middle="neutral",
    scale_bottom="frustrated",
    no_bottleneck="No touchpoint is demonstrably worse than the rest.",
    legend_solid="mean per customer, base 30 or more",
    legend_dashed="base 10–29",
    legend_hollow="base 5–9, indicative",
    legend_band="95% interval",
    legend_shares="negative, neutral, positive",
    footer_base="Base: {} completed questionnaires",
    empty_title="The customer journey will appear here",
    empty_steps=(
        "Send out a questionnaire or import interviews.",
        "For each touchpoint we look for what customers do, feel and wish.",
        "A touchpoint appears from 5 answers and counts in full from 30.",
    ),
    nothing_public="Too few answers so far: the curve appears from 5 per touchpoint.",
)

WORDS: Mapping[str, MapWords] = MappingProxyType({"nl": DUTCH, "en": ENGLISH})
