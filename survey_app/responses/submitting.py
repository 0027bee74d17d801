"""Sending a response: once, with one receipt. The caller commits."""

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from survey_app.outbox import service as outbox
from survey_app.questionnaires.question_set import PrivacyMode
from survey_app.responses import invited
from survey_app.responses.addresses import AddressBook, hand_over
from survey_app.responses.anonymity import as_precise_as, cut_ties
from survey_app.responses.flagging import find_flags, keep_flags
from survey_app.responses.models import Answer, Response
from survey_app.responses.quality import Flag
from survey_app.responses.service import free_receipt, questions_on
from survey_app.responses.visits import Visit

FACTS = (
    Response.public_id,
    Response.privacy_mode,
    Response.invitation_id,
)


class HowSent(TypedDict):
    """The language and moment of sending; ``least_seconds`` is what a page takes."""

    language: str
    at: datetime
    least_seconds: float
    addresses: AddressBook | None


def submit_response(
    session: Session,
    visit: Visit,
    *,
    language: str,
    at: datetime,
    least_seconds: float = 0,
    addresses: AddressBook | None = None,
) -> str:
    """Send a response and give its receipt; sending it again gives the same one.

    ``least_seconds`` is what a person needs for a page.
    """
    if visit.is_sent and visit.receipt is not None:
        return visit.receipt
    facts = session.execute(
        select(*FACTS).where(Response.id == visit.response_id)
    ).one()
    moment = as_precise_as(facts.privacy_mode, at)
    if facts.invitation_id is not None:
        invited.claim(session, facts.invitation_id, at=moment)
    flags = find_flags(session, visit, least_seconds=least_seconds)
    receipt = _freeze(session, visit, flags, language=language, at=moment)
    if addresses is not None and facts.privacy_mode == PrivacyMode.IDENTIFIED:
        hand_over(session, visit, addresses, language=language, at=at)
    if facts.privacy_mode == PrivacyMode.ANONYMOUS:
        cut_ties(session, visit.response_id, at=moment)
    raised = {"flags": sorted(flags)} if flags else None
    outbox.announce(
        session, outbox.SUBMITTED, subject=facts.public_id, at=moment, detail=raised
    )
    return receipt


def _freeze(
    session: Session,
    visit: Visit,
    flags: Collection[Flag],
    *,
    language: str,
    at: datetime,
) -> str:
    """Mark it sent; what is off the path was never meant to be.

    What looks like spam is kept and thanked for like any other, but stays out of the
    analysis until somebody releases it.
    """
    receipt = free_receipt(session)
    keep_flags(session, visit.response_id, flags, at=at)
    session.execute(
        delete(Answer).where(
            Answer.response_id == visit.response_id,
            Answer.question_id.not_in(questions_on(visit.pages)),
        )
    )
    session.execute(
        update(Response)
        .where(Response.id == visit.response_id)
        .values(
            state="excluded" if flags else "submitted",
            receipt=receipt,
            language_submitted=language,
            submitted_at=at,
            last_activity_at=at,
            row_version=Response.row_version + 1,
        )
    )
    return receipt
