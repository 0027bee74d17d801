"""What the analysis of this workspace is made of."""

from sqlalchemy.orm import Session

from analysis.own_touchpoints import OwnTouchpoint, OwnWords
from analysis.pipeline import Recipe
from analysis.weighing import shipped_encoder
from survey_app.insights.learning import find_weights
from survey_app.touchpoints.models import TouchpointSetting
from survey_app.touchpoints.queries import list_own


def read_recipe(session: Session) -> Recipe:
    """Small enough to travel with every chunk of texts, wherever it is analysed."""
    return Recipe(
        own=tuple(map(as_own, list_own(session))),
        weights=find_weights(session, encoder=shipped_encoder()),
    )


def as_own(setting: TouchpointSetting) -> OwnTouchpoint:
    """Without its names: the analysis of a text does not change with them."""
    return OwnTouchpoint(
        code=setting.code,
        dutch=OwnWords(cues=tuple(setting.cues_nl)),
        english=OwnWords(cues=tuple(setting.cues_en)),
        examples=tuple(setting.examples),
    )
