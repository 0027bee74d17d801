"""Answers coded for latent classes: rare levels pooled, weak variables dropped."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.personas.records import DroppedVariable, DropReason, Person, Variable

OTHER = "other"
MIN_LEVEL_SHARE = 0.05
MIN_BINARY_SHARE = 0.10
MIN_COVERAGE = 0.30
MAX_VARIABLES = 12
PEOPLE_PER_VARIABLE = 10
MAX_CRAMERS_V = 0.8
MISSING = -1

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CodedPeople:
    """Levels as numbers: ``codes`` (people, variables), −1 where not known."""

    keys: tuple[str, ...]
    variables: tuple[Variable, ...]
    codes: Codes
    weights: Floats  # scaled so that their sum is the effective base

    @property
    def effective_base(self) -> float:
        return float(self.weights.sum())

    def answered(self) -> NDArray[np.bool_]:
        """Who has a known level of any variable (people,)."""
        return np.asarray((self.codes != MISSING).any(axis=1))

    def only(self, people: NDArray[np.bool_]) -> "CodedPeople":
        keys = tuple(key for key, kept in zip(self.keys, people, strict=True) if kept)
        weights = effective_weights(self.weights[people])
        return CodedPeople(keys, self.variables, self.codes[people], weights)


def effective_weights(weights: Floats) -> Floats:
    """Weights that add up to the effective base, (Σw)² / Σw² (Kish 1965).

    >>> effective_weights(np.array([1.0, 1.0])).tolist()
    [1.0, 1.0]
    >>> round(float(effective_weights(np.array([3.0, 1.0])).sum()), 3)
    1.6
    """
    if not weights.size:
        return weights
    return np.asarray(weights * (weights.sum() / np.square(weights).sum()))


def code_people(people: Sequence[Person], variables: Sequence[Variable]) -> CodedPeople:
    """Everybody's levels as numbers, in order of their keys.

    Raises ValueError on a person twice, a level the variable does not have, or a
    weight that is not above zero.

    >>> price = Variable("price", ("low", "high"))
    >>> people = [Person("p2", {"price": "high"}), Person("p1", {})]
    >>> code_people(people, [price]).codes.tolist()
    [[-1], [1]]
    """
    ordered = sorted(people, key=lambda person: person.key)
    keys = tuple(person.key for person in ordered)
    if len(set(keys)) < len(keys):
        raise ValueError("a person stands in the list twice")
    weights = np.array([person.weight for person in ordered], dtype=np.float64)
    if (weights <= 0).any():
        raise ValueError("a person's weight is above zero")
    codes = np.full((len(ordered), len(variables)), MISSING, dtype=np.int64)
    for column, variable in enumerate(variables):
        codes[:, column] = _codes_of(variable, ordered)
    return CodedPeople(keys, tuple(variables), codes, effective_weights(weights))


def _codes_of(variable: Variable, people: Sequence[Person]) -> list[int]:
    numbers: dict[str | None, int] = {
        level: number for number, level in enumerate(variable.levels)
    }
    numbers[None] = MISSING
    try:
        return [numbers[person.levels.get(variable.key)] for person in people]
    except KeyError as error:
        raise ValueError(f"{variable.key} has no level {error}") from error


def prepare(coded: CodedPeople) -> tuple[CodedPeople, tuple[DroppedVariable, ...]]:
    """Pool rare levels, drop what cannot tell people apart, keep what they can carry.

    Kept are the variables most people answered (on a tie the caller's order), at
    most twelve and one for every ten people; of two that nearly repeat each other
    (Cramér's V above 0.8) only the first.

    >>> price, speed = (Variable(key, ("low", "high")) for key in ("price", "speed"))
    >>> levels = [{"price": "low"}, {"price": "high", "speed": "low"}] * 10
    >>> people = [Person(f"p{i}", each) for i, each in enumerate(levels)]
    >>> prepared, dropped = prepare(code_people(people, [price, speed]))
    >>> [variable.key for variable in prepared.variables], dropped[0].reason.value
    (['price'], 'one_level')
    """
    dropped: list[DroppedVariable] = []
    usable: list[tuple[float, int, Variable, Codes]] = []
    for column, variable in enumerate(coded.variables):
        pooled, codes = pool_rare_levels(variable, coded.codes[:, column])
        if reason := _why_useless(pooled, codes):
            dropped.append(reason)
        else:
            coverage = float(np.mean(codes != MISSING))
            usable.append((-coverage, column, pooled, codes))
    usable.sort(key=lambda each: each[:2])
    limit = min(MAX_VARIABLES, int(coded.answered().sum()) // PEOPLE_PER_VARIABLE)
    kept: list[tuple[int, Variable, Codes]] = []
    for _, column, variable, codes in usable:
        if reason := _why_not_beside(kept, variable, codes, limit):
            dropped.append(reason)
        else:
            kept.append((column, variable, codes))
    kept.sort(key=lambda each: each[0])
    matrix = np.full((len(coded.keys), len(kept)), MISSING, dtype=np.int64)
    for place, (_, _, codes) in enumerate(kept):
        matrix[:, place] = codes
    used = tuple(variable for _, variable, _ in kept)
    return CodedPeople(coded.keys, used, matrix, coded.weights), tuple(dropped)


def pool_rare_levels(variable: Variable, codes: Codes) -> tuple[Variable, Codes]:
    """The variable without unused levels, those under 5 % pooled as "other".

    >>> colour = Variable("colour", ("red", "blue", "puce"))
    >>> codes = np.array([0] * 50 + [1] * 48 + [2] * 2)
    >>> pool_rare_levels(colour, codes)[0]
    Variable(key='colour', levels=('red', 'blue', 'other'))
    """
    counts = np.bincount(codes[codes != MISSING], minlength=len(variable.levels))
    frequent = counts >= MIN_LEVEL_SHARE * counts.sum()
    names = {
        number: level if frequent[number] else OTHER
        for number, level in enumerate(variable.levels)
        if counts[number]
    }
    levels = tuple(sorted(dict.fromkeys(names.values()), key=lambda n: n == OTHER))
    numbers = np.full(len(variable.levels) + 1, MISSING, dtype=np.int64)
    for number, name in names.items():
        numbers[number] = levels.index(name)
    return Variable(variable.key, levels), numbers[codes]


def _why_useless(variable: Variable, codes: Codes) -> DroppedVariable | None:
    known = codes[codes != MISSING]
    coverage = known.size / codes.size if codes.size else 0.0
    if coverage < MIN_COVERAGE:
        return DroppedVariable(variable.key, DropReason.UNANSWERED, coverage)
    if len(variable.levels) == 1:
        return DroppedVariable(variable.key, DropReason.ONE_LEVEL, 1.0)
    rarest = float(np.bincount(known).min() / known.size)
    if len(variable.levels) == 2 and rarest < MIN_BINARY_SHARE:  # noqa: PLR2004 - binary
        return DroppedVariable(variable.key, DropReason.RARE, rarest)
    return None


def _why_not_beside(
    kept: Sequence[tuple[int, Variable, Codes]],
    variable: Variable,
    codes: Codes,
    limit: int,
) -> DroppedVariable | None:
    for _, other, other_codes in kept:
        association = cramers_v(codes, other_codes)
        if association > MAX_CRAMERS_V:
            return DroppedVariable(
                variable.key, DropReason.REDUNDANT, association, other.key
            )
    if len(kept) >= limit:
        return DroppedVariable(variable.key, DropReason.LIMIT, limit)
    return None


def cramers_v(first: Codes, second: Codes) -> float:
    """Cramér's V of two coded variables over the people known on both (Cramér 1946).

    >>> cramers_v(np.array([0, 0, 1, 1, -1]), np.array([1, 1, 0, 0, 0]))
    1.0
    """
    both = (first != MISSING) & (second != MISSING)
    if not both.any():
        return 0.0
    table = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(table, (first[both], second[both]), 1)
    table = table[table.any(axis=1)][:, table.any(axis=0)]
    freedom = min(table.shape) - 1
    if not freedom:
        return 0.0
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    chi_square = float((np.square(table - expected) / expected).sum())
    return float(np.sqrt(chi_square / (table.sum() * freedom)))
