"""Sending a response once more, with other answers; it keeps its receipt.

Only what differs is written: a text that stays the same keeps its analysis and its
corrections. The caller commits.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.outbox import service as outbox
from survey_app.questionnaires.question_set import PrivacyMode
from survey_app.responses import changing
from survey_app.responses.addresses import AddressBook, hand_over
from survey_app.responses.derived import withdraw_from_analysis
from survey_app.responses.flagging import find_new_flags, keep_flags
from survey_app.responses.models import ABOUT, Answer, Response
from survey_app.responses.quality import Flag
from survey_app.responses.service import answer_rows, questions_on
from survey_app.responses.visits import Visit

Place = tuple[str, int]  # question id and position


def send_again(
    session: Session,
    visit: Visit,
    *,
    language: str,
    at: datetime,
    least_seconds: float = 0,
    addresses: AddressBook | None = None,
) -> None:
    """Put what was written in the place of what was sent; nothing new, nothing told."""
    change = visit.change
    if change is None:
        raise TypeError("a visit whose answers are not being changed")
    changed = _replace_answers(session, visit, change.drafts, at=at)
    changing.forget(session, visit.response_id)
    if not changed:
        return
    if addresses is not None and visit.privacy_mode == PrivacyMode.IDENTIFIED:
        hand_over(session, visit, addresses, language=language, at=at)
    flags = find_new_flags(
        session, visit, since=change.begun_at, least_seconds=least_seconds
    )
    _note_sent(session, visit, flags, language=language, at=at)
    _tell(session, visit.public_id, changed, flags, at=at)


def _note_sent(
    session: Session,
    visit: Visit,
    flags: Collection[Flag],
    *,
    language: str,
    at: datetime,
) -> None:
    """It stays in the week and wave that it was first sent in."""
    keep_flags(session, visit.response_id, flags, at=at)
    session.execute(
        update(Response)
        .where(Response.id == visit.response_id)
        .values(
            state="excluded" if flags else visit.state,
            language_submitted=language,
            changed_at=at,
            last_activity_at=at,
            row_version=Response.row_version + 1,
        )
    )
    if flags:
        withdraw_from_analysis(session, [visit.response_id])


def _tell(
    session: Session,
    public_id: str,
    changed: Collection[str],
    flags: Collection[Flag],
    *,
    at: datetime,
) -> None:
    record(
        session,
        actor_id=None,
        action="change_answers",
        subject=f"response {public_id}",
        at=at,
        detail={"questions": len(changed)},
    )
    raised = {"flags": sorted(flags)} if flags else None
    outbox.announce(session, outbox.CHANGED, subject=public_id, at=at, detail=raised)


def _replace_answers(
    session: Session, visit: Visit, drafts: Mapping[str, Any], *, at: datetime
) -> set[str]:
    """The ids of the questions whose answers changed, or that are off the path now."""
    gone = session.scalars(
        delete(Answer)
        .where(
            Answer.response_id == visit.response_id,
            Answer.question_id.not_in(questions_on(visit.pages)),
        )
        .returning(Answer.question_id)
    ).all()
    asked = frozenset(questions_on(visit.pages))
    written = {name: said for name, said in drafts.items() if name in asked}
    fresh = {
        (str(row["question_id"]), int(row["position"] or 0)): row
        for name, said in written.items()
        for row in answer_rows(visit.question_set, name, said)
    }
    _rewrite(session, visit.response_id, written, fresh, at=at)
    _read_again(session, visit.response_id, written)
    return {*gone, *written}


def _rewrite(
    session: Session,
    response_id: int,
    questions: Collection[str],
    fresh: Mapping[Place, Mapping[str, Any]],
    *,
    at: datetime,
) -> None:
    stored = session.execute(
        select(Answer.id, Answer.question_id, Answer.position, Answer.text).where(
            Answer.response_id == response_id, Answer.question_id.in_(questions)
        )
    ).all()
    kept: dict[Place, int] = {}
    for answer_id, question_id, position, text in stored:
        row = fresh.get((question_id, position))
        if row is not None and row["text"] == text:
            kept[question_id, position] = answer_id
    others = [row.id for row in stored if row.id not in set(kept.values())]
    session.execute(delete(Answer).where(Answer.id.in_(others)))
    for place, answer_id in kept.items():
        said = {"code": fresh[place]["code"], "updated_at": at}
        session.execute(update(Answer).where(Answer.id == answer_id).values(said))
    own = {"response_id": response_id, "on_path": True, "updated_at": at}
    rows = [{**own, **row} for place, row in fresh.items() if place not in kept]
    if rows:
        session.execute(insert(Answer), rows)


def _read_again(session: Session, response_id: int, questions: Collection[str]) -> None:
    """A text means something else when its writer says otherwise what it is about."""
    texts = [name.removesuffix(ABOUT) for name in questions if name.endswith(ABOUT)]
    session.execute(
        update(Answer)
        .where(Answer.response_id == response_id, Answer.question_id.in_(texts))
        .values(analysis_version=None)
    )
