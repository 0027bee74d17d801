"""Faces of five moods and the four shapes of ownership, drawn around the origin."""

from survey_app.journeys.document import Level, Ownership
from survey_app.journeys.drawing.svg import element, number
from survey_app.journeys.drawing.theme import Theme, paint

RADIUS = 16.0
# Lowest mean of each mood, from the top of the scale down.
MOODS = (
    (1.25, "very-positive"),
    (0.5, "positive"),
    (-0.5, "neutral"),
    (-1.25, "negative"),
    (-2.0, "very-negative"),
)
MOUTHS = {
    "very-positive": "M-7.5 3 Q0 14 7.5 3 Z",  # open: told apart without colour
    "positive": "M-6.5 4.5 Q0 10.5 6.5 4.5",
    "neutral": "M-6 6 L6 6",
    "negative": "M-6.5 8.5 Q0 2.5 6.5 8.5",
    "very-negative": "M-7 10 Q0 0 7 10",
}
BROWS = "M-8.5 -9 L-3 -5.8 M8.5 -9 L3 -5.8"


def mood_of(mean: float) -> str:
    """The mood of a mean, rounded as it is printed so that the two agree."""
    rounded = round(mean, 1)
    reached = (name for lowest, name in MOODS if _reaches(rounded, lowest))
    return next(reached, "very-negative")


def _reaches(mean: float, lowest: float) -> bool:
    return mean > lowest if lowest < 0 else mean >= lowest


def draw_face(
    theme: Theme,
    at: tuple[float, float],
    mood: str,
    *,
    level: Level = Level.SHOWN,
    behind: str = "paper",
    scale: float = 1.0,
) -> str:
    """Filled from a base of 30, an outline from 10, a dashed outline from 5."""
    filled = level is Level.SHOWN
    features = "features" if filled else mood
    place = f"translate({number(at[0])} {number(at[1])})"
    if scale != 1:
        place += f" scale({number(scale)})"
    return element(
        "g",
        element(
            "circle",
            r=RADIUS if filled else RADIUS - 1.25,
            stroke_width=2.5,
            stroke_dasharray="3 3.2" if level is Level.INDICATIVE else None,
            **paint(theme, fill=mood if filled else behind, stroke=mood),
        ),
        *(_eye(theme, x, mood, features) for x in (-5.4, 5.4)),
        _mouth(theme, mood, features),
        transform=place,
    )


def _eye(theme: Theme, x: float, mood: str, colour: str) -> str:
    height = 2.6 if mood.endswith("positive") else 2.1
    fill = paint(theme, fill=colour)
    return element("ellipse", cx=x, cy=-3.4, rx=2.1, ry=height, **fill)


def _mouth(theme: Theme, mood: str, colour: str) -> str:
    drawn = MOUTHS[mood] + (f" {BROWS}" if mood == "very-negative" else "")
    inside = colour if mood == "very-positive" else "none"
    return element(
        "path",
        d=drawn,
        stroke_width=2.2,
        stroke_linecap="round",
        stroke_linejoin="round",
        **paint(theme, fill=inside, stroke=colour),
    )


SHAPES = {
    Ownership.EARNED: "M0 -8 L8 0 L0 8 L-8 0 Z",
    Ownership.PAID: "M0 -7.5 L8 6.5 L-8 6.5 Z",
    Ownership.PARTNER: "M-6.5 -6.5 H6.5 V6.5 H-6.5 Z",
}


def draw_shape(theme: Theme, at: tuple[float, float], ownership: Ownership) -> str:
    """Circle: our own; diamond: earned; triangle: paid; square: a partner's."""
    place = f"translate({number(at[0])} {number(at[1])})"
    colour = paint(theme, fill="accent")
    if ownership is Ownership.OWNED:
        return element("circle", r=7, transform=place, **colour)
    return element("path", d=SHAPES[ownership], transform=place, **colour)
