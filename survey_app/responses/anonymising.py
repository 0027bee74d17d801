"""Making responses anonymous: what was said stays, whose it was goes.

Kept are the answers, with personal data in their texts masked, the version, the wave,
the language and the day. Gone are the respondent as one known elsewhere or from other
responses, the invitation, receipt, keys and numbers by which it could be found, what
came along in the address, the device, tags and note, and every time of day. Outside it
is a new response, and the old one is gone.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import column, delete, insert, select, table, update
from sqlalchemy.orm import Session

from survey_app.clock import day_of
from survey_app.keys import new_public_id
from survey_app.respondents.models import Respondent
from survey_app.responses.derived import (
    forget_people,
    forget_what_was_told,
    mark_files_stale,
    withdraw_from_analysis,
)
from survey_app.responses.erasure import Erasure, find_to_erase, leave_tombstones
from survey_app.responses.models import (
    SEALED,
    Answer,
    PageEvent,
    Response,
    ResponseChange,
    ResponseMark,
)
from survey_app.responses.quality import fingerprint

CORRECTIONS = table("corrections", column("answer_id"))  # of a floor above
Mask = Callable[[str], str]


def anonymise(
    session: Session, response_ids: Sequence[int], *, mask: Mask, at: datetime
) -> None:
    """Cut what leads to a person; the texts are analysed again under nobody's name."""
    responses = session.scalars(
        select(Response).where(Response.id.in_(response_ids)).with_for_update()
    ).all()
    before = find_to_erase(session, response_ids)
    withdraw_from_analysis(session, response_ids)
    _mask_texts(session, response_ids, mask)
    nobodies = _new_respondents(session, responses)
    for response, respondent_id in zip(responses, nobodies, strict=True):
        response.respondent_id = respondent_id
        _strip(response, at)
    session.flush()
    _cut_traces(session, response_ids)
    forget_people(session, {row.respondent_id for row in before})
    forget_what_was_told(session, [row.public_id for row in before])
    mark_files_stale(session, {row.questionnaire_id for row in before}, at=at)
    leave_tombstones(session, before, reason=Erasure.EXPIRED, at=at)


def _strip(response: Response, at: datetime) -> None:
    response.public_id = new_public_id()
    response.invitation_id = response.receipt = response.submission_id = None
    response.resume_key_hash = response.start_nonce = None
    response.prefill, response.note, response.device = {}, None, None
    response.started_at = day_of(response.started_at)
    response.last_activity_at = day_of(response.last_activity_at)
    if response.submitted_at is not None:
        response.submitted_at = day_of(response.submitted_at)
    if response.changed_at is not None:
        response.changed_at = day_of(response.changed_at)
    if response.consented_at is not None:
        response.consented_at = day_of(response.consented_at)
    response.anonymised_at = day_of(at)


def _mask_texts(session: Session, response_ids: Sequence[int], mask: Mask) -> None:
    """A correction on words that changed no longer points at what it judged."""
    rows = session.execute(
        select(Answer.id, Answer.text).where(
            Answer.response_id.in_(response_ids), Answer.text.is_not(None)
        )
    )
    masked = {
        answer_id: after
        for answer_id, before in rows
        if (after := mask(before or "")) != before
    }
    for answer_id, words in masked.items():
        said = {"text": words, "text_fingerprint": fingerprint(words)}
        session.execute(update(Answer).where(Answer.id == answer_id).values(said))
    session.execute(delete(CORRECTIONS).where(CORRECTIONS.c.answer_id.in_(masked)))


def _new_respondents(session: Session, responses: Sequence[Response]) -> Sequence[int]:
    made = insert(Respondent).returning(Respondent.id, sort_by_parameter_order=True)
    days = [{"created_at": day_of(response.started_at)} for response in responses]
    return session.scalars(made, days).all()


def _cut_traces(session: Session, response_ids: Sequence[int]) -> None:
    """What was not sent and an address go whole; page events stay as numbers."""
    session.execute(
        delete(ResponseChange).where(ResponseChange.response_id.in_(response_ids))
    )
    session.execute(
        delete(Answer).where(
            Answer.response_id.in_(response_ids), Answer.role == SEALED
        )
    )
    session.execute(
        update(PageEvent)
        .where(PageEvent.response_id.in_(response_ids))
        .values(response_id=None)
    )
    session.execute(
        delete(ResponseMark).where(
            ResponseMark.response_id.in_(response_ids), ResponseMark.kind == "tag"
        )
    )
