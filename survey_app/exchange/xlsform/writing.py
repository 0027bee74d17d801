"""A question set as an XLSForm workbook: survey, choices, settings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

import xlsxwriter

from survey_app.exchange.export import Export
from survey_app.exchange.losses import Loss
from survey_app.exchange.markers import (
    NOTICE,
    PAGE,
    PRIVACY,
    THANKS_TEXT,
    THANKS_TITLE,
    for_xml,
    point_labels,
)
from survey_app.exchange.text_boxes import detail_question
from survey_app.exchange.xlsform.conditions import XPathPhrases
from survey_app.exchange.xlsform.constraints import constraint_of
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    Option,
    Page,
    Question,
    QuestionSet,
    QuestionType,
    Texts,
)

Row = dict[str, str]

LANGUAGE_NAMES = {"nl": "Nederlands (nl)", "en": "English (en)"}
YES_NO_LIST = "yes_no"
TYPES = {
    QuestionType.TEXT_SHORT: "text",
    QuestionType.TEXT_LONG: "text",
    QuestionType.EMAIL: "text",
    QuestionType.NUMBER: "decimal",
    QuestionType.DATE: "date",
    QuestionType.INFO: "note",
    QuestionType.MULTI: "select_multiple",
    QuestionType.RANKING: "rank",
}
APPEARANCES = {
    QuestionType.TEXT_LONG: "multiline",
    QuestionType.SCALE: "likert",
    QuestionType.NPS: "likert",
}


def write_xlsform(question_set: QuestionSet) -> tuple[bytes, tuple[Loss, ...]]:
    """The workbook, and what of the question set it does not hold."""
    writer = _Writer(question_set)
    content = writer.workbook()
    return content, writer.losses.all()


class _Writer:
    def __init__(self, question_set: QuestionSet) -> None:
        self._set = question_set
        self._export = Export(question_set, XPathPhrases())
        self.losses = self._export.losses

    def workbook(self) -> bytes:
        settings = {
            "form_title": self._set.title[self._set.default_language],
            "form_id": self._set.id,
            "version": self._set.version,
            "default_language": LANGUAGE_NAMES[self._set.default_language],
        }
        if len(set(self._set.title.values())) > 1:
            self.losses.note("title", _("The title stands in one language."))
        buffer = BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            for name, rows in (
                ("survey", list(self._survey())),
                ("choices", list(self._choices())),
                ("settings", [settings]),
            ):
                _fill(book.add_worksheet(name), rows)
        return buffer.getvalue()

    def _survey(self) -> Iterator[Row]:
        yield self._note(NOTICE, self._set.notice)
        yield self._note(PRIVACY, self._set.privacy)
        for page in self._set.pages:
            yield from self._page(page)
        yield self._note(THANKS_TITLE, self._set.thanks_title)
        yield self._note(THANKS_TEXT, self._set.thanks_text)

    def _page(self, page: Page) -> Iterator[Row]:
        yield {
            "type": "begin_group",
            "name": f"{PAGE}{page.id}",
            **self._texts("label", page.title or {}, page.id),
            "relevant": self._export.condition(page.show_if, page.id),
            "appearance": "field-list",
        }
        for question in page.questions:
            yield from self._question(question)
        yield {"type": "end_group"}

    def _question(self, question: Question) -> Iterator[Row]:
        question, needed = self._export.worded(question)
        for name, calculation in needed.items():
            yield {"type": "calculate", "name": name, "calculation": calculation}
        if question.type is QuestionType.MATRIX:
            yield from self._matrix(question)
            return
        row = self._row(question, self._type(question))
        yield row
        detail = detail_question(question)
        if detail is not None:
            option = question.detailed
            shown = "" if option is None else _has(question, option)
            yield {**self._row(detail, "text"), "relevant": shown}

    def _matrix(self, question: Question) -> Iterator[Row]:
        yield {
            "type": "begin_group",
            "name": question.id,
            **self._texts("label", question.title, question.id),
            **self._texts("hint", question.hint or {}, question.id),
            "appearance": "table-list",
        }
        for part in question.parts:
            bare = replace(part, hint=None)
            yield self._row(bare, f"select_one {question.id}")
        yield {"type": "end_group"}

    def _row(self, question: Question, kind: str) -> Row:
        return {
            "type": kind,
            "name": question.id,
            **self._texts("label", question.title, question.id),
            **self._texts("hint", question.hint or {}, question.id),
            "required": "yes" if question.required else "",
            "constraint": constraint_of(question),
            "appearance": APPEARANCES.get(question.type, ""),
        }

    def _note(self, name: str, texts: Texts) -> Row:
        return {"type": "note", "name": name, **self._texts("label", texts, name)}

    def _type(self, question: Question) -> str:
        kind = TYPES.get(question.type, "select_one")
        if not question.options:
            return kind
        is_yes_no = question.type is QuestionType.YES_NO
        return f"{kind} {YES_NO_LIST if is_yes_no else question.id}"

    def _texts(self, column: str, texts: Texts, place: str) -> Row:
        return {
            f"{column}::{LANGUAGE_NAMES[language]}": text
            for language, text in self._export.texts(texts, place).items()
        }

    def _choices(self) -> Iterator[Row]:
        written: set[str] = set()
        for question in self._set.questions.values():
            is_yes_no = question.type is QuestionType.YES_NO
            name = YES_NO_LIST if is_yes_no else question.id
            if name not in written:
                written.add(name)
                yield from self._choices_of(name, point_labels(question))

    def _choices_of(self, name: str, options: Sequence[Option]) -> Iterator[Row]:
        for option in options:
            yield {
                "list_name": name,
                "name": option.code,
                **self._texts("label", option.label, name),
            }


def _has(question: Question, option: Option) -> str:
    return f"selected(${{{question.id}}}, '{option.code}')"


def _fill(sheet: xlsxwriter.worksheet.Worksheet, rows: Sequence[Row]) -> None:
    """Every cell a text: nothing in it is a formula."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    for place, name in enumerate(columns):
        sheet.write_string(0, place, name)
    for number, row in enumerate(rows, 1):
        for place, name in enumerate(columns):
            if row.get(name):
                sheet.write_string(number, place, for_xml(row[name]))
