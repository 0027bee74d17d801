"""Which passages of two coders lie over one another."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import accumulate

from analysis.agreement.codings import Coding


def overlap_share(first: Coding, second: Coding) -> float:
    """Shared characters by all characters of the two, 0 to 1 (Jaccard 1901).

    >>> overlap_share(Coding("d", 0, 10, "c", "An"), Coding("d", 5, 15, "c", "Bo"))
    0.3333333333333333
    """
    if first.document != second.document:
        return 0.0
    shared = min(first.end, second.end) - max(first.start, second.start)
    either = first.end - first.start + second.end - second.start - shared
    return max(shared, 0) / either


def overlapping(
    first: Sequence[Coding], second: Sequence[Coding]
) -> Iterator[tuple[int, int]]:
    """Places of all passages of the two that share a character, in any order.

    >>> an, bo = Coding("d", 0, 10, "c", "An"), Coding("d", 10, 12, "c", "Bo")
    >>> list(overlapping([an], [bo])), list(overlapping([an], [an]))
    ([], [(0, 0)])
    """
    theirs: dict[Hashable, list[int]] = defaultdict(list)
    for place in sorted(range(len(second)), key=lambda place: second[place].start):
        theirs[second[place].document].append(place)
    reaches = {
        document: list(accumulate((second[place].end for place in places), max))
        for document, places in theirs.items()
    }
    for mine, one in enumerate(first):
        places = theirs.get(one.document, [])
        # everything before this ends too early, as do all that start earlier still
        at = bisect_left(reaches.get(one.document, []), one.start + 1)
        for other in places[at:]:
            if second[other].start >= one.end:
                break
            if second[other].end > one.start:
                yield mine, other
