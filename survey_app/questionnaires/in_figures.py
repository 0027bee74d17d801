"""Whether those who answer are customers, so that they speak in customers' figures.

The newest version decides for the whole questionnaire, what came in before included.
Answers and analyses are kept on floors above this one, so their tables are named here
and not imported: a version that takes its questionnaire out of the figures has to take
out what is stored, in the same transaction.
"""

from sqlalchemy import column, delete, select, table, update
from sqlalchemy.orm import Session

from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.question_set import QuestionSet

RESPONSES = table(
    "responses", column("id"), column("version_id"), column("respondent_id")
)
ANSWERS = table(
    "answers", column("id"), column("response_id"), column("analysis_version")
)
ANALYSED_TEXTS = table("analysed_texts", column("answer_id"))
PERSONA_MEMBERS = table("persona_members", column("respondent_id"))


def count_as_told(
    session: Session, questionnaire: Questionnaire, question_set: QuestionSet
) -> None:
    """Take the questionnaire out of the figures at once, or let it in again.

    What is let in is analysed again: its texts are marked as not yet read.
    """
    counted = question_set.settings.in_figures
    if questionnaire.in_figures and not counted:
        session.flush()
        _take_out(session, questionnaire.id)
    questionnaire.in_figures = counted


def _take_out(session: Session, questionnaire_id: int) -> None:
    versions = select(QuestionnaireVersion.id).where(
        QuestionnaireVersion.questionnaire_id == questionnaire_id
    )
    of_these = RESPONSES.c.version_id.in_(versions)
    responses = select(RESPONSES.c.id).where(of_these)
    session.execute(  # first: who is storing an analysis now has finished after this
        update(ANSWERS)
        .where(
            ANSWERS.c.response_id.in_(responses),
            ANSWERS.c.analysis_version.is_not(None),
        )
        .values(analysis_version=None)
    )
    answers = select(ANSWERS.c.id).where(ANSWERS.c.response_id.in_(responses))
    session.execute(
        delete(ANALYSED_TEXTS).where(ANALYSED_TEXTS.c.answer_id.in_(answers))
    )
    respondents = select(RESPONSES.c.respondent_id).where(of_these)
    session.execute(
        delete(PERSONA_MEMBERS).where(PERSONA_MEMBERS.c.respondent_id.in_(respondents))
    )
