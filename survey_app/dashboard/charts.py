"""Where the marks of the small charts stand; the templates draw them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

BAR_WIDTH = 204
MIN_LABELLED = 18  # pixels that a number needs
SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 104, 32, 4
LOWEST, HIGHEST = -2.0, 2.0


@dataclass(frozen=True, slots=True)
class Segment:
    name: str
    x: float
    width: float
    percentage: int

    @property
    def labelled(self) -> bool:
        return self.width >= MIN_LABELLED

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a line over weeks is drawn, from −2 to +2; margins in pixels."""

    width: int
    height: int
    left: int
    margin: int  # at the other three sides

    def x(self, place: float, weeks: int) -> float:
        room = self.width - self.left - self.margin
        return round(self.left + room * place / max(weeks - 1, 1), 1)

    def y(self, mean: float) -> float:
        room = self.height - 2 * self.margin
        return round(self.margin + room * (HIGHEST - mean) / (HIGHEST - LOWEST), 1)


SPARK = Frame(SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN, SPARK_MARGIN)
TREND = Frame(320, 132, 30, 10)


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Lines through neighbouring weeks; a lone week is a dot, and so is the last.

    ``breaks`` are where a line starts anew, and a mark says so.
    """

    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    last: tuple[float, float] | None
    zero: float
    breaks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    x: float
    height: float
    value: int


def bar_segments(shares: Sequence[tuple[str, float]]) -> tuple[Segment, ...]:
    """Segments beside each other, in percentages that add up to 100."""
    whole = round_to_hundred([share for _, share in shares])
    segments: list[Segment] = []
    x = 0.0
    for (name, share), percentage in zip(shares, whole, strict=True):
        width = round(share * BAR_WIDTH, 2)
        segments.append(Segment(name, round(x, 2), width, percentage))
        x += width
    return tuple(segment for segment in segments if segment.width)


def round_to_hundred(shares: Sequence[float]) -> list[int]:
    """Whole percentages that add up to 100: the largest remainders are rounded up."""
    exact = [share * 100 for share in shares]
    whole = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_remainder[: round(sum(exact)) - sum(whole)]:
        whole[i] += 1
    return whole


def sparkline(
    means: Sequence[float | None],
    breaks: Collection[int] = (),
    frame: Frame = SPARK,
) -> Sparkline:
    """A line over weeks; it breaks where a week has no mean or starts anew."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place, mean in enumerate(means):
        if mean is None or place in breaks:
            runs.append([])
        if mean is not None:
            runs[-1].append((frame.x(place, len(means)), frame.y(mean)))
    drawn = [run for run in runs if run]
    return Sparkline(
        lines=tuple(
            " ".join(f"{x:g},{y:g}" for x, y in run) for run in drawn if len(run) > 1
        ),
        dots=tuple(run[0] for run in drawn if len(run) == 1),
        last=drawn[-1][-1] if drawn else None,
        zero=frame.y(0.0),
        breaks=tuple(
            frame.x(place - 0.5, len(means)) for place in sorted(breaks) if place
        ),
    )


def columns(values: Sequence[int], *, step: float, height: float) -> list[Column]:
    """One column for each value, the highest as high as there is room."""
    most = max(values, default=0) or 1
    return [
        Column(round(place * step, 1), round(height * value / most, 1), value)
        for place, value in enumerate(values)
    ]
