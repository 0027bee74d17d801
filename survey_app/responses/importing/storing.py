"""Writing a batch of submissions: new ones in bulk, known ones where they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from survey_app.clock import HOME
from survey_app.responses.importing.answers import AnswerRow
from survey_app.responses.importing.recognising import recognise
from survey_app.responses.importing.rows import Submission
from survey_app.responses.importing.waves import WaveBook
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
        respondents = recognise(session, self.submissions.values(), known, self._now)
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
