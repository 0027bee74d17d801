"""What respondents themselves said a text was about, where it does not say so."""

from collections.abc import Sequence

from analysis.records import Mention, Method, Polarity, TextAnalysis
from survey_app.insights.overrides import score_of
from survey_app.touchpoints.catalogue import load_catalogue

# Of the touchpoint they are sure; how they felt is still read off their words.
CONFIDENCE = 0.9


def heed_respondent(
    analysis: TextAnalysis, text: str, about: str | None
) -> Sequence[Mention]:
    """The mentions of a text, with its respondent's word where nothing else tells.

    That word wins over what merely the question suggests, not over what is written.
    """
    if about is None or about not in load_catalogue().touchpoints or not text:
        return analysis.mentions
    suggested = [m for m in analysis.mentions if m.method is Method.QUESTION]
    if len(suggested) < len(analysis.mentions):
        return analysis.mentions
    polarity = analysis.overall or Polarity.NEUTRAL
    like = suggested[0] if suggested else None
    return [
        Mention(
            start=0,
            end=len(text),
            touchpoint=about,
            polarity=like.polarity if like else polarity,
            score=like.score if like else score_of(polarity),
            confidence=CONFIDENCE,
            method=Method.RESPONDENT,
            **({"emotion": like.emotion, "stance": like.stance} if like else {}),
        )
    ]
