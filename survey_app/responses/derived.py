"""What other features keep of responses, so that forgetting leaves nothing there.

Their floors lie above this one, so their tables are named here and not imported:
forgetting has to be whole, in one transaction, wherever it starts.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import (
    JSON,
    ColumnElement,
    String,
    Text,
    cast,
    column,
    delete,
    exists,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.orm import Session

from survey_app.orm import UtcDateTime
from survey_app.outbox.models import Event
from survey_app.respondents.models import Respondent
from survey_app.responses.models import Answer, Response

ANALYSED_TEXTS = table("analysed_texts", column("answer_id"))
PERSONA_MEMBERS = table("persona_members", column("respondent_id"))
SPEAKERS = table("speakers", column("respondent_id"))
IMPORT_RUNS = table("import_runs", column("questionnaire_id"), column("report", JSON))
EXPORT_JOBS = table(
    "export_jobs",
    column("questionnaire_id"),
    column("state", String),
    column("stale_at", UtcDateTime),
)
# Texts in which programs were told of a response, by its public id.
TOLD = (
    (table("webhook_deliveries", column("payload", JSON)), "payload"),
    (table("idempotency_records", column("body", Text)), "body"),
)


def withdraw_from_analysis(session: Session, response_ids: Collection[int]) -> None:
    """Take responses out of every figure at once; corrections stay.

    Who counts again later is analysed again: the texts are marked as not yet read.
    """
    answers = select(Answer.id).where(Answer.response_id.in_(response_ids))
    respondents = select(Response.respondent_id).where(Response.id.in_(response_ids))
    session.execute(  # first: who is storing an analysis now has finished after this
        update(Answer)
        .where(Answer.response_id.in_(response_ids))
        .values(analysis_version=None)
    )
    session.execute(
        delete(ANALYSED_TEXTS).where(ANALYSED_TEXTS.c.answer_id.in_(answers))
    )
    _forget_memberships(session, respondents)


def forget_people(session: Session, respondent_ids: Collection[int]) -> None:
    """Forget in which persona they were, and those who said nothing else."""
    _forget_memberships(session, respondent_ids)
    session.execute(
        delete(Respondent).where(
            Respondent.id.in_(respondent_ids),
            ~exists().where(Response.respondent_id == Respondent.id),
            ~exists().where(SPEAKERS.c.respondent_id == Respondent.id),
        )
    )


def forget_what_was_told(session: Session, public_ids: Collection[str]) -> None:
    """What waits to be told of these responses, and copies of what was."""
    session.execute(delete(Event).where(Event.subject.in_(public_ids)))
    for rows, name in TOLD:
        words = cast(rows.c[name], Text)
        session.execute(delete(rows).where(_holds_one_of(words, public_ids)))


def mark_files_stale(
    session: Session, questionnaire_ids: Collection[int], *, at: datetime
) -> None:
    """Exports made before hold what is now gone; reports of imports may quote it."""
    session.execute(
        update(EXPORT_JOBS)
        .where(
            EXPORT_JOBS.c.questionnaire_id.in_(questionnaire_ids),
            EXPORT_JOBS.c.stale_at.is_(None),
            EXPORT_JOBS.c.state == "done",
        )
        .values(stale_at=at)
    )
    session.execute(
        update(IMPORT_RUNS)
        .where(IMPORT_RUNS.c.questionnaire_id.in_(questionnaire_ids))
        .values(report={})
    )


def _forget_memberships(session: Session, respondents: object) -> None:
    belongs: ColumnElement[bool] = PERSONA_MEMBERS.c.respondent_id.in_(respondents)  # type: ignore[arg-type] # ids or a query of them
    session.execute(delete(PERSONA_MEMBERS).where(belongs))


def _holds_one_of(
    words: ColumnElement[str], public_ids: Iterable[str]
) -> ColumnElement[bool]:
    return or_(*(words.contains(public_id) for public_id in public_ids))
