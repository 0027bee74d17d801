"""How far a figure would move with other documents: the percentile bootstrap."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_array

from analysis.agreement.coefficients import Floats
from analysis.agreement.measures import (
    Caution,
    Figure,
    Measure,
    NotDefined,
    Over,
    Reason,
    Spread,
)
from analysis.agreement.table import Ints
from analysis.intervals import CONFIDENCE, Interval

MIN_DOCUMENTS = 5  # under this units are drawn
_AT_ONCE = 4_000_000  # numbers of a chunk of samples
_TAIL = (1 - CONFIDENCE) / 2

Formula = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Resampling:
    """How many samples are drawn, and from which seed. Raises ValueError under one."""

    draws: int = 2_000
    seed: int = 1_979

    def __post_init__(self) -> None:
        if self.draws < 1:
            raise ValueError(f"at least one sample must be drawn, not {self.draws}")


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """What is drawn with replacement: whole documents, or units if these are few.

    Documents, as units of one document are alike (Field and Welsh 2007, J R Stat Soc B
    69:369). Units with equal statistics are one block with its number: the samples
    have the same distribution and cost less.
    """

    over: Over
    gather: csr_array  # (blocks, units): adds statistics of units up to those of blocks
    copies: Ints  # (blocks,)

    @classmethod
    def of(cls, statistics: Floats, document_of: Ints) -> Self:
        """Blocks of units with these statistics (units, …) in these documents (units,).

        >>> Blocks.of(np.array([[1.0], [1.0], [0.0]]), np.zeros(3, int)).copies.tolist()
        [2, 1]
        """
        documents, block_of = np.unique(document_of, return_inverse=True)
        units = len(document_of)
        if len(documents) >= MIN_DOCUMENTS:
            rows = (np.ones(units), (block_of, np.arange(units)))
            gather = csr_array(rows, shape=(len(documents), units))
            return cls(Over.DOCUMENTS, gather, np.ones(len(documents), np.int64))
        index: dict[bytes, int] = {}
        block_of = np.array(
            [index.setdefault(u.tobytes(), len(index)) for u in statistics]
        )
        _, first, copies = np.unique(block_of, return_index=True, return_counts=True)
        rows = (np.ones(len(first)), (np.arange(len(first)), first))
        return cls(Over.UNITS, csr_array(rows, shape=(len(first), units)), copies)

    def totals(self, statistics: Floats) -> Floats:
        """Statistics (units, …) of each block (blocks, …), one copy of it."""
        flat = statistics.reshape(len(statistics), -1)
        return np.asarray(self.gather @ flat).reshape(-1, *statistics.shape[1:])

    def drawn(self, resampling: Resampling) -> Iterator[Floats]:
        """How often each block is in each sample (samples, blocks), in chunks."""
        rng = np.random.default_rng(resampling.seed)
        total, blocks = int(self.copies.sum()), len(self.copies)
        step = max(1, _AT_ONCE // blocks)
        for start in range(0, resampling.draws, step):
            size = min(step, resampling.draws - start)
            chances = self.copies / total
            yield rng.multinomial(total, chances, size=size).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Statistics summed over all units, and over those of each sample."""

    observed: Floats  # (codes, statistics)
    drawn: Floats | None  # (draws, codes, statistics)
    over: Over

    @classmethod
    def of(cls, statistics: Floats, document_of: Ints, resampling: Resampling) -> Self:
        """Sums of statistics (units, codes, statistics) in documents (units,).

        Nothing is drawn where there is one document of one unit, or no unit at all.

        >>> ones = np.ones((6, 1, 1))
        >>> sums = Sums.of(ones, np.arange(6), Resampling(draws=3))
        >>> sums.observed.tolist(), sums.drawn.ravel().tolist(), sums.over.value
        ([[6.0]], [6.0, 6.0, 6.0], 'documents')
        """
        observed = statistics.sum(axis=0)
        if len(statistics) < 2:  # noqa: PLR2004 - one has no spread
            return cls(observed, None, Over.UNITS)
        blocks = Blocks.of(statistics, document_of)
        totals = blocks.totals(statistics)
        flat = totals.reshape(len(totals), -1)
        chunks = [weights @ flat for weights in blocks.drawn(resampling)]
        drawn = np.concatenate(chunks).reshape(-1, *observed.shape)
        return cls(observed, drawn, blocks.over)

    def pooled(self) -> Self:
        """All codes as one: every unit × code is a cell."""
        drawn = None if self.drawn is None else self.drawn.sum(axis=1, keepdims=True)
        return type(self)(self.observed.sum(axis=0, keepdims=True), drawn, self.over)

    def figures(
        self, formula: Formula, base: int, caution: Caution | None
    ) -> tuple[Measure, ...]:
        """A formula of the statistics for each code; ``constant`` where not defined."""
        values = formula(self.observed)
        samples = None if self.drawn is None else formula(self.drawn)
        return measures_of(values, samples, self.over, base, caution)

    def mean(self, formula: Formula, base: int, caution: Caution | None) -> Measure:
        """The unweighted mean of the codes for which the formula is defined.

        A sample has the mean of the codes that are defined in it.
        """
        values = mean_of_defined(formula(self.observed))
        drawn = self.drawn
        samples = None if drawn is None else mean_of_defined(formula(drawn))[:, None]
        return measures_of(values[None], samples, self.over, base, caution)[0]


def mean_of_defined(values: Floats) -> Floats:
    """The mean over the last axis of what is not NaN; NaN where all is.

    >>> mean_of_defined(np.array([[1.0, np.nan], [np.nan, np.nan]])).tolist()
    [1.0, nan]
    """
    known = np.isfinite(values)
    count = known.sum(axis=-1)
    total = np.where(known, values, 0.0).sum(axis=-1)
    nothing = np.full(total.shape, np.nan)
    return np.asarray(np.divide(total, count, out=nothing, where=count > 0))


def measures_of(
    values: Floats,
    samples: Floats | None,
    over: Over,
    base: int,
    caution: Caution | None,
) -> tuple[Measure, ...]:
    """Values (codes,) with the spread of their samples (draws, codes).

    >>> from analysis.agreement.measures import Over
    >>> measures_of(np.array([np.nan]), None, Over.UNITS, 20, None)
    (NotDefined(reason=<Reason.CONSTANT: 'constant'>),)
    """
    spreads = _spreads(samples, over) if samples is not None else [None] * len(values)
    return tuple(
        Figure(float(value), base, spread, caution)
        if np.isfinite(value)
        else NotDefined(Reason.CONSTANT)
        for value, spread in zip(values, spreads, strict=True)
    )


def _spreads(samples: Floats, over: Over) -> Sequence[Spread | None]:
    """The percentiles of each column of samples (draws, codes), NaN left out.

    Percentile method (Efron and Tibshirani 1993, *An Introduction to the Bootstrap*,
    chapter 13).
    """
    spreads: list[Spread | None] = []
    for column in samples.T:
        usable = column[np.isfinite(column)]
        if not len(usable):
            spreads.append(None)
            continue
        low, high = np.quantile(usable, [_TAIL, 1 - _TAIL]).tolist()
        spreads.append(Spread(Interval(low, high), len(usable), len(column), over))
    return spreads
