"""Lots: the number that decides when a text is drawn to be judged.

Permanent random numbers, as statistical offices draw samples (Ohlsson 1995): the texts
judged are those with the lowest, which is a random sample at any moment.
"""

from sqlalchemy.engine.default import DefaultExecutionContext

LOTS = 2**31 - 1  # a prime
_FACTOR = 1_103_515_245
_APART = 514_229_017  # two people who judge lie this far from each other


def lot_of(*, answer_id: int | None, turn_id: int | None) -> int:
    """The same for a text in every analysis, and unlike those of its neighbours.

    >>> lot_of(answer_id=7, turn_id=None)
    1043629263
    """
    number = turn_id * 2 + 1 if turn_id is not None else (answer_id or 0) * 2
    mixed = (number * _FACTOR + 12_345) % LOTS
    mixed = (mixed * mixed + number) % LOTS  # squared: neighbours part for good
    return (mixed * _FACTOR + 40_692) % LOTS


def lot_of_row(context: DefaultExecutionContext) -> int:
    """For a row that is stored, from what it is the text of."""
    given = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return lot_of(answer_id=given.get("answer_id"), turn_id=given.get("turn_id"))


def begins_at(staff_id: int) -> int:
    """Everybody begins elsewhere, so that two people do not judge the same text."""
    return -staff_id * _APART % LOTS
