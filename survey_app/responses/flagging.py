"""Flags on a response: raised when it is sent, or when it falls into the trap."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, insert, join, select
from sqlalchemy.orm import Session

from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.responses.models import Answer, PageEvent, Response, ResponseMark
from survey_app.responses.quality import (
    Flag,
    fingerprint,
    is_gibberish,
    is_too_fast,
    repeats,
    spams_links,
)
from survey_app.responses.visits import Visit

# Built once, on plain tables: each response that is sent goes through all of them.
MARKS, EVENTS, ANSWERS, RESPONSES, VERSIONS = (
    model.__table__.c
    for model in (ResponseMark, PageEvent, Answer, Response, QuestionnaireVersion)
)
KIND = "flag"
FLAGS = select(MARKS.name).where(
    MARKS.response_id == bindparam("response"), MARKS.kind == KIND
)
FLAGS_BEFORE = FLAGS.where(MARKS.marked_at < bindparam("before"))
TIME_TAKEN = select(func.sum(EVENTS.seconds), func.count()).where(
    EVENTS.response_id == bindparam("response"),
    EVENTS.kind == "saved",
    EVENTS.seconds.is_not(None),
)
_OWN = Response.__table__.alias("own")
# Whether somebody else sent a text like one of these. The index leads to it, however
# many responses there are.
SAID_ELSEWHERE = (
    select(ANSWERS.id)
    .select_from(
        join(
            Answer.__table__, Response.__table__, RESPONSES.id == ANSWERS.response_id
        ).join(QuestionnaireVersion.__table__, VERSIONS.id == RESPONSES.version_id)
    )
    .where(
        ANSWERS.text_fingerprint.in_(bindparam("marks", expanding=True)),
        VERSIONS.questionnaire_id == bindparam("questionnaire"),
        RESPONSES.submitted_at.is_not(None),
        RESPONSES.respondent_id
        != select(_OWN.c.respondent_id)
        .where(_OWN.c.id == bindparam("response"))
        .scalar_subquery(),
    )
    .limit(1)
)
TRAP = "website"  # the name of a box that only a program fills in


def note_trap(session: Session, response_id: int, *, at: datetime) -> None:
    """Remember that the box was filled in, until the response is sent."""
    keep_flags(session, response_id, [Flag.HONEYPOT], at=at)


def find_flags(
    session: Session, visit: Visit, *, least_seconds: float
) -> frozenset[Flag]:
    """What is odd about a response, with what was noted before."""
    asked = [question.id for page in visit.pages for question in page.questions]
    texts = [text for name in asked if (text := _text_of(visit, name))]
    is_repeat = repeats(texts) or _is_said_elsewhere(session, visit, texts)
    seconds, pages = _time_taken(session, visit.response_id)
    found = {
        Flag.TOO_FAST: is_too_fast(seconds, pages, least_seconds=least_seconds),
        Flag.DUPLICATE_TEXT: is_repeat,
        Flag.LINK_SPAM: spams_links(texts),
        Flag.GIBBERISH: is_gibberish(texts),
    }
    raised = frozenset(flag for flag, is_so in found.items() if is_so)
    return raised | _flags_of(session, visit.response_id)


def find_new_flags(
    session: Session, visit: Visit, *, since: datetime, least_seconds: float
) -> frozenset[Flag]:
    """What is odd now and was not yet told before ``since``.

    Somebody who released a response knew of the flags that it had.
    """
    found = find_flags(session, visit, least_seconds=least_seconds)
    return found - _flags_of(session, visit.response_id, before=since)


def keep_flags(
    session: Session, response_id: int, flags: Collection[Flag], *, at: datetime
) -> None:
    """Each once, whatever was noted before."""
    there = _flags_of(session, response_id) if flags else frozenset()
    rows = [
        {
            "response_id": response_id,
            "kind": KIND,
            "name": flag.value,
            "marked_at": at,
        }
        for flag in set(flags) - there
    ]
    if rows:
        session.execute(insert(ResponseMark), rows)


def _flags_of(
    session: Session, response_id: int, *, before: datetime | None = None
) -> frozenset[Flag]:
    asked: dict[str, object] = {"response": response_id}
    query = FLAGS
    if before is not None:
        query, asked = FLAGS_BEFORE, {**asked, "before": before}
    names = session.connection().execute(query, asked).scalars()
    return frozenset(Flag(name) for name in names)


def _time_taken(session: Session, response_id: int) -> tuple[int, int]:
    """In seconds, from being shown to being sent, over how many pages."""
    asked = {"response": response_id}
    seconds, pages = session.connection().execute(TIME_TAKEN, asked).one()
    return seconds or 0, pages


def _text_of(visit: Visit, question_id: str) -> str | None:
    said = visit.said.get(question_id)
    return None if said is None else said.text


def _is_said_elsewhere(session: Session, visit: Visit, texts: Collection[str]) -> bool:
    """Whether somebody else sent one of these texts in this questionnaire."""
    marks = {mark for text in texts if (mark := fingerprint(text)) is not None}
    if not marks:
        return False
    asked = {
        "marks": list(marks),
        "questionnaire": visit.fielding.questionnaire_id,
        "response": visit.response_id,
    }
    return session.connection().execute(SAID_ELSEWHERE, asked).first() is not None
