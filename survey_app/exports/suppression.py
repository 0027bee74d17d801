"""Counts of a group, without those that could point at someone."""

from collections.abc import Sequence


def protect(counts: Sequence[int], *, least: int) -> list[int | None]:
    """Counts that together make a known total, with None for what is hidden.

    A count below ``least`` is hidden. What is hidden must not follow from the total
    and the rest, so the next smallest are hidden with it until those hidden are at
    least two and speak for ``least`` people together.

    >>> protect([20, 12, 3], least=5)
    [20, None, None]
    >>> protect([20, 12, 0], least=5)
    [20, 12, 0]
    """
    hidden = {n for n, count in enumerate(counts) if 0 < count < least}
    rest = sorted(
        (n for n, count in enumerate(counts) if count and n not in hidden),
        key=lambda n: (counts[n], n),
    )
    while hidden and rest and _is_thin(hidden, counts, least):
        hidden.add(rest.pop(0))
    return [None if n in hidden else count for n, count in enumerate(counts)]


def _is_thin(hidden: set[int], counts: Sequence[int], least: int) -> bool:
    return len(hidden) < 2 or sum(counts[n] for n in hidden) < least  # noqa: PLR2004 - one alone is what is missing
