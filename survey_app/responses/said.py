"""What a respondent said to one question, whatever row or form it stands in."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.rules import Value


@dataclass(frozen=True, slots=True)
class Said:
    """Options ticked (or a number), and what was written; nothing when both lack."""

    codes: tuple[str, ...] = ()
    text: str | None = None

    def __bool__(self) -> bool:
        return bool(self.codes or self.text)

    @property
    def fingerprint(self) -> str:
        """Tells whether an answer changed, without repeating it."""
        if not self:
            return ""
        content = "\x00".join((*self.codes, "\x01", self.text or ""))
        return hashlib.sha256(content.encode()).hexdigest()[:12]


NOTHING = Said()


def collect(rows: Iterable[tuple[str, str | None, str | None]]) -> dict[str, Said]:
    """Rows of (question id, code, text), in order of position, by question."""
    said: dict[str, Said] = {}
    for question_id, code, text in rows:
        before = said.get(question_id, NOTHING)
        codes = before.codes if code is None else (*before.codes, code)
        said[question_id] = Said(codes, before.text or text)
    return said


def as_data(said: Mapping[str, Said]) -> dict[str, Any]:
    """Answers as JSON holds them: for each question its codes, and its text."""
    return {name: [list(each.codes), each.text] for name, each in said.items()}


def from_data(data: Mapping[str, Any]) -> dict[str, Said]:
    return {name: Said(tuple(codes), text) for name, (codes, text) in data.items()}


def rule_values(
    question_set: QuestionSet, said: Mapping[str, Said]
) -> dict[str, Value]:
    """Answers as conditions look at them."""
    return {
        answer_id: question.value_of(said[answer_id].codes, said[answer_id].text)
        for answer_id, question in question_set.questions_by_answer.items()
        if answer_id in said
    }
