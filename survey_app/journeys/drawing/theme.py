"""Colours of the map by role, light and dark; the roles are also class names."""

from collections.abc import Mapping
from types import MappingProxyType

Theme = Mapping[str, str]

PHASE_TINTS = 4  # further phases start again at the first
CLASS_PREFIX = "map-"

LIGHT: Theme = MappingProxyType(
    {
        "paper": "#fcfbf8",
        "ink": "#1b1f24",
        "soft": "#5b6470",
        "rule": "#d9d5cb",
        "accent": "#17596b",
        "danger": "#b2182b",
        "danger-ink": "#ffffff",
        "danger-soft": "#fbeeed",
        "very-negative": "#b2182b",
        "negative": "#d6604d",
        "neutral": "#7f858f",
        "positive": "#4d9a55",
        "very-positive": "#1b7837",
        "features": "#ffffff",
        "phase-1": "#eaf2f1",
        "phase-2": "#eef1f7",
        "phase-3": "#f6f0e6",
        "phase-4": "#f3eef5",
        "head-1": "#cde2df",
        "head-2": "#d5deee",
        "head-3": "#ecdfc5",
        "head-4": "#e1d5e8",
    }
)

DARK: Theme = MappingProxyType(
    {
        "paper": "#14171a",
        "ink": "#f0eee9",
        "soft": "#a5adb7",
        "rule": "#3a4149",
        "accent": "#7cc4d4",
        "danger": "#ec6f78",
        "danger-ink": "#14171a",
        "danger-soft": "#34191d",
        "very-negative": "#e5535f",
        "negative": "#ea8a76",
        "neutral": "#9aa1ab",
        "positive": "#6fbb78",
        "very-positive": "#3fae5e",
        "features": "#14171a",
        "phase-1": "#1b2524",
        "phase-2": "#1b2028",
        "phase-3": "#26221a",
        "phase-4": "#241f28",
        "head-1": "#29423f",
        "head-2": "#2a374c",
        "head-3": "#463b26",
        "head-4": "#3d3249",
    }
)

THEMES: Mapping[str, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK})
PROPERTIES = ("fill", "stroke", "stop-color")


def paint(
    theme: Theme, *, fill: str | None = None, stroke: str | None = None
) -> dict[str, str]:
    """Attributes for a fill and a stroke by role, with classes a page can restyle."""
    roles = {"fill": fill, "stroke": stroke}
    given = {name: role for name, role in roles.items() if role is not None}
    colours = {name: theme.get(role, role) for name, role in given.items()}
    classes = [f"{CLASS_PREFIX}{n}-{r}" for n, r in given.items() if r in theme]
    return {**colours, "class_": " ".join(classes)} if classes else colours


def stylesheet(theme: Theme) -> str:
    """CSS rules that give an inlined map the colours of this theme."""
    return "\n".join(
        f".{CLASS_PREFIX}{name}-{role} {{ {name}: {colour}; }}"
        for role, colour in theme.items()
        for name in PROPERTIES
    )
