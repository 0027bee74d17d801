"""Sets of codes as values: MASI distance and alpha over it."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from typing import Self

import numpy as np
from scipy.sparse import csr_array

from analysis.agreement.coefficients import Floats, ratio
from analysis.agreement.measures import Measure, caution_for
from analysis.agreement.resampling import Blocks, Resampling, measures_of
from analysis.agreement.table import Bools, Ints

_MISSING = -1
_COLUMNS = 512  # of distances held at once


def masi_distance(first: Collection[str], second: Collection[str]) -> float:
    """How far apart two sets are, 0 to 1 (Passonneau 2006, LREC).

    ``1 − Jaccard × m``, with m 1 for equal sets, 2/3 where one holds the other, 1/3
    where they share something, 0 otherwise. Two empty sets are equal: both coders
    found that nothing applies.

    >>> round(masi_distance({"a", "b"}, {"a", "b", "c", "d"}), 4)
    0.6667
    >>> masi_distance(set(), set()), masi_distance(set(), {"a"})
    (0.0, 1.0)
    """
    one, other = set(first), set(second)
    shared = np.array(float(len(one & other)))
    sizes = np.array(float(len(one))), np.array(float(len(other)))
    return float(masi_of_sizes(shared, *sizes))


def masi_of_sizes(shared: Floats, first: Floats, second: Floats) -> Floats:
    """MASI distances (…,) from the sizes of intersections and of both sets (…,).

    >>> masi_of_sizes(np.array([1.0]), np.array([1.0]), np.array([1.0])).tolist()
    [0.0]
    """
    either = first + second - shared
    jaccard = np.divide(shared, either, out=np.ones_like(either), where=either > 0)
    equal, within = shared == either, shared == np.minimum(first, second)
    weight = np.where(equal, 1.0, np.where(within, 2 / 3, 1 / 3))
    return 1 - jaccard * weight  # without anything shared Jaccard is 0


@dataclass(frozen=True, slots=True, eq=False)
class SetValues:
    """One value for each unit and coder: the set of codes, numbered."""

    sets: Floats  # (values, codes), 0 and 1
    value_of: Ints  # (coders, units); −1 where missing

    @classmethod
    def of(cls, present: Bools, done: Bools) -> Self:
        """Number the sets in present (coders, units, codes) where done (coders, units).

        >>> present = np.array([[[True], [False]], [[True], [True]]])
        >>> values = SetValues.of(present, np.array([[True, True], [True, False]]))
        >>> values.value_of.tolist(), values.sets.tolist()
        ([[0, 1], [0, -1]], [[1.0], [0.0]])
        """
        index: dict[bytes, int] = {}
        value_of = np.full(done.shape, _MISSING)
        for place in zip(*np.nonzero(done), strict=True):
            value_of[place] = index.setdefault(present[place].tobytes(), len(index))
        held = np.frombuffer(b"".join(index), dtype=np.bool_)
        sets = held.reshape(len(index), present.shape[-1])
        return cls(sets.astype(np.float64), value_of)

    def statistics(self) -> Floats:
        """What alpha adds up (units, 2): values in pairable units, and disagreement."""
        coders = (self.value_of != _MISSING).sum(axis=0)
        apart = np.zeros(coders.shape)
        for first, second in combinations(self.value_of, 2):
            known = (first != _MISSING) & (second != _MISSING)
            one, other = self.sets[first[known]], self.sets[second[known]]
            shared = (one * other).sum(axis=-1)
            sizes = one.sum(axis=-1), other.sum(axis=-1)
            apart[known] += 2 * masi_of_sizes(shared, *sizes)
        values = np.where(coders > 1, coders, 0)
        return np.stack([values, apart / np.maximum(coders - 1, 1)], axis=-1)

    def counts(self) -> csr_array:
        """How often each unit has each value (units, values)."""
        coders, units = np.nonzero(self.value_of != _MISSING)
        entries = (np.ones(len(units)), (units, self.value_of[coders, units]))
        shape = (self.value_of.shape[1], len(self.sets))
        return csr_array(entries, shape=shape)

    def distances(self, columns: slice) -> Floats:
        """MASI of every set to those of the columns (values, columns)."""
        sizes = self.sets.sum(axis=-1)
        shared = self.sets @ self.sets[columns].T
        return masi_of_sizes(shared, sizes[:, None], sizes[None, columns])


def set_alpha(values: SetValues, document_of: Ints, resampling: Resampling) -> Measure:
    """Alpha over sets of codes on units (units,) with two values or more each.

    Krippendorff 2011 with the distance of Passonneau 2006; ``constant`` where all sets
    are equal.

    >>> present = np.array([[[True], [False]], [[True], [False]]])
    >>> values = SetValues.of(present, np.ones((2, 2), bool))
    >>> alpha = set_alpha(values, np.zeros(2, int), Resampling(draws=9))
    >>> alpha.value, alpha.caution.value
    (1.0, 'too_few')
    """
    blocks = Blocks.of(np.ascontiguousarray(values.value_of.T), document_of)
    totals = blocks.totals(values.statistics())
    between = _expected_between(values, blocks)
    observed = _alpha(blocks.copies[None].astype(np.float64), totals, between)
    samples = None
    if len(document_of) > 1:
        drawn = [_alpha(each, totals, between) for each in blocks.drawn(resampling)]
        samples = np.concatenate(drawn)[:, None]
    units = len(document_of)
    return measures_of(observed, samples, blocks.over, units, caution_for(units))[0]


def _alpha(weights: Floats, totals: Floats, between: Floats) -> Floats:
    sums = weights @ totals
    expected = ((weights @ between) * weights).sum(axis=-1)
    return 1 - ratio((sums[:, 0] - 1) * sums[:, 1], expected)


def _expected_between(values: SetValues, blocks: Blocks) -> Floats:
    """The distances between all values of each two blocks, added (blocks, blocks)."""
    counts = csr_array(blocks.gather @ values.counts())
    between = np.zeros((len(blocks.copies), len(blocks.copies)))
    for start in range(0, len(values.sets), _COLUMNS):
        columns = slice(start, start + _COLUMNS)
        near = counts @ values.distances(columns)
        between += (counts[:, columns] @ near.T).T
    return between
