"""What may build personas, and what only describes them afterwards."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from survey_app.insights.people import (
    Customer,
    DroppedVariable,
    DropReason,
    Person,
    Variable,
)
from survey_app.personas.readings import (
    ASKED_APART,
    BOUGHT,
    CHANNELS,
    FOUND_WHAT,
    TIME_FELT,
    TIME_ON_SITE,
    UNKNOWN,
    Reading,
    channel_of,
    decided_by,
    feelings_of,
    felt_at,
    spoke_of,
    ticked,
)

MIN_SHARE, MAX_SHARE = 0.10, 0.90
MAX_VARIABLES = 12
MAX_FACTORS = 4
PEOPLE_PER_VARIABLE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """People with what builds personas, what was left out, what only describes."""

    people: tuple[Person, ...]
    building: tuple[Variable, ...]
    left_out: tuple[DroppedVariable, ...]
    describing: tuple[Variable, ...]
    factors: tuple[Variable, ...]


def prepare_material(customers: Sequence[Customer]) -> Material:
    """Everybody's levels; variables that build come in the order of importance.

    At most twelve build, and one for every ten people. Bought or not, language and
    wave never do: they are for seeing afterwards what the personas have to do with.
    """
    candidates, rare = _candidates(customers)
    limit = min(MAX_VARIABLES, len(customers) // PEOPLE_PER_VARIABLE)
    beyond = [
        DroppedVariable(each.variable.key, DropReason.LIMIT, limit)
        for each in candidates[limit:]
    ]
    describing, factors = _describing(customers), [_main_factor(customers)]
    readings = [*candidates, *describing, *factors]
    return Material(
        people=tuple(_person(customer, readings) for customer in customers),
        building=tuple(each.variable for each in candidates[:limit]),
        left_out=(*rare, *beyond),
        describing=tuple(each.variable for each in describing),
        factors=tuple(each.variable for each in factors),
    )


def _person(customer: Customer, readings: Iterable[Reading]) -> Person:
    levels = {each.variable.key: each.level_of(customer) for each in readings}
    return Person(str(customer.respondent_id), levels)


def _candidates(
    customers: Sequence[Customer],
) -> tuple[list[Reading], list[DroppedVariable]]:
    """What may build, the most important first, and what too few or all spoke of."""
    ways = dict.fromkeys(each for each in CHANNELS.values() if each)
    channel = Reading(Variable("channel", (*ways, "other")), channel_of)
    factors, rare_factors = _factors(customers)
    touchpoints, rare_touchpoints = _touchpoints(customers)
    first = [
        channel,
        _ticked(customers, "time", TIME_ON_SITE),
        *factors[:MAX_FACTORS],
        _ticked(customers, "found", FOUND_WHAT),
    ]
    late = [
        DroppedVariable(each.variable.key, DropReason.LIMIT, MAX_FACTORS)
        for each in factors[MAX_FACTORS:]
    ]
    asked = [each for each in first if each.variable.levels]
    return [*asked, *touchpoints], [*late, *rare_factors, *rare_touchpoints]


def _ticked(customers: Sequence[Customer], key: str, question_id: str) -> Reading:
    """A question's options as they are."""
    counts = Counter(
        customer.codes[question_id]
        for customer in customers
        if customer.codes.get(question_id, "dont_know") not in UNKNOWN
    )
    level_of = partial(ticked, question_id=question_id)
    return Reading(Variable(key, tuple(sorted(counts))), level_of)


def _factors(
    customers: Sequence[Customer],
) -> tuple[list[Reading], list[DroppedVariable]]:
    """What decided: one variable for each factor that is neither rare nor general."""
    told = [customer for customer in customers if customer.factors]
    named = (set(customer.factors) - {"other"} for customer in told)
    counts = Counter(factor for factors in named for factor in factors)
    readings = {
        factor: Reading(
            Variable(f"factor:{factor}", ("no", "yes")),
            partial(decided_by, factor=factor),
        )
        for factor, _ in _commonest(counts)
    }
    return _telling(readings, counts, len(told))


def _touchpoints(
    customers: Sequence[Customer],
) -> tuple[list[Reading], list[DroppedVariable]]:
    """What people spoke of unasked, and how they felt where both ways are common."""
    wrote = [customer for customer in customers if customer.wrote - ASKED_APART]
    feelings: dict[str, Counter[str]] = {}
    for customer in wrote:
        for touchpoint, feeling in feelings_of(customer).items():
            feelings.setdefault(touchpoint, Counter())[feeling] += 1
    counts = Counter({each: found.total() for each, found in feelings.items()})
    readings = {
        touchpoint: _spoken_of(touchpoint, feelings[touchpoint], len(wrote))
        for touchpoint, _ in _commonest(counts)
    }
    return _telling(readings, counts, len(wrote))


def _spoken_of(touchpoint: str, found: Mapping[str, int], base: int) -> Reading:
    ways = [found.get("negative", 0), found.get("positive", 0)]
    if base and min(ways) / base >= MIN_SHARE:
        variable = Variable(f"feeling:{touchpoint}", ("none", "negative", "positive"))
        return Reading(variable, partial(felt_at, touchpoint=touchpoint))
    variable = Variable(f"touchpoint:{touchpoint}", ("no", "yes"))
    return Reading(variable, partial(spoke_of, touchpoint=touchpoint))


def _telling(
    readings: Mapping[str, Reading], counts: Mapping[str, int], base: int
) -> tuple[list[Reading], list[DroppedVariable]]:
    """Those that ten to ninety per cent spoke of; the others with their share."""
    kept: list[Reading] = []
    rare: list[DroppedVariable] = []
    for code, reading in readings.items():
        share = counts[code] / base
        has_ways = reading.variable.key.startswith("feeling:")
        if share >= MIN_SHARE and (share <= MAX_SHARE or has_ways):
            kept.append(reading)
        else:
            key = reading.variable.key
            rare.append(DroppedVariable(key, DropReason.RARE, min(share, 1 - share)))
    return kept, rare


def _describing(customers: Sequence[Customer]) -> list[Reading]:
    languages = tuple(sorted({each.language for each in customers}))
    waves = tuple(sorted({each.wave for each in customers if each.wave}))
    return [
        _ticked(customers, "bought", BOUGHT),
        _ticked(customers, "time_felt", TIME_FELT),
        Reading(Variable("language", languages), lambda each: each.language),
        Reading(Variable("wave", waves), lambda each: each.wave),
    ]


def _main_factor(customers: Sequence[Customer]) -> Reading:
    """The first thing that decided, for telling how many name what."""
    found = tuple(sorted({each.factors[0] for each in customers if each.factors}))
    return Reading(
        Variable("main_factor", found),
        lambda each: each.factors[0] if each.factors else None,
    )


def _commonest(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
