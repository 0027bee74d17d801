"""Writing a batch of submissions: new ones in bulk, known ones where they differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from survey_app.questionnaires.models import Wave
from survey_app.respondents.models import Respondent
from survey_app.respondents.service import external_key
from survey_app.responses.importing.report import InvalidRowError
from survey_app.responses.importing.rows import HOME, AnswerRow, Submission
from survey_app.responses.models import Answer, Response

SOURCE = "import"
BATCH_ROWS = 500
Place = tuple[str, int]  # question id and position
Content = tuple[str | None, str | None, str | None]  # code, text and role


@dataclass(frozen=True, slots=True)
class Known:
    """A response that an earlier import made."""

    id: int
    respondent_id: int
    wave_id: int | None
    language: str
    submitted_at: datetime


class WaveBook:
    """Waves of the questionnaire by code, and by the day that falls in them."""

    def __init__(self, waves: Sequence[Wave]) -> None:
        self._by_code = {wave.code.casefold(): wave.id for wave in waves}
        latest_first = sorted(waves, key=lambda wave: wave.starts_on, reverse=True)
        self._periods = [
            (wave.starts_on, wave.ends_on or date.max, wave.id) for wave in latest_first
        ]

    def find(self, code: str | None, day: date) -> int | None:
        if code is None:
            return next((w for a, b, w in self._periods if a <= day <= b), None)
        wave_id = self._by_code.get(code.casefold())
        if wave_id is None:
            known = ", ".join(self._by_code) or "there are none yet"
            raise InvalidRowError(f"there is no wave '{code}' ({known})", "wave")
        return wave_id


class Batch:
    """Submissions that are stored in one transaction, each id once."""

    def __init__(self, version_id: int, waves: WaveBook, now: datetime) -> None:
        self._version_id = version_id
        self._waves = waves
        self._now = now
        self.submissions: dict[str, Submission] = {}

    @property
    def is_empty(self) -> bool:
        return not self.submissions

    def has_room_for(self, submission: Submission) -> bool:
        is_known = submission.submission_id in self.submissions
        return len(self.submissions) < BATCH_ROWS and not is_known

    def add(self, submission: Submission) -> None:
        self.submissions[submission.submission_id] = submission

    def clear(self) -> None:
        self.submissions.clear()

    def check_wave(self, submission: Submission) -> None:
        self._wave_of(submission)

    def store(self, session: Session) -> tuple[int, int, int]:
        """Store all; give how many were created, updated and left as they were."""
        known = _find_known(session, list(self.submissions))
        new = [s for s in self.submissions.values() if s.submission_id not in known]
        respondents = _recognise(session, self.submissions.values(), known, self._now)
        if new:
            self._create(session, new, respondents)
        answers = _find_answers(session, [response.id for response in known.values()])
        updated = 0
        for submission_id, response in known.items():
            submission = self.submissions[submission_id]
            updated += self._update(
                session,
                response,
                submission,
                respondents.get(submission_id, response.respondent_id),
                answers.get(response.id, {}),
            )
        return len(new), updated, len(known) - updated

    def _create(
        self, session: Session, new: list[Submission], respondents: Mapping[str, int]
    ) -> None:
        rows = [
            {
                "version_id": self._version_id,
                "respondent_id": respondents[submission.submission_id],
                "wave_id": self._wave_of(submission),
                "state": "submitted",
                "source": SOURCE,
                "submission_id": submission.submission_id,
                "language_started": submission.language,
                "language_submitted": submission.language,
                "started_at": submission.submitted_at or self._now,
                "last_activity_at": submission.submitted_at or self._now,
                "submitted_at": submission.submitted_at or self._now,
            }
            for submission in new
        ]
        returning = insert(Response).returning(
            Response.id, sort_by_parameter_order=True
        )
        ids = session.scalars(returning, rows).all()
        answers = [
            {"response_id": response_id, "updated_at": self._now, **answer}
            for response_id, submission in zip(ids, new, strict=True)
            for answer in submission.answers
        ]
        if answers:
            session.execute(insert(Answer), answers)

    def _update(
        self,
        session: Session,
        known: Known,
        submission: Submission,
        respondent_id: int,
        stored: Mapping[Place, Content],
    ) -> bool:
        said = {
            (str(row["question_id"]), int(row["position"] or 0)): row
            for row in submission.answers
        }
        told = Known(
            known.id,
            respondent_id,
            self._wave_of(submission, known.submitted_at),
            submission.language,
            submission.submitted_at or known.submitted_at,
        )
        changed = [
            place for place in said if stored.get(place) != _content(said[place])
        ]
        gone = [place for place in stored if place not in said]
        if told == known and not changed and not gone:
            return False
        _delete_answers(
            session, known.id, [*gone, *(p for p in changed if p in stored)]
        )
        fresh = [
            {"response_id": known.id, "updated_at": self._now, **said[place]}
            for place in changed
        ]
        if fresh:
            session.execute(insert(Answer), fresh)
        if told != known:
            _rewrite(session, told, self._now)
        return True

    def _wave_of(
        self, submission: Submission, otherwise: datetime | None = None
    ) -> int | None:
        time = submission.submitted_at or otherwise or self._now
        return self._waves.find(submission.wave, time.astimezone(HOME).date())


def _content(row: AnswerRow) -> Content:
    return tuple(row[name] for name in ("code", "text", "role"))  # type: ignore[return-value] # a row holds no numbers there


def _find_known(session: Session, submission_ids: list[str]) -> dict[str, Known]:
    rows = session.execute(
        select(
            Response.submission_id,
            Response.id,
            Response.respondent_id,
            Response.wave_id,
            Response.language_submitted,
            Response.submitted_at,
        ).where(Response.source == SOURCE, Response.submission_id.in_(submission_ids))
    )
    return {
        submission_id: Known(response_id, respondent_id, wave_id, language, time)
        for submission_id, response_id, respondent_id, wave_id, language, time in rows
        if submission_id and language and time  # an import always writes these
    }


def _find_answers(
    session: Session, response_ids: list[int]
) -> dict[int, dict[Place, Content]]:
    found: dict[int, dict[Place, Content]] = {}
    if not response_ids:
        return found
    rows = session.execute(
        select(
            Answer.response_id,
            Answer.question_id,
            Answer.position,
            Answer.code,
            Answer.text,
            Answer.role,
        ).where(Answer.response_id.in_(response_ids))
    )
    for response_id, question_id, position, code, text, role in rows:
        answers = found.setdefault(response_id, {})
        answers[question_id, position] = (code, text, role)
    return found


def _recognise(
    session: Session,
    submissions: Iterable[Submission],
    known: Mapping[str, Known],
    now: datetime,
) -> dict[str, int]:
    """Respondents by submission; one who was not named is someone new."""
    keys = {
        s.submission_id: external_key(s.respondent_id) if s.respondent_id else None
        for s in submissions
        if s.respondent_id or s.submission_id not in known
    }
    named = {key for key in keys.values() if key is not None}
    found = dict(
        session.execute(
            select(Respondent.external_key, Respondent.id).where(
                Respondent.external_key.in_(named)
            )
        ).all()
    )
    nameless = [name for name, key in keys.items() if key is None]
    missing = [*sorted(named - set(found)), *(None for _ in nameless)]
    ids = _add_respondents(session, missing, now)
    by_key = found | {k: i for k, i in zip(missing, ids, strict=True) if k is not None}
    anonymous = iter(ids[len(ids) - len(nameless) :])
    return {
        name: next(anonymous) if key is None else by_key[key]
        for name, key in keys.items()
    }


def _add_respondents(
    session: Session, keys: Sequence[str | None], now: datetime
) -> Sequence[int]:
    if not keys:
        return []
    returning = insert(Respondent).returning(
        Respondent.id, sort_by_parameter_order=True
    )
    rows = [{"external_key": key, "created_at": now} for key in keys]
    return session.scalars(returning, rows).all()


def _delete_answers(
    session: Session, response_id: int, places: Sequence[Place]
) -> None:
    for question_id, position in places:
        session.execute(
            delete(Answer).where(
                Answer.response_id == response_id,
                Answer.question_id == question_id,
                Answer.position == position,
            )
        )


def _rewrite(session: Session, told: Known, now: datetime) -> None:
    """Who, when or which wave changed: all of its texts have to be analysed again."""
    session.execute(
        update(Response)
        .where(Response.id == told.id)
        .values(
            respondent_id=told.respondent_id,
            wave_id=told.wave_id,
            language_submitted=told.language,
            submitted_at=told.submitted_at,
            last_activity_at=now,
        )
    )
    session.execute(
        update(Answer)
        .where(Answer.response_id == told.id)
        .values(analysis_version=None)
    )
