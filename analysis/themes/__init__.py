"""What people talk about at a touchpoint: themes, named by their own words."""

from analysis.themes.finding import MIN_PEOPLE, MOST, find_themes
from analysis.themes.records import LanguageThemes, Said, Theme, Themes, Vectors

__all__ = [
    "MIN_PEOPLE",
    "MOST",
    "LanguageThemes",
    "Said",
    "Theme",
    "Themes",
    "Vectors",
    "find_themes",
]
