"""A response as one line of a package, with everything that was kept of it.

Not in it: keys of links, who was invited, e-mail addresses, and answers off the path.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.insights.models import Correction, TextJudgement
from survey_app.questionnaires.models import QuestionnaireVersion, Wave
from survey_app.questionnaires.question_set import PrivacyMode
from survey_app.respondents.models import Respondent
from survey_app.responses.models import SEALED, Answer, Response, ResponseMark

AS_THEY_ARE = (
    "state",
    "privacy_mode",
    "source",
    "submission_id",
    "receipt",
    "language_started",
    "language_submitted",
    "last_page_id",
    "device",
    "prefill",
    "note",
    "excluded_because",
)
TIMES = (
    "started_at",
    "last_activity_at",
    "submitted_at",
    "changed_at",
    "consented_at",
    "anonymised_at",
)
OF_ANSWERS = ("question_id", "position", "code", "text", "role")
OF_CORRECTIONS = (
    "start",
    "end",
    "quote",
    "machine_touchpoint",
    "machine_polarity",
    "machine_version",
    "touchpoint",
    "polarity",
    "drawn",
)
OF_JUDGEMENTS = ("verdict", "drawn")


Said = TypeVar("Said", Correction, TextJudgement)


@dataclass(slots=True)
class Numbers:
    """Numbers within one package for people: they say who is the same, not who."""

    respondents: dict[int, int] = field(default_factory=dict)
    staff: dict[int, int] = field(default_factory=dict)

    def of_respondent(self, respondent_id: int) -> int:
        return self.respondents.setdefault(respondent_id, len(self.respondents) + 1)

    def of_staff(self, staff_id: int | None) -> int | None:
        if staff_id is None:
            return None
        return self.staff.setdefault(staff_id, len(self.staff) + 1)


@dataclass(frozen=True, slots=True)
class Clock:
    """Times of one response: of an anonymous one no more than the day."""

    is_anonymous: bool

    def tell(self, at: datetime | None) -> str | None:
        if at is None:
            return None
        at = at.astimezone(UTC)
        if self.is_anonymous:
            at = at.replace(hour=0, minute=0, second=0, microsecond=0)
        return at.isoformat()


def read_rows(
    session: Session, ids: Sequence[int], numbers: Numbers, addresses: frozenset[str]
) -> Iterator[dict[str, Any]]:
    """One row a response; ``addresses`` are the questions that ask for an address."""
    answers, marks = _answers(session, ids, addresses), _marks(session, ids)
    corrections = _said(session, Correction, ids)
    judgements = _said(session, TextJudgement, ids)
    rows = session.execute(
        select(Response, Respondent, QuestionnaireVersion.version, Wave.code)
        .join(Respondent, Respondent.id == Response.respondent_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Response.version_id)
        .outerjoin(Wave, Wave.id == Response.wave_id)
        .where(Response.id.in_(ids))
        .order_by(Response.public_id)
    )
    for response, respondent, version, wave in rows:
        clock = Clock(response.privacy_mode == PrivacyMode.ANONYMOUS)
        yield {
            "response_id": response.public_id,
            "version": version,
            "wave": wave,
            **{name: getattr(response, name) for name in AS_THEY_ARE},
            **{name: clock.tell(getattr(response, name)) for name in TIMES},
            "respondent": {
                "number": numbers.of_respondent(respondent.id),
                "external_key": respondent.external_key,
                "created_at": clock.tell(respondent.created_at),
            },
            "answers": [_answer(each, clock) for each in answers[response.id]],
            "marks": [_mark(each, clock, numbers) for each in marks[response.id]],
            "corrections": [
                _correction(each, answer, clock, numbers)
                for each, answer in corrections[response.id]
            ],
            "judgements": [
                _judgement(each, answer, clock, numbers)
                for each, answer in judgements[response.id]
            ],
        }


def _answers(
    session: Session, ids: Sequence[int], addresses: frozenset[str]
) -> dict[int, list[Answer]]:
    rows = session.scalars(
        select(Answer)
        .where(
            Answer.response_id.in_(ids),
            Answer.on_path,
            Answer.question_id.not_in(addresses),
            func.coalesce(Answer.role, "") != SEALED,
        )
        .order_by(Answer.id)
    )
    by_response: dict[int, list[Answer]] = defaultdict(list)
    for answer in rows:
        by_response[answer.response_id].append(answer)
    return by_response


def _marks(session: Session, ids: Sequence[int]) -> dict[int, list[ResponseMark]]:
    rows = session.scalars(
        select(ResponseMark)
        .where(ResponseMark.response_id.in_(ids))
        .order_by(ResponseMark.kind, ResponseMark.name)
    )
    by_response: dict[int, list[ResponseMark]] = defaultdict(list)
    for mark in rows:
        by_response[mark.response_id].append(mark)
    return by_response


def _said(
    session: Session, table: type[Said], ids: Sequence[int]
) -> dict[int, list[tuple[Said, Answer]]]:
    """What people said of the texts of responses, the oldest first."""
    rows = session.execute(
        select(table, Answer)
        .join(Answer, Answer.id == table.answer_id)
        .where(Answer.response_id.in_(ids), Answer.on_path)
        .order_by(table.id)
    )
    by_response: dict[int, list[tuple[Said, Answer]]] = defaultdict(list)
    for said, answer in rows:
        by_response[answer.response_id].append((said, answer))
    return by_response


def _answer(answer: Answer, clock: Clock) -> dict[str, Any]:
    told = {name: getattr(answer, name) for name in OF_ANSWERS}
    return told | {"updated_at": clock.tell(answer.updated_at)}


def _mark(mark: ResponseMark, clock: Clock, numbers: Numbers) -> dict[str, Any]:
    return {
        "kind": mark.kind,
        "name": mark.name,
        "marked_at": clock.tell(mark.marked_at),
        "marked_by": numbers.of_staff(mark.marked_by),
    }


def _correction(
    correction: Correction, answer: Answer, clock: Clock, numbers: Numbers
) -> dict[str, Any]:
    return {
        "question_id": answer.question_id,
        "position": answer.position,
        **{name: getattr(correction, name) for name in OF_CORRECTIONS},
        "corrected_at": clock.tell(correction.corrected_at),
        "corrected_by": numbers.of_staff(correction.corrected_by),
    }


def _judgement(
    judgement: TextJudgement, answer: Answer, clock: Clock, numbers: Numbers
) -> dict[str, Any]:
    return {
        "question_id": answer.question_id,
        "position": answer.position,
        **{name: getattr(judgement, name) for name in OF_JUDGEMENTS},
        "judged_at": clock.tell(judgement.judged_at),
        "judged_by": numbers.of_staff(judgement.judged_by),
    }
