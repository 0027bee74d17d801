"""Named reads of exports, and of what there is to export."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.exports.models import ExportJob
from survey_app.exports.selection import Selection
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.responses.models import ErasedResponse, Response


def count_responses(session: Session, selection: Selection) -> int:
    statement = select(func.count(Response.id)).where(*selection.conditions())
    return session.scalar(statement) or 0


def usual_selection(questionnaire_id: int) -> Selection:
    return Selection(questionnaire_id=questionnaire_id)


def list_questionnaires(session: Session) -> Sequence[Questionnaire]:
    """Those that were ever published, the last published first."""
    return session.scalars(
        select(Questionnaire)
        .join(
            QuestionnaireVersion,
            QuestionnaireVersion.id == Questionnaire.active_version_id,
        )
        .order_by(QuestionnaireVersion.published_at.desc(), Questionnaire.id.desc())
    ).all()


def find_questionnaire(session: Session, questionnaire_id: int) -> Questionnaire:
    return session.get_one(Questionnaire, questionnaire_id)


def find_job(session: Session, public_id: str) -> ExportJob | None:
    return session.scalar(select(ExportJob).where(ExportJob.public_id == public_id))


def list_jobs(
    session: Session, formats: Sequence[str], *, limit: int
) -> list[tuple[ExportJob, str]]:
    """The last exports in these formats, each with its questionnaire's address."""
    rows = session.execute(
        select(ExportJob, Questionnaire.slug)
        .join(Questionnaire, Questionnaire.id == ExportJob.questionnaire_id)
        .where(ExportJob.format.in_(formats))
        .order_by(ExportJob.id.desc())
        .limit(limit)
    )
    return [(job, slug) for job, slug in rows]


def count_erased(
    session: Session, questionnaire_ids: AbstractSet[int]
) -> dict[int, int]:
    """How many responses were ever erased: files made before hold some too many."""
    of = ErasedResponse.questionnaire_id
    rows = session.execute(
        select(of, func.count()).where(of.in_(questionnaire_ids)).group_by(of)
    )
    return dict(rows.all())
