"""Which responses speak in figures."""

from sqlalchemy import ColumnElement, and_, or_, select

from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.responses.models import Response

PARTIAL_STATES = ("abandoned", "closed_partial")
UNFINISHED_STATES = ("in_progress", *PARTIAL_STATES)


def counts() -> ColumnElement[bool]:
    """Sent and not left out; broken off, where the keeper wants those counted too."""
    including = (
        select(QuestionnaireVersion.id)
        .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
        .where(Questionnaire.include_partial)
    )
    return or_(
        Response.state == "submitted",
        and_(Response.state.in_(PARTIAL_STATES), Response.version_id.in_(including)),
    )
