"""A small round to try things out on; the examples of this package read it."""

from analysis.agreement.codings import Code, CodedRound, Coding, Unit


def example_round() -> CodedRound:
    """Two coders, one document of four sentences of two words.

    >>> len(example_round().codings)
    4
    """
    starts = range(0, 40, 10)
    return CodedRound.of(
        coders=["An", "Bo"],
        codes=[
            Code("price", "theme"),
            Code("delivery", "theme"),
            Code("relief", "emotion"),
        ],
        units=[
            Unit("d", start, start + 9, ((start, start + 4), (start + 5, start + 9)))
            for start in starts
        ],
        done=[("d", "An"), ("d", "Bo")],
        codings=[
            Coding("d", 0, 9, "price", "An"),
            Coding("d", 0, 19, "price", "Bo"),
            Coding("d", 20, 29, "relief", "An"),
            Coding("d", 20, 29, "relief", "Bo"),
        ],
    )
