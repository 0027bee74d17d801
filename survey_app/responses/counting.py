"""Which responses speak in figures."""

from sqlalchemy import ColumnElement, and_, or_, select

from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.responses.models import Response

PARTIAL_STATES = ("abandoned", "closed_partial")
UNFINISHED_STATES = ("in_progress", *PARTIAL_STATES)


def counts() -> ColumnElement[bool]:
    """Sent and not left out; broken off, where the keeper wants those counted too.

    What others than customers say, such as staff, is kept out of all figures.
    """
    including = (
        select(QuestionnaireVersion.id)
        .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
        .where(Questionnaire.include_partial)
    )
    others = (
        select(QuestionnaireVersion.id)
        .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
        .where(Questionnaire.in_figures.is_(False))
    )
    sent = or_(
        Response.state == "submitted",
        and_(Response.state.in_(PARTIAL_STATES), Response.version_id.in_(including)),
    )
    return and_(sent, Response.version_id.not_in(others))
