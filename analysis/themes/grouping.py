"""Groups texts around key phrases: each text in one group or in none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from analysis.themes.phrases import Phrase
from analysis.themes.spaces import Rows, Space

ROUNDS = 4  # groups hardly change after the third
MOST_SEEDS = 30
NONE = -1
_FRESH = 0.5  # of a phrase's texts: not yet covered by those chosen before


@dataclass(frozen=True, slots=True)
class Group:
    """``places`` are of texts, the most typical first."""

    seeds: tuple[Phrase, ...]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seed:
    """A key phrase, how much it tells, and the texts that hold it."""

    phrase: Phrase
    worth: float
    places: NDArray[np.intp]


def group_texts(space: Space, seeds: Sequence[Seed], *, texts: int) -> list[Group]:
    """Groups around the phrases that cover most, in rounds as k-means has them.

    The cost is texts × groups × dimensions; no text is compared with every other.
    """
    chosen = choose_seeds(space, seeds, texts=texts)
    if not chosen:
        return []
    middles = np.array([space.middle(each.places) for each in chosen])
    parts = [[place] for place in range(len(chosen))]
    bonus = _bonus(chosen, texts, space.bonus)
    for _round in range(ROUNDS):
        belongs, _ = _assign(space, middles, bonus)
        middles = _move(space, middles, belongs)
        merged = _merge(middles, parts, space.same)
        if len(merged) < len(parts):
            bonus = np.array([bonus[:, one].max(1) for one in merged]).T
            belongs = _relabel(belongs, merged)
            parts = [[each for one in part for each in parts[one]] for part in merged]
            middles = _move(space, middles[[part[0] for part in merged]], belongs)
    belongs, cosines = _assign(space, middles, bonus)
    return [
        Group(
            tuple(chosen[one].phrase for one in part),
            _typical_first(np.flatnonzero(belongs == place), cosines[:, place]),
        )
        for place, part in enumerate(parts)
    ]


def choose_seeds(space: Space, seeds: Sequence[Seed], *, texts: int) -> list[Seed]:
    """The phrase worth most; then the one worth most of what that leaves; and so on."""
    ordered = sorted(seeds, key=lambda seed: (-seed.worth, seed.phrase))
    if not ordered:
        return []
    worth = np.array([seed.worth for seed in ordered])
    holds = _holding(ordered, texts)
    sizes = np.array([len(seed.places) for seed in ordered])
    uncovered = np.ones(texts)
    chosen: list[Seed] = []
    while len(chosen) < MOST_SEEDS:
        fresh = holds @ uncovered / sizes
        fresh[fresh < _FRESH] = 0  # most of it is told already
        best = int((worth * fresh).round(9).argmax())
        if not fresh[best]:
            break
        chosen.append(ordered[best])
        middle = space.middle(ordered[best].places).reshape(1, -1)
        uncovered[space.cosines(middle)[:, 0] >= space.same] = 0
        uncovered[ordered[best].places] = 0
    return chosen


def _holding(seeds: Sequence[Seed], texts: int) -> sp.csr_matrix:
    """Ones where a phrase (row) is held by a text (column)."""
    columns = np.concatenate([seed.places for seed in seeds])
    ends = np.cumsum([0, *(len(seed.places) for seed in seeds)])
    shape = len(seeds), texts
    return sp.csr_matrix((np.ones(len(columns)), columns, ends), shape=shape)


def _bonus(chosen: Sequence[Seed], texts: int, size: float) -> Rows:
    bonus = np.zeros((texts, len(chosen)), np.float32)
    for place, seed in enumerate(chosen):
        bonus[seed.places, place] = size
    return bonus


def _assign(space: Space, middles: Rows, bonus: Rows) -> tuple[NDArray[np.intp], Rows]:
    """The group of each text (texts,), or −1; and how close it is to each."""
    closeness = space.cosines(middles) + bonus
    belongs = closeness.argmax(1)
    belongs[closeness.max(1) < space.near] = NONE
    return belongs, closeness


def _move(space: Space, middles: Rows, belongs: NDArray[np.intp]) -> Rows:
    moved = middles.copy()
    for place in range(len(middles)):
        own = np.flatnonzero(belongs == place)
        if len(own):
            moved[place] = space.middle(own)
    return moved


def _merge(
    middles: Rows, parts: Sequence[Sequence[int]], same: float
) -> list[list[int]]:
    """Groups that lie as close as one: each later one joins the first such before."""
    merged: list[list[int]] = []
    for place in range(len(parts)):
        for others in merged:
            if float(middles[place] @ middles[others[0]]) >= same:
                others.append(place)
                break
        else:
            merged.append([place])
    return merged


def _relabel(
    belongs: NDArray[np.intp], merged: Sequence[Sequence[int]]
) -> NDArray[np.intp]:
    relabelled = np.full_like(belongs, NONE)
    for place, part in enumerate(merged):
        relabelled[np.isin(belongs, part)] = place
    return relabelled


def _typical_first(own: NDArray[np.intp], closeness: Rows) -> tuple[int, ...]:
    order = np.argsort(-closeness[own].round(5), kind="stable")
    return tuple(own[order].tolist())
