"""Texts of SurveyJS: one for all, or one for each language."""

from survey_app.exchange.speech import OWN, Raw


def localised(value: object) -> Raw:
    """By language; what is called default is the survey's own.

    >>> localised({"default": "Hoe?", "en": "How?"})
    {'': 'Hoe?', 'en': 'How?'}
    """
    if isinstance(value, dict):
        return {
            OWN if name == "default" else str(name): text
            for name, text in value.items()
            if isinstance(text, str)
        }
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return {OWN: str(value)}
    return {}
