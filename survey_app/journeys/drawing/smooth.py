"""A smooth line through points that never rises above or falls below them."""

from itertools import pairwise

from survey_app.journeys.drawing.svg import number


def smooth_path(points: list[tuple[float, float]]) -> list[str]:
    """The first point, then a cubic to each next, never over- or undershooting one.

    Steffen, M. (1990). A simple method for monotonic interpolation in one dimension.
    Astronomy and Astrophysics 239, 443-450.
    """
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]
    if not slopes:
        return [_pair(*points[0])]
    gaps = [b[0] - a[0] for a, b in pairwise(points)]
    inner = [
        _tangent(*pair) for pair in zip(pairwise(slopes), pairwise(gaps), strict=True)
    ]
    tangents = [
        _end_tangent(slopes[0], inner[0] if inner else slopes[0]),
        *inner,
        _end_tangent(slopes[-1], inner[-1] if inner else slopes[-1]),
    ]
    path = [_pair(*points[0])]
    for (a, b), (rise, fall) in zip(pairwise(points), pairwise(tangents), strict=True):
        third = (b[0] - a[0]) / 3
        one = _pair(a[0] + third, a[1] + third * rise)
        two = _pair(b[0] - third, b[1] - third * fall)
        path.append(f"C{one} {two} {_pair(*b)}")
    return path


def _tangent(slopes: tuple[float, float], gaps: tuple[float, float]) -> float:
    before, after = slopes
    if before * after <= 0:
        return 0.0
    mean = (before * gaps[1] + after * gaps[0]) / sum(gaps)
    least = min(abs(before), abs(after), abs(mean) / 2)
    return 2 * least if before > 0 else -2 * least


def _end_tangent(slope: float, neighbour: float) -> float:
    return (3 * slope - neighbour) / 2


def _pair(x: float, y: float) -> str:
    return f"{number(x)},{number(y)}"
