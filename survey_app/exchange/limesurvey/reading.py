"""A LimeSurvey survey (.lss) as a draft of a question set."""

import re
from collections.abc import Iterator
from dataclasses import replace

from survey_app.exchange.drafting import (
    Conversion,
    Frame,
    Group,
    Item,
    Names,
    as_code,
    drafted,
)
from survey_app.exchange.intake import Intake
from survey_app.exchange.limesurvey.conditions import ALWAYS, EQUATIONS, with_ticks
from survey_app.exchange.limesurvey.questions import QuestionReader
from survey_app.exchange.limesurvey.tables import Row, Tables, number_in
from survey_app.exchange.losses import Losses
from survey_app.exchange.speech import OWN, Raw, speech_of
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    Question,
    QuestionType,
    Texts,
    row_id,
)
from survey_app.questionnaires.rules import Condition

FRAME = {
    "title": ("surveyls_title",),
    "notice": ("surveyls_welcometext", "surveyls_description"),
    "privacy": ("surveyls_policy_notice",),
    "thanks_text": ("surveyls_endtext",),
}
PLACEHOLDER = re.compile(r"\{\s*([A-Za-z]\w*)(?:\.[A-Za-z]+)?\s*\}")
EQUATION = re.compile(r"\{[^{}]*\}")


def read_lss(content: bytes) -> Conversion:
    """What the survey asks; raises UnreadableFileError when it is none."""
    return _Reader(Tables(content)).conversion()


class _Reader:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._losses = Losses()
        settings = tables.rows("surveys")
        own = settings[0].get("language") if settings else None
        self._speech = speech_of(tables.languages, self._losses, own=own)
        self._names = Names(Losses())  # theirs are in capitals; ours are not
        self._questions = QuestionReader(tables, self._speech, self._losses)
        self._ticks: dict[str, tuple[str, str]] = {}
        self._intake = Intake(
            losses=self._losses,
            dialect=EQUATIONS,
            amended=lambda condition: with_ticks(condition, self._ticks),
        )

    def conversion(self) -> Conversion:
        questions = [
            row
            for row in self._tables.once("questions", "qid")
            if row.get("parent_qid", "0") in {"", "0"}
        ]
        questions.sort(key=lambda row: number_in(row, "question_order"))
        groups = self._tables.once("groups", "gid")
        groups.sort(key=lambda row: number_in(row, "group_order"))
        found = [
            self._group(
                group, [row for row in questions if row.get("gid") == group.get("gid")]
            )
            for group in groups
        ]
        texts = {key: self._framed(columns) for key, columns in FRAME.items()}
        title = next(iter((texts["title"] or {}).values()), "imported")
        for name in ("quota", "conditions", "assessments"):
            if self._tables.rows(name):
                self._losses.note(name, _("This is not carried over."))
        frame = Frame(id=title, texts=texts)
        return drafted(frame, found, self._speech, self._losses)

    def _group(self, group: Row, questions: list[Row]) -> Group:
        name = f"group_{group.get('gid', '')}"
        raw = self._tables.texts("groups", group, "gid", "group_name")
        when = self._condition(group.get("grelevance", ""), name)
        items = tuple(item for row in questions for item in self._items(row))
        return Group(name, items, self._speech.optional(raw, name), when)

    def _items(self, row: Row) -> Iterator[Item]:
        when = self._condition(row.get("relevance", ""), row.get("title", ""))
        for name, question in self._questions.read(row):
            placed = replace(
                question,
                id=self._names.take(name),
                title=self._placed(question.title, name),
                hint=question.hint and self._placed(question.hint, name),
            )
            self._remember(name, placed, row)
            yield Item(placed, when)

    def _remember(self, name: str, question: Question, row: Row) -> None:
        self._intake.remember(name, question)
        for part in self._questions.parts(row):
            code = as_code(part.get("title", ""))
            part_name = f"{name}_{part.get('title', '')}"
            if question.type is QuestionType.MATRIX:
                self._intake.remember(part_name, question, row_id(question.id, code))
            elif question.type is QuestionType.MULTI:
                self._ticks[part_name] = (name, code)

    def _condition(self, text: str, name: str) -> Condition | None:
        return None if text.strip() in ALWAYS else self._intake.condition(text, name)

    def _framed(self, columns: tuple[str, ...]) -> Texts | None:
        for column in columns:
            raw: Raw = {
                row.get("surveyls_language", OWN): row[column]
                for row in self._tables.rows("surveys_languagesettings")
                if row.get(column)
            }
            texts = self._speech.optional(raw, column)
            if texts is not None:
                return self._placed(texts, column)
        return None

    def _placed(self, texts: Texts, place: str) -> Texts:
        """Answers and equations inside texts; what we cannot work out goes."""
        placed = {
            name: PLACEHOLDER.sub(self._placeholder, text)
            for name, text in texts.items()
        }
        bare = {
            name: EQUATION.sub(lambda found: found[0] if "|" in found[0] else "…", text)
            for name, text in placed.items()
        }
        if bare != placed:
            self._losses.note(place, _("The equations in its text are left out."))
        return bare

    def _placeholder(self, found: re.Match[str]) -> str:
        known = self._intake.asked.get(found[1])
        return found[0] if known is None else f"{{{known[0]}|…}}"
