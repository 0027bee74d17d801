"""A response as programs see it: what was said, never to whom we could write."""

from typing import Any

from survey_app.api.times import as_moment
from survey_app.questionnaires.published import question_set_of
from survey_app.questionnaires.question_set import QuestionType
from survey_app.responses.models import Answer, Response

Item = dict[str, Any]


def view_of(response: Response) -> Item:
    day_only = is_anonymous(response)
    submitted = response.submitted_at
    return {
        "id": response.public_id,
        "questionnaire": response.version.questionnaire.slug,
        "version_id": response.version_id,
        "version": response.version.version,
        "wave": None if response.wave is None else response.wave.code,
        "source": response.source,
        "submission_id": response.submission_id,
        "state": response.state,
        "language": response.language_submitted or response.language_started,
        "privacy_mode": response.privacy_mode,
        "started_at": as_moment(response.started_at, day_only=day_only),
        "last_activity_at": as_moment(response.last_activity_at, day_only=day_only),
        "submitted_at": submitted and as_moment(submitted, day_only=day_only),
        "changed_at": response.changed_at
        and as_moment(response.changed_at, day_only=day_only),
        "flags": [mark.name for mark in response.marks if mark.kind == "flag"],
        "tags": [mark.name for mark in response.marks if mark.kind == "tag"],
        "answers": _answers(response),
    }


def is_anonymous(response: Response) -> bool:
    return response.privacy_mode == "anonymous" or response.anonymised_at is not None


def _answers(response: Response) -> Item:
    contact = {
        question.id
        for question in question_set_of(response.version).questions.values()
        if question.type is QuestionType.EMAIL
    }
    said: dict[str, Item] = {}
    for answer in sorted(response.answers, key=_place):
        if answer.on_path and answer.question_id not in contact:
            item = said.setdefault(answer.question_id, {"codes": [], "text": None})
            if answer.code is not None:
                item["codes"].append(answer.code)
            item["text"] = item["text"] or answer.text
    return said


def _place(answer: Answer) -> tuple[str, int]:
    return answer.question_id, answer.position
