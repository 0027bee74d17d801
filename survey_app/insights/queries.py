"""Which texts are still to be analysed, shaped for the analysis.

A text's ``analysis_version`` is the number of the generation that has read it. None
says that nobody has: it came in, or it changed, and goes before what is read again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from survey_app.interviews.models import Interview, Speaker, Turn
from survey_app.questionnaires.question_set import PrivacyMode
from survey_app.responses.counting import counts
from survey_app.responses.models import ABOUT, SEALED, Answer, Response

LOCAL_TIME = ZoneInfo("Europe/Amsterdam")
INTERVIEW_ROLE = "interview"

Source = type[Answer] | type[Turn]
SourceKey = tuple[str, int]


def source_key(answer_id: int | None, turn_id: int | None) -> SourceKey:
    return ("answer", answer_id) if answer_id is not None else ("turn", turn_id or 0)


AnswerRow = Row[
    int, str | None, str | None, str, int, int | None, datetime, str | None, str
]
TurnRow = Row[int, str, str | None, int | None, int | None, date | None, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingText:
    """A text that a generation has not read, with who said it and when."""

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
    is_new: bool = False  # no generation has read it

    @property
    def source_key(self) -> SourceKey:
        return source_key(self.answer_id, self.turn_id)

    @property
    def source(self) -> str:
        return "survey" if self.answer_id is not None else "interview"

    @property
    def week(self) -> int:
        """The Monday of its week, as a day number."""
        return self.said_on.toordinal() - self.said_on.weekday()


def list_new(session: Session, *, limit: int) -> list[PendingText]:
    """What nobody has read yet."""
    return _list(session, lambda table: table.analysis_version.is_(None), limit)


def list_stale(session: Session, *, generation: int, limit: int) -> list[PendingText]:
    """What another generation has read, and this one has not."""
    return _list(session, lambda table: _stale(table, generation), limit)


def list_pending(session: Session, *, generation: int, limit: int) -> list[PendingText]:
    pending = list_new(session, limit=limit)
    stale = list_stale(session, generation=generation, limit=limit - len(pending))
    return pending + stale


def count_pending(session: Session, *, generation: int) -> int:
    return _count(session, lambda table: _pending(table, generation))


def count_texts(session: Session) -> int:
    """All that a generation consists of."""
    return _count(session, lambda _table: true())


def _count(session: Session, condition: Callable[[Source], ColumnElement[bool]]) -> int:
    answers = _answers().where(condition(Answer)).subquery()
    turns = _turns().where(condition(Turn)).subquery()
    return (session.scalar(select(func.count()).select_from(answers)) or 0) + (
        session.scalar(select(func.count()).select_from(turns)) or 0
    )


def list_still_pending(
    session: Session, pending: Sequence[PendingText], *, generation: int
) -> list[PendingText]:
    """Those not read, changed or left out meanwhile; their rows are locked.

    Each says whether it is new as things are now.
    """
    answer_ids = [item.answer_id for item in pending if item.answer_id is not None]
    turn_ids = [item.turn_id for item in pending if item.turn_id is not None]
    answers = session.execute(
        select(Answer.id, Answer.text, Answer.analysis_version)
        .join(Answer.response)
        .where(Answer.id.in_(answer_ids), _pending(Answer, generation), counts())
        .with_for_update(of=Answer)
    )
    turns = session.execute(
        select(Turn.id, Turn.analysis_version)
        .where(Turn.id.in_(turn_ids), _pending(Turn, generation))
        .with_for_update()
    )
    texts = {row.id: (row.text, row.analysis_version is None) for row in answers}
    open_turns = {row.id: row.analysis_version is None for row in turns}
    return [
        replace(item, is_new=is_new)
        for item in pending
        if (is_new := _still_new(item, texts, open_turns)) is not None
    ]


def _still_new(
    item: PendingText,
    texts: Mapping[int, tuple[str | None, bool]],
    turns: Mapping[int, bool],
) -> bool | None:
    """None: it is no longer to be read, or says something else by now."""
    if item.turn_id is not None:
        return turns.get(item.turn_id)
    text, is_new = texts.get(item.answer_id or 0, (None, False))
    return is_new if text == item.text else None


def _list(
    session: Session, condition: Callable[[Source], ColumnElement[bool]], limit: int
) -> list[PendingText]:
    if limit <= 0:
        return []
    rows = session.execute(_answers().where(condition(Answer)).limit(limit))
    pending = [_pending_answer(row) for row in rows]
    if len(pending) < limit:
        rest = limit - len(pending)
        turns = session.execute(_turns().where(condition(Turn)).limit(rest))
        pending += [_pending_turn(row) for row in turns]
    return pending


def _pending(table: Source, generation: int) -> ColumnElement[bool]:
    return or_(table.analysis_version.is_(None), _stale(table, generation))


def _stale(table: Source, generation: int) -> ColumnElement[bool]:
    """Two ranges of an index, where an inequality would read all of it."""
    column: InstrumentedAttribute[str | None] = table.analysis_version
    return or_(column < str(generation), column > str(generation))


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
