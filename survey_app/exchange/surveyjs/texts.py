"""Texts of SurveyJS: one for all, or one for each language."""

import re

from survey_app.exchange.speech import OWN, Raw

HINT = re.compile(r"<small>(.*)</small>\s*$", re.DOTALL)


def localised(value: object) -> Raw:
    """By language; what is called default is the survey's own.

    >>> localised({"default": "Hoe?", "en": "How?"})
    {'': 'Hoe?', 'en': 'How?'}
    """
    if isinstance(value, dict):
        return {
            OWN if name in {"default", OWN} else str(name): text
            for name, text in value.items()
            if isinstance(text, str)
        }
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return {OWN: str(value)}
    return {}


def split_html(value: object) -> tuple[Raw, Raw]:
    """What is read, and the small print below it as we write that."""
    raw = localised(value)
    hints = {
        language: found[1]
        for language, text in raw.items()
        if (found := HINT.search(text)) is not None
    }
    return {language: HINT.sub("", text) for language, text in raw.items()}, hints
