"""How long responses are kept, as their question set promised, and what is done then.

Counted from the last activity; ``max_days`` from the start. Imported answers are left
alone: whoever collected them promised something else. The caller owns the transaction.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from survey_app.accounts.service import record
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.published import AlteredVersionError, question_set_of
from survey_app.questionnaires.question_set import OnExpiry, Retention
from survey_app.responses.anonymising import Mask, anonymise
from survey_app.responses.counting import UNFINISHED_STATES
from survey_app.responses.departures import remember_departures
from survey_app.responses.erasure import Erasure, erase_responses
from survey_app.responses.models import Response

log = logging.getLogger(__name__)

IMPORTED = "import"
BATCH = 200  # responses at a time, so that respondents need not wait for long
Action = Callable[[Session, Sequence[int], datetime], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a version's responses have coming: ``ids`` of a batch, or how many."""

    slug: str
    version: str
    finished: bool
    on_expiry: OnExpiry
    count: int


@dataclass(frozen=True, slots=True)
class _Term:
    """Responses of one version, finished or not, and until when they are kept."""

    version: QuestionnaireVersion
    finished: bool
    days: int
    max_days: int | None
    on_expiry: OnExpiry

    def is_over(self, at: datetime) -> list[ColumnElement[bool]]:
        unfinished = Response.state.in_(UNFINISHED_STATES)
        conditions = [
            Response.version_id == self.version.id,
            Response.source != IMPORTED,
            self._is_kept_too_long(at),
            ~unfinished if self.finished else unfinished,
        ]
        if self.on_expiry is OnExpiry.ANONYMISE:
            conditions.append(Response.anonymised_at.is_(None))
        return conditions

    def _is_kept_too_long(self, at: datetime) -> ColumnElement[bool]:
        idle = Response.last_activity_at < at - timedelta(days=self.days)
        if self.max_days is None:
            return idle
        return or_(idle, Response.started_at < at - timedelta(days=self.max_days))


def list_due(session: Session, *, at: datetime) -> list[Due]:
    """What would be deleted or made anonymous now; nothing is changed."""
    return [
        Due(
            slug=term.version.questionnaire.slug,
            version=term.version.version,
            finished=term.finished,
            on_expiry=term.on_expiry,
            count=count,
        )
        for term in _terms(session)
        if (count := _count(session, term, at))
    ]


def has_due(session: Session, *, at: datetime) -> bool:
    return any(_find(session, term, at, limit=1) for term in _terms(session))


def expire(session: Session, *, mask: Mask, at: datetime) -> int:
    """Delete or make anonymous a batch of what was kept long enough; how many."""
    for term in _terms(session):
        ids = _find(session, term, at, limit=BATCH)
        if not ids:
            continue
        if term.on_expiry is OnExpiry.ANONYMISE:
            anonymise(session, ids, mask=mask, at=at)
        else:
            remember_departures(session, ids)
            erase_responses(session, ids, reason=Erasure.EXPIRED, at=at)
        _note_down(session, term, len(ids), at)
        return len(ids)
    return 0


def _terms(session: Session) -> Iterator[_Term]:
    versions = session.scalars(
        select(QuestionnaireVersion)
        .options(joinedload(QuestionnaireVersion.questionnaire))
        .order_by(QuestionnaireVersion.id)
    )
    for version in versions.all():
        kept = _retention_of(version)
        for finished, days, then in (
            (False, kept.incomplete_days, OnExpiry.DELETE),
            (True, kept.completed_days, kept.on_expiry),
        ):
            yield _Term(version, finished, days, kept.max_days, then)


def _retention_of(version: QuestionnaireVersion) -> Retention:
    """The usual promise where a version can no longer be read: others must go on."""
    try:
        return question_set_of(version).settings.retention
    except AlteredVersionError as error:
        log.warning("retention: %s", error)
        return Retention()


def _find(session: Session, term: _Term, at: datetime, *, limit: int) -> Sequence[int]:
    return session.scalars(
        select(Response.id).where(*term.is_over(at)).order_by(Response.id).limit(limit)
    ).all()


def _count(session: Session, term: _Term, at: datetime) -> int:
    counted = select(func.count(Response.id)).where(*term.is_over(at))
    return session.scalar(counted) or 0


def _note_down(session: Session, term: _Term, count: int, at: datetime) -> None:
    record(
        session,
        actor_id=None,
        action="expire",
        subject=f"questionnaire {term.version.questionnaire.slug}",
        at=at,
        detail={
            "responses": count,
            "finished": term.finished,
            "done": str(term.on_expiry),
        },
    )
