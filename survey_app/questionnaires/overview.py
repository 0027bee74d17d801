"""What the keeper's list shows of each questionnaire: its state and what came in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from survey_app.questionnaires.models import (
    Improvement,
    Questionnaire,
    QuestionnaireDraft,
    QuestionnaireVersion,
    Wave,
)
from survey_app.questionnaires.published import read_or_none
from survey_app.questionnaires.question_set import QuestionSet


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people sent a questionnaire, and when the last one did."""

    people: int = 0
    last_at: datetime | None = None
    by_wave: Mapping[int, int] = field(default_factory=dict)


# Responses live upstairs; the application hands down who can count them.
CountResponses = Callable[[Session], Mapping[int, Tally]]


@dataclass(frozen=True, slots=True)
class Listed:
    questionnaire: Questionnaire
    version: str | None
    question_set: QuestionSet | None
    wave: Wave | None
    tally: Tally
    state: str  # draft, soon, open, full, closed or retired


def list_questionnaires(
    session: Session, tallies: Mapping[int, Tally], *, at: datetime
) -> list[Listed]:
    found = session.scalars(
        select(Questionnaire)
        .where(Questionnaire.active_version_id.is_not(None))
        .options(joinedload(Questionnaire.active_version))
        .order_by(Questionnaire.slug)
    ).all()
    waves = _current_waves(session, at)
    rows = [
        Listed(
            each,
            each.active_version.version if each.active_version else None,
            read_or_none(each.active_version),
            waves.get(each.id),
            tallies.get(each.id, Tally()),
            state_of(each, tallies.get(each.id, Tally()), at=at),
        )
        for each in found
    ]
    return sorted(rows, key=lambda row: row.state == "retired")


def list_drafts(session: Session) -> Sequence[QuestionnaireDraft]:
    return session.scalars(
        select(QuestionnaireDraft)
        .options(joinedload(QuestionnaireDraft.questionnaire))
        .order_by(QuestionnaireDraft.updated_at.desc())
    ).all()


def list_versions(
    session: Session, questionnaire: Questionnaire
) -> Sequence[QuestionnaireVersion]:
    return session.scalars(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
        .order_by(QuestionnaireVersion.published_at.desc())
        .order_by(QuestionnaireVersion.id.desc())
    ).all()


def list_improvements(
    session: Session, questionnaire: Questionnaire
) -> Sequence[Improvement]:
    return session.scalars(
        select(Improvement)
        .where(Improvement.questionnaire_id == questionnaire.id)
        .order_by(Improvement.position, Improvement.id)
    ).all()


def state_of(questionnaire: Questionnaire, tally: Tally, *, at: datetime) -> str:
    """What respondents meet there now, which is more than the state that is stored."""
    if questionnaire.state != "open":
        return questionnaire.state
    if questionnaire.opens_at is not None and at < questionnaire.opens_at:
        return "soon"
    if questionnaire.closes_at is not None and questionnaire.closes_at <= at:
        return "closed"
    most = questionnaire.max_responses
    return "full" if most is not None and tally.people >= most else "open"


def _current_waves(session: Session, at: datetime) -> dict[int, Wave]:
    today = at.date()
    running = session.scalars(
        select(Wave)
        .where(Wave.starts_on <= today)
        .where((Wave.ends_on.is_(None)) | (Wave.ends_on >= today))
        .order_by(Wave.starts_on, Wave.id)
    )
    return {wave.questionnaire_id: wave for wave in running}
