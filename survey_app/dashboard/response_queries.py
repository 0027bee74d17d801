"""Responses as staff read them: in a list, and one with what was found in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from survey_app.accounts.models import AuditEntry, StaffMember
from survey_app.dashboard.response_filter import Choices, ResponseFilter
from survey_app.insights.generations import in_current
from survey_app.insights.models import AnalysedText, FoundFactor, Mention
from survey_app.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    Wave,
)
from survey_app.responses.models import Answer, PageEvent, Response, ResponseMark
from survey_app.touchpoints.queries import is_shown

HistoryRow = Row[datetime, str, dict[str, Any], str | None]


@dataclass(frozen=True, slots=True)
class PageTime:
    """``seconds`` None: it was not measured."""

    seconds: int | None
    errors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRow:
    id: int
    pseudonym: str
    wave: str | None
    language: str
    state: str
    at: datetime
    opening: str  # the first thing said in words
    waiting: bool  # texts that were not analysed yet
    negative: int
    neutral: int
    positive: int
    flags: Sequence[str]
    tags: Sequence[str]


def count_responses(session: Session, chosen: ResponseFilter) -> int:
    statement = select(func.count(Response.id)).where(*chosen.conditions())
    return session.scalar(statement) or 0


def list_responses(
    session: Session, chosen: ResponseFilter, *, limit: int, offset: int
) -> list[ResponseRow]:
    """One page of them; four reads, however many there are."""
    responses = session.scalars(
        select(Response)
        .where(*chosen.conditions())
        .order_by(*chosen.sorting())
        .limit(limit)
        .offset(offset)
        .options(
            joinedload(Response.wave),
            joinedload(Response.respondent),
            selectinload(Response.marks),
        )
    ).all()
    ids = [response.id for response in responses]
    openings = _openings(session, ids)
    found = _polarities(session, ids)
    return [_row(each, openings.get(each.id, []), found) for each in responses]


def _row(
    response: Response,
    texts: Sequence[tuple[str, str | None]],
    found: dict[tuple[int, str], int],
) -> ResponseRow:
    wave: Wave | None = response.wave
    return ResponseRow(
        id=response.id,
        pseudonym=response.respondent.pseudonym,
        wave=wave.name if wave else None,
        language=response.language_submitted or response.language_started,
        state=response.state,
        at=response.submitted_at or response.last_activity_at,
        opening=texts[0][0] if texts else "",
        waiting=any(version is None for _, version in texts),
        negative=found.get((response.id, "negative"), 0),
        neutral=found.get((response.id, "neutral"), 0),
        positive=found.get((response.id, "positive"), 0),
        flags=[mark.name for mark in response.marks if mark.kind == "flag"],
        tags=[mark.name for mark in response.marks if mark.kind == "tag"],
    )


def _openings(
    session: Session, ids: Sequence[int]
) -> dict[int, list[tuple[str, str | None]]]:
    """What was written, and by which version it was analysed."""
    rows = session.execute(
        select(Answer.response_id, Answer.text, Answer.analysis_version)
        .where(Answer.response_id.in_(ids), Answer.text.is_not(None), Answer.on_path)
        .order_by(Answer.response_id, Answer.id)
    )
    texts: dict[int, list[tuple[str, str | None]]] = {}
    for response_id, text, version in rows:
        texts.setdefault(response_id, []).append((text or "", version))
    return texts


def _polarities(session: Session, ids: Sequence[int]) -> dict[tuple[int, str], int]:
    rows = session.execute(
        select(Answer.response_id, Mention.polarity, func.count())
        .join(AnalysedText, AnalysedText.answer_id == Answer.id)
        .join(Mention, Mention.analysed_text_id == AnalysedText.id)
        .where(Answer.response_id.in_(ids), in_current(Mention))
        .where(is_shown(Mention.touchpoint))
        .group_by(Answer.response_id, Mention.polarity)
    )
    return {(response_id, polarity): count for response_id, polarity, count in rows}


def find_response(session: Session, response_id: int) -> Response | None:
    return session.scalar(
        select(Response)
        .where(Response.id == response_id)
        .options(
            joinedload(Response.wave),
            joinedload(Response.respondent),
            joinedload(Response.version).joinedload(QuestionnaireVersion.questionnaire),
            selectinload(Response.answers),
            selectinload(Response.marks),
        )
    )


def list_choices(session: Session) -> Choices:
    """What the list can be narrowed by."""
    versions = session.execute(
        select(
            QuestionnaireVersion.id,
            QuestionnaireVersion.version,
            Questionnaire.id,
            Questionnaire.slug,
        )
        .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
        .order_by(Questionnaire.slug, QuestionnaireVersion.id.desc())
    ).all()
    marks = session.execute(
        select(ResponseMark.kind, ResponseMark.name)
        .distinct()
        .order_by(ResponseMark.name)
    ).all()
    sources = session.scalars(
        select(Response.source).distinct().order_by(Response.source)
    )
    waves = session.execute(
        select(Wave.id, Wave.name).order_by(Wave.starts_on.desc(), Wave.id.desc())
    )
    return Choices(
        questionnaires={row[2]: row[3] for row in versions},
        versions={row[0]: f"{row[3]} {row[1]}" for row in versions},
        waves=dict(waves.all()),
        sources=tuple(sources),
        flags=tuple(name for kind, name in marks if kind == "flag"),
        tags=tuple(name for kind, name in marks if kind == "tag"),
    )


def list_tags(session: Session) -> Sequence[str]:
    """The tags in use, to choose from."""
    return session.scalars(
        select(ResponseMark.name)
        .where(ResponseMark.kind == "tag")
        .distinct()
        .order_by(ResponseMark.name)
        .limit(200)
    ).all()


def list_history(session: Session, public_id: str) -> Sequence[HistoryRow]:
    """What staff did with a response, the latest first."""
    return session.execute(
        select(AuditEntry.at, AuditEntry.action, AuditEntry.detail, StaffMember.email)
        .outerjoin(StaffMember, StaffMember.id == AuditEntry.actor_id)
        .where(AuditEntry.subject == f"response {public_id}")
        .order_by(AuditEntry.id.desc())
    ).all()


def list_page_times(session: Session, response_id: int) -> dict[str, PageTime]:
    """How long each page took and how often it was refused, by page."""
    rows = session.execute(
        select(
            PageEvent.page_id,
            func.sum(PageEvent.seconds),
            func.sum(case((PageEvent.kind == "error", 1), else_=0)),
        )
        .where(PageEvent.response_id == response_id)
        .group_by(PageEvent.page_id)
    )
    return {
        page_id: PageTime(seconds, int(errors)) for page_id, seconds, errors in rows
    }


def list_analyses(
    session: Session, condition: Select[int], *, of_turns: bool = False
) -> dict[int, AnalysedText]:
    """Analysed texts with their mentions, by the answer or turn that they are of.

    Mentions of hidden touchpoints stay out: only read what this gives.
    """
    source = AnalysedText.turn_id if of_turns else AnalysedText.answer_id
    rows = session.scalars(
        select(AnalysedText)
        .where(source.in_(condition), in_current(AnalysedText))
        .options(selectinload(AnalysedText.mentions.and_(is_shown(Mention.touchpoint))))
    )
    key = "turn_id" if of_turns else "answer_id"
    return {getattr(row, key): row for row in rows}


def list_factors(
    session: Session, text_ids: Sequence[int]
) -> dict[int, list[FoundFactor]]:
    rows = session.scalars(
        select(FoundFactor)
        .where(FoundFactor.analysed_text_id.in_(text_ids))
        .order_by(FoundFactor.id)
    )
    factors: dict[int, list[FoundFactor]] = {}
    for row in rows:
        factors.setdefault(row.analysed_text_id, []).append(row)
    return factors


def list_other_responses(session: Session, response: Response) -> Sequence[Response]:
    """What the same respondent filled in at other times."""
    return session.scalars(
        select(Response)
        .where(
            Response.respondent_id == response.respondent_id,
            Response.id != response.id,
        )
        .order_by(Response.last_activity_at)
        .options(joinedload(Response.wave), defer(Response.resume_key_hash))
    ).all()
