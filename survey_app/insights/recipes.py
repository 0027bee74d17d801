"""What the analysis of this workspace is made of."""

from sqlalchemy.orm import Session

from analysis.own_lessons import NO_LESSONS, Lessons
from analysis.own_touchpoints import OwnTouchpoint, OwnWords
from analysis.pipeline import Recipe
from analysis.weighing import shipped_encoder
from survey_app.insights.learning import find_weights
from survey_app.insights.own_lessons import read_lessons
from survey_app.touchpoints.models import TouchpointSetting
from survey_app.touchpoints.queries import list_own


def read_recipe(session: Session) -> Recipe:
    """Small enough to travel with every chunk of texts, wherever it is analysed."""
    own = list_own(session)
    lessons = read_lessons(session) if own else {}
    return Recipe(
        own=tuple(as_own(each, lessons.get(each.code, NO_LESSONS)) for each in own),
        weights=find_weights(session, encoder=shipped_encoder()),
    )


def as_own(setting: TouchpointSetting, lessons: Lessons = NO_LESSONS) -> OwnTouchpoint:
    """Without its names: the analysis of a text does not change with them."""
    return OwnTouchpoint(
        code=setting.code,
        dutch=OwnWords(cues=tuple(setting.cues_nl)),
        english=OwnWords(cues=tuple(setting.cues_en)),
        examples=tuple(setting.examples),
        lessons=lessons,
    )
