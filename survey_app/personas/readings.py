"""What one customer's answers say: the level of each variable."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey_app.insights.people import Customer, Variable

FOUND_US = "q1_found_us"
FOUND_WHAT = "q3_found_what"
TIME_ON_SITE = "q5_time_on_site"
TIME_FELT = "q5_time_felt"
BOUGHT = "q6_bought"

# Ways in that a company steers apart; None: nothing is known.
CHANNELS: Mapping[str, str | None] = {
    "search_engine": "search",
    "third_party_site": "search",
    "advertising": "advertising",
    "social_media": "followed",
    "email_marketing": "followed",
    "word_of_mouth": "people",
    "physical_store": "people",
    "event": "people",
    "marketplace": "marketplace",
    "dont_know": None,
}
UNKNOWN = frozenset({"dont_know"})
# The channel and the deciding factor say these already: once is enough.
ASKED_APART = frozenset({"found_us", "deciding_factor"})
NEUTRAL_BAND = 0.1  # a person's mean score within ± this leans no way

LevelOf = Callable[[Customer], str | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """A variable, and how to read somebody's level of it."""

    variable: Variable
    level_of: LevelOf


def channel_of(customer: Customer) -> str | None:
    code = customer.codes.get(FOUND_US)
    return CHANNELS.get(code, "other") if code is not None else None


def ticked(customer: Customer, *, question_id: str) -> str | None:
    code = customer.codes.get(question_id)
    return None if code in UNKNOWN else code


def decided_by(customer: Customer, *, factor: str) -> str | None:
    if not customer.factors:
        return None
    return "yes" if factor in customer.factors else "no"


def felt_at(customer: Customer, *, touchpoint: str) -> str | None:
    if not customer.wrote - ASKED_APART:
        return None
    feeling = feelings_of(customer).get(touchpoint, "none")
    return "none" if feeling == "neutral" else feeling


def spoke_of(customer: Customer, *, touchpoint: str) -> str | None:
    if not customer.wrote - ASKED_APART:
        return None
    return "yes" if touchpoint in feelings_of(customer) else "no"


def feelings_of(customer: Customer) -> dict[str, str]:
    totals: dict[str, tuple[float, int]] = {}
    for said in customer.said:
        if said.role not in ASKED_APART:
            total, mentions = totals.get(said.touchpoint, (0.0, 0))
            totals[said.touchpoint] = total + said.total, mentions + said.mentions
    return {key: way_of(total / n) for key, (total, n) in totals.items()}


def way_of(mean: float) -> str:
    if abs(mean) <= NEUTRAL_BAND:
        return "neutral"
    return "positive" if mean > 0 else "negative"
