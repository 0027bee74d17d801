"""What respondents themselves said a text was about, where it does not say so."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.records import Mention, Method, Polarity, TextAnalysis
from survey_app.insights.overrides import score_of
from survey_app.touchpoints.catalogue import Catalogue

# Of the touchpoint they are sure; how they felt is still read off their words.
CONFIDENCE = 0.9


def heed_respondent(
    analysis: TextAnalysis, text: str, about: str | None, catalogue: Catalogue
) -> Sequence[Mention]:
    """The mentions of a text, with its respondent's word where nothing else tells.

    That word wins over what merely the question suggests, not over what is written.
    """
    if about is None or not catalogue.knows(about) or not text:
        return analysis.mentions
    suggested = [m for m in analysis.mentions if m.method is Method.QUESTION]
    if len(suggested) < len(analysis.mentions):
        return analysis.mentions
    if suggested:  # how they felt is read already; only of what is another matter
        told = replace(
            suggested[0], touchpoint=about, cues=(), method=Method.RESPONDENT
        )
    else:
        told = _told(about, analysis.overall or Polarity.NEUTRAL)
    return [replace(told, start=0, end=len(text), confidence=CONFIDENCE)]


def _told(about: str, polarity: Polarity) -> Mention:
    return Mention(
        start=0,
        end=1,
        touchpoint=about,
        polarity=polarity,
        score=score_of(polarity),
        confidence=CONFIDENCE,
        method=Method.RESPONDENT,
    )
