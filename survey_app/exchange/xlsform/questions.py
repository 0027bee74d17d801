"""One row of an XLSForm as a question of ours."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from survey_app.exchange.drafting import as_code, free_name
from survey_app.exchange.losses import Losses
from survey_app.exchange.markers import as_scale, is_recommendation, length_of
from survey_app.exchange.speech import Speech
from survey_app.exchange.text_boxes import something_else
from survey_app.exchange.xlsform.choices import ChoiceLists
from survey_app.exchange.xlsform.columns import texts_in
from survey_app.exchange.xlsform.constraints import read_constraint
from survey_app.exchange.xlsform.sheets import Row
from survey_app.exchange.xlsform.writing import YES_NO_LIST
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    Option,
    Question,
    QuestionType,
    Texts,
)
from survey_app.questionnaires.reading.options import YES_NO_LABELS
from survey_app.questionnaires.reading.questions import SHORT_LENGTH

PLAIN = {
    "text": QuestionType.TEXT_SHORT,
    "string": QuestionType.TEXT_SHORT,
    "note": QuestionType.INFO,
    "integer": QuestionType.NUMBER,
    "int": QuestionType.NUMBER,
    "decimal": QuestionType.NUMBER,
    "range": QuestionType.NUMBER,
    "date": QuestionType.DATE,
    "acknowledge": QuestionType.YES_NO,
    "trigger": QuestionType.YES_NO,
}
SELECTS = {
    "select_one": QuestionType.CHOICE,
    "select_multiple": QuestionType.MULTI,
    "rank": QuestionType.RANKING,
}
AS_TEXT = frozenset({"time", "datetime", "barcode"})
YES = frozenset({"yes", "true", "true()", "1"})
ODD = frozenset({"choice_filter", "calculation", "default", "trigger"})
OTHER = "or_other"


def is_select(kind: str) -> bool:
    return kind.split(" ", maxsplit=1)[0] == "select_one"


class QuestionReader:
    def __init__(self, lists: ChoiceLists, speech: Speech, losses: Losses) -> None:
        self._lists = lists
        self._speech = speech
        self._losses = losses

    def read(self, row: Row, kind: str, title: Texts) -> Question | None:
        """The question, or None when nobody could answer it here."""
        name = row.get("name", "")
        words = kind.replace("select one", "select_one").split()
        question_type = self._type(words[0], name)
        if question_type is None:
            return None
        for column in sorted(ODD & row.keys()):
            sentence = _("Its %(column)s is not carried over.", column=column)
            self._losses.note(name, sentence)
        is_required = row.get("required", "").casefold() in YES
        question = Question(
            **{
                "id": name,
                "type": question_type,
                "title": title,
                "hint": self.hint(row),
                "required": is_required and question_type is not QuestionType.INFO,
                **self._of_type(question_type, row, words),
            }
        )
        return self._constrained(question, row)

    def hint(self, row: Row) -> Texts | None:
        return self._speech.optional(texts_in(row, "hint"), row.get("name", ""))

    def matrix(
        self, group: Row, title: Texts, rows: Sequence[tuple[Row, Question]]
    ) -> Question:
        name = group.get("name", "matrix")
        options = rows[0][1].options
        low = high = None
        scale = as_scale(options)
        if scale is not None:
            options, low, high = scale
        return Question(
            id=name,
            type=QuestionType.MATRIX,
            title=title,
            hint=self.hint(group),
            required=all(question.required for _row, question in rows),
            rows=tuple(_parts(name, rows)),
            options=options,
            low_label=low,
            high_label=high,
        )

    def _type(self, word: str, name: str) -> QuestionType | None:
        word = word.casefold()
        found = SELECTS.get(word) or PLAIN.get(word)
        if found is None and word in AS_TEXT:
            self._losses.note(name, _("It is asked as a text."))
            return QuestionType.TEXT_SHORT
        if found is None:
            sentence = _("“%(kind)s” cannot be asked here; it is left out.", kind=word)
            self._losses.note(name, sentence)
        return found

    def _of_type(
        self, kind: QuestionType, row: Row, words: Sequence[str]
    ) -> dict[str, Any]:
        if kind in SELECTS.values():
            list_name = words[-1] if words[-1] != OTHER else words[-2]
            return self._choosing(kind, list_name, row, has_other=words[-1] == OTHER)
        if kind is QuestionType.YES_NO:
            return {"options": self._yes_no()}
        if kind is QuestionType.TEXT_SHORT:
            is_long = "multiline" in row.get("appearance", "")
            return {
                "type": QuestionType.TEXT_LONG if is_long else kind,
                "max_length": length_of(None) if is_long else SHORT_LENGTH,
            }
        return {}

    def _choosing(
        self, kind: QuestionType, list_name: str, row: Row, *, has_other: bool
    ) -> dict[str, Any]:
        options = self._lists.options(list_name)
        if not options:
            self._losses.note(row.get("name", ""), _("Its list has no options."))
        if has_other:
            options = (*options, something_else(self._speech))
        if kind is not QuestionType.CHOICE:
            return {"options": options}
        if list_name == YES_NO_LIST and options == self._yes_no():
            return {"type": QuestionType.YES_NO, "options": options}
        scale = as_scale(options) if "likert" in row.get("appearance", "") else None
        if scale is None:
            return {"options": options}
        points, low, high = scale
        is_nps = is_recommendation(points, low, high)
        return {
            "type": QuestionType.NPS if is_nps else QuestionType.SCALE,
            "options": points,
            "low_label": low,
            "high_label": high,
        }

    def _yes_no(self) -> tuple[Option, ...]:
        return tuple(
            Option(code=code, label=self._speech.ours(label))
            for code, label in YES_NO_LABELS.items()
        )

    def _constrained(self, question: Question, row: Row) -> Question:
        text = row.get("constraint", "")
        if not text:
            return question
        bounds = read_constraint(text)
        if not bounds.is_whole:
            sentence = _(
                "Its constraint is not carried over: %(text)s", text=text[:200]
            )
            self._losses.note(question.id, sentence)
        if bounds.is_email and question.type is QuestionType.TEXT_SHORT:
            return replace(question, type=QuestionType.EMAIL, max_length=0)
        options = tuple(
            replace(option, exclusive=option.code in bounds.exclusive)
            for option in question.options
        )
        return replace(
            question, options=options, **_fitting(question, bounds.attributes)
        )


def _parts(name: str, rows: Sequence[tuple[Row, Question]]) -> Iterator[Option]:
    """What is asked of each row of a matrix, its code without that of the matrix."""
    taken: set[str] = set()
    for row, question in rows:
        code = free_name(as_code(row["name"].removeprefix(f"{name}__")), taken)
        taken.add(code)
        yield Option(code=code, label=question.title)


def _fitting(question: Question, attributes: dict[str, Any]) -> dict[str, Any]:
    wanted = {
        QuestionType.NUMBER: {"minimum", "maximum"},
        QuestionType.DATE: {"earliest", "latest"},
        QuestionType.TEXT_SHORT: {"max_length"},
        QuestionType.TEXT_LONG: {"max_length"},
    }.get(question.type, set())
    return {name: value for name, value in attributes.items() if name in wanted}
