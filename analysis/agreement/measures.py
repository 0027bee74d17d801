"""What comes out: a figure, or the reason why there is none."""

from dataclasses import dataclass
from enum import StrEnum

from analysis.intervals import Interval

FEW_UNITS = 10  # under this a figure carries a warning


class Reason(StrEnum):
    """Why a figure is not defined."""

    NO_UNITS = "no_units"  # there is nothing to count
    ONE_CODER = "one_coder"
    NO_COMMON_UNITS = "no_common_units"  # no unit has two coders
    CONSTANT = "constant"  # nobody, or everybody everywhere, used the code
    NO_PASSAGES = "no_passages"  # one of the two marked none


class Caution(StrEnum):
    """Why a figure is to be read with care."""

    TOO_FEW = "too_few"


class Over(StrEnum):
    """What was drawn anew for an interval."""

    DOCUMENTS = "documents"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class NotDefined:
    """No figure, and why."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Spread:
    """A 95 % percentile interval, and on how many of the samples it rests."""

    interval: Interval
    usable: int  # samples in which the figure is defined
    draws: int
    over: Over


@dataclass(frozen=True, slots=True)
class Figure:
    """A value on ``base`` units (or cells, passages, characters: as its owner says).

    ``spread`` is None where nothing could be drawn anew: one document of one unit, or
    a figure that has no interval.
    """

    value: float
    base: int
    spread: Spread | None = None
    caution: Caution | None = None


Measure = Figure | NotDefined


def caution_for(units: int) -> Caution | None:
    """The warning that so few units deserve.

    >>> caution_for(9), caution_for(10)
    (<Caution.TOO_FEW: 'too_few'>, None)
    """
    return Caution.TOO_FEW if units < FEW_UNITS else None
