"""Sending a response: once, with one receipt. The caller commits."""

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict, cast

from sqlalchemy import Table, bindparam, delete, update
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
from survey_app.responses.visits import ANSWERS, RESPONSES, OvertakenError, Visit

_ANSWERS, _RESPONSES = (cast("Table", model.__table__) for model in (Answer, Response))
# Built once, as they are half of what sending costs.
FORGET_OFF_PATH = delete(_ANSWERS).where(
    ANSWERS.response_id == bindparam("response"),
    ANSWERS.question_id.not_in(bindparam("on_path", expanding=True)),
)
FREEZE = (
    update(_RESPONSES)
    .where(
        RESPONSES.id == bindparam("response"),
        RESPONSES.row_version == bindparam("seen"),
        RESPONSES.state == bindparam("was"),
    )
    .values(
        state=bindparam("becomes"),
        receipt=bindparam("new_receipt"),
        language_submitted=bindparam("language"),
        submitted_at=bindparam("at"),
        last_activity_at=bindparam("at"),
        row_version=RESPONSES.row_version + 1,
    )
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

    ``least_seconds`` is what a person needs for a page. Raises OvertakenError when the
    response is no longer as it was read.
    """
    if visit.is_sent and visit.receipt is not None:
        return visit.receipt
    moment = as_precise_as(visit.privacy_mode, at)
    flags = find_flags(session, visit, least_seconds=least_seconds)
    receipt = _freeze(session, visit, flags, language=language, at=moment)
    if visit.invitation_id is not None:
        invited.claim(session, visit.invitation_id, at=moment)
    if addresses is not None and visit.privacy_mode == PrivacyMode.IDENTIFIED:
        hand_over(session, visit, addresses, language=language, at=at)
    if visit.privacy_mode == PrivacyMode.ANONYMOUS:
        cut_ties(session, visit.response_id, at=moment)
    raised = {"flags": sorted(flags)} if flags else None
    outbox.announce(
        session, outbox.SUBMITTED, subject=visit.public_id, at=moment, detail=raised
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
    connection, response = session.connection(), visit.response_id
    frozen = connection.execute(
        FREEZE,
        {
            "response": response,
            "seen": visit.row_version,
            "was": visit.state,
            "becomes": "excluded" if flags else "submitted",
            "new_receipt": receipt,
            "language": language,
            "at": at,
        },
    )
    if not frozen.rowcount:
        raise OvertakenError
    keep_flags(session, response, flags, at=at)
    on_path = questions_on(visit.pages)
    connection.execute(FORGET_OFF_PATH, {"response": response, "on_path": on_path})
    return receipt
