"""Which texts are still to be analysed, shaped for the analysis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from survey_app.interviews.models import Interview, Speaker, Turn
from survey_app.questionnaires.question_set import PrivacyMode
from survey_app.responses.counting import counts
from survey_app.responses.models import ABOUT, SEALED, Answer, Response

LOCAL_TIME = ZoneInfo("Europe/Amsterdam")
INTERVIEW_ROLE = "interview"

AnswerRow = Row[
    int, str | None, str | None, str, int, int | None, datetime, str | None, str
]
TurnRow = Row[int, str, str | None, int | None, int | None, date | None, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingText:
    """A text that the current version has not analysed, with who said it and when."""

    answer_id: int | None = None
    turn_id: int | None = None
    text: str
    role: str | None
    language: str | None  # of the page or interview: a prior, not the answer
    respondent_id: int
    wave_id: int | None
    said_on: date
    about: str | None = None  # the touchpoint that the respondent named, asked back
    is_anonymous: bool = False  # the hour of its analysis would tell when it was sent

    @property
    def source(self) -> str:
        return "survey" if self.answer_id is not None else "interview"

    @property
    def week(self) -> int:
        """The Monday of its week, as a day number."""
        return self.said_on.toordinal() - self.said_on.weekday()


def list_pending(session: Session, *, version: str, limit: int) -> list[PendingText]:
    rows = session.execute(_answers().where(_stale(Answer, version)).limit(limit))
    pending = [_pending_answer(row) for row in rows]
    if len(pending) < limit:
        rest = limit - len(pending)
        turns = session.execute(_turns().where(_stale(Turn, version)).limit(rest))
        pending += [_pending_turn(row) for row in turns]
    return pending


def count_pending(session: Session, *, version: str) -> int:
    answers = _answers().where(_stale(Answer, version)).subquery()
    turns = _turns().where(_stale(Turn, version)).subquery()
    return (session.scalar(select(func.count()).select_from(answers)) or 0) + (
        session.scalar(select(func.count()).select_from(turns)) or 0
    )


def list_still_pending(
    session: Session, pending: Sequence[PendingText], *, version: str
) -> list[PendingText]:
    """Those not analysed, changed or left out meanwhile; their rows are locked."""
    answer_ids = [item.answer_id for item in pending if item.answer_id is not None]
    turn_ids = [item.turn_id for item in pending if item.turn_id is not None]
    answers = session.execute(
        select(Answer.id, Answer.text)
        .join(Answer.response)
        .where(Answer.id.in_(answer_ids), _stale(Answer, version), counts())
        .with_for_update(of=Answer)
    )
    turns = session.scalars(
        select(Turn.id)
        .where(Turn.id.in_(turn_ids), _stale(Turn, version))
        .with_for_update()
    )
    texts = {row.id: row.text for row in answers}
    open_turns = set(turns)
    return [
        item
        for item in pending
        if item.turn_id in open_turns
        or (item.answer_id is not None and texts.get(item.answer_id) == item.text)
    ]


def _stale(table: type[Answer] | type[Turn], version: str) -> ColumnElement[bool]:
    column: InstrumentedAttribute[str | None] = table.analysis_version
    return or_(column.is_(None), column < version, column > version)


def _answers() -> Select[
    int, str | None, str | None, str, int, int | None, datetime, str | None, str
]:
    told = aliased(Answer)
    return (
        select(
            Answer.id,
            Answer.text,
            Answer.role,
            func.coalesce(Response.language_submitted, Response.language_started),
            Response.respondent_id,
            Response.wave_id,
            func.coalesce(Response.submitted_at, Response.last_activity_at),
            told.code,
            Response.privacy_mode,
        )
        .join(Answer.response)
        .outerjoin(
            told,
            (told.response_id == Answer.response_id)
            & (told.question_id == Answer.question_id.concat(ABOUT)),
        )
        .where(Answer.text.is_not(None), Answer.on_path, counts())
        .where(func.coalesce(Answer.role, "") != SEALED)
    )


def _turns() -> Select[
    int, str, str | None, int | None, int | None, date | None, datetime
]:
    words = func.substr(Interview.text, Turn.start + 1, Turn.end - Turn.start)
    return (
        select(
            Turn.id,
            words,
            Interview.language,
            Speaker.respondent_id,
            Interview.wave_id,
            Interview.held_on,
            Interview.imported_at,
        )
        .join(Turn.interview)
        .join(Turn.speaker)
        .where(Speaker.role == "participant", Speaker.respondent_id.is_not(None))
    )


def _pending_answer(row: AnswerRow) -> PendingText:
    answer_id, text, role, language, respondent_id, wave_id, at, about, mode = row
    return PendingText(
        answer_id=answer_id,
        text=text or "",  # the query leaves out those without
        role=role,
        language=language,
        respondent_id=respondent_id,
        wave_id=wave_id,
        said_on=at.astimezone(LOCAL_TIME).date(),
        about=about,
        is_anonymous=mode == PrivacyMode.ANONYMOUS,
    )


def _pending_turn(row: TurnRow) -> PendingText:
    turn_id, text, language, respondent_id, wave_id, held_on, imported_at = row
    return PendingText(
        turn_id=turn_id,
        text=text,
        role=INTERVIEW_ROLE,
        language=language,
        respondent_id=respondent_id or 0,  # likewise
        wave_id=wave_id,
        said_on=held_on or imported_at.astimezone(LOCAL_TIME).date(),
    )
