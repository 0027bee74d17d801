"""One question of LimeSurvey as one of ours, or as several."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from survey_app.exchange.drafting import as_code, free_name
from survey_app.exchange.limesurvey.tables import Row, Tables, number_in
from survey_app.exchange.losses import Losses
from survey_app.exchange.markers import length_of
from survey_app.exchange.speech import Speech
from survey_app.exchange.text_boxes import REMARK_LABELS, something_else
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    Detail,
    Option,
    Question,
    QuestionType,
    Texts,
)
from survey_app.questionnaires.reading.options import YES_NO_LABELS
from survey_app.questionnaires.reading.questions import SHORT_LENGTH

TYPES = {
    **dict.fromkeys("L!OG", QuestionType.CHOICE),
    **dict.fromkeys("MP", QuestionType.MULTI),
    **dict.fromkeys("TU", QuestionType.TEXT_LONG),
    **dict.fromkeys("SQ", QuestionType.TEXT_SHORT),
    **dict.fromkeys("NK", QuestionType.NUMBER),
    **dict.fromkeys("FHABCE", QuestionType.MATRIX),
    "D": QuestionType.DATE,
    "R": QuestionType.RANKING,
    "X": QuestionType.INFO,
    "Y": QuestionType.YES_NO,
    "5": QuestionType.SCALE,
}
SEVERAL = frozenset("QK")  # a box for each part: a question each
POINTS = {"A": 5, "B": 10, "5": 5}
FIXED: Mapping[str, Mapping[str, Texts]] = {
    "C": {
        "y": {"nl": "Ja", "en": "Yes"},
        "u": {"nl": "Onzeker", "en": "Uncertain"},
        "n": {"nl": "Nee", "en": "No"},
    },
    "E": {
        "i": {"nl": "Meer", "en": "Increase"},
        "s": {"nl": "Hetzelfde", "en": "Same"},
        "d": {"nl": "Minder", "en": "Decrease"},
    },
    "G": {"f": {"nl": "Vrouw", "en": "Female"}, "m": {"nl": "Man", "en": "Male"}},
}
UNCARRIED = ("em_validation_q", "em_validation_sq", "array_filter", "preg")
NOT_SHOWN = "hidden"


class QuestionReader:
    def __init__(self, tables: Tables, speech: Speech, losses: Losses) -> None:
        self._tables = tables
        self._speech = speech
        self._losses = losses
        self._parts = _grouped(tables.once("subquestions", "qid"), "parent_qid")
        self._answers = _grouped(tables.once("answers", _key(tables)), "qid")
        self._attributes: dict[str, dict[str, str]] = {}
        for row in tables.rows("question_attributes"):
            known = self._attributes.setdefault(row.get("qid", ""), {})
            known[row.get("attribute", "")] = row.get("value", "")

    def read(self, row: Row) -> Iterator[tuple[str, Question]]:
        """Our questions, each with what LimeSurvey calls it."""
        name, letter = row.get("title", ""), row.get("type", "")
        kind = TYPES.get(letter)
        if kind is None:
            sentence = _(
                "“%(kind)s” cannot be asked here; it is left out.", kind=letter
            )
            self._losses.note(name, sentence)
            return
        self._note_attributes(name, row)
        title = self._texts("questions", row, "question", name)
        if letter not in SEVERAL:
            yield name, self._question(row, kind, title)
            return
        self._losses.note(name, _("Each of its boxes is a question of its own."))
        for part in self.parts(row):
            label = self._texts("subquestions", part, "question", name)
            both = {k: f"{text}: {label[k]}" for k, text in title.items()}
            yield f"{name}_{part.get('title', '')}", self._question(row, kind, both)

    def parts(self, row: Row) -> list[Row]:
        found = self._parts.get(row.get("qid", ""), [])
        return [part for part in found if number_in(part, "scale_id") == 0]

    def _question(self, row: Row, kind: QuestionType, title: Texts) -> Question:
        name = row.get("title", "")
        help_texts = self._tables.texts("questions", row, "qid", "help")
        is_asked = kind is not QuestionType.INFO
        return Question(
            id=name,
            type=kind,
            title=title,
            hint=self._speech.optional(help_texts, name),
            required=is_asked and row.get("mandatory") in {"Y", "S"},
            **self._of_type(row, kind),
        )

    def _of_type(self, row: Row, kind: QuestionType) -> dict[str, Any]:
        attributes = self._attributes.get(row.get("qid", ""), {})
        limit = attributes.get("maximum_chars")
        match kind:
            case QuestionType.TEXT_SHORT:
                return {"max_length": length_of(limit, SHORT_LENGTH)}
            case QuestionType.TEXT_LONG:
                return {"max_length": length_of(limit)}
            case QuestionType.NUMBER:
                return {
                    "minimum": _whole(attributes.get("min_num_value_n")),
                    "maximum": _whole(attributes.get("max_num_value_n")),
                }
            case QuestionType.DATE | QuestionType.INFO:
                return {}
        return self._offering(row, kind, attributes)

    def _offering(
        self, row: Row, kind: QuestionType, attributes: Mapping[str, str]
    ) -> dict[str, Any]:
        letter = row.get("type", "")
        options = self._options(row, letter)
        if kind is QuestionType.MATRIX:
            return {"options": options, "rows": self._listed("subquestions", row)}
        if kind is QuestionType.MULTI:
            alone = attributes.get("exclude_all_others", "").casefold().split(";")
            options = tuple(
                Option(code=o.code, label=o.label, exclusive=o.code in alone)
                for o in options
            )
        if row.get("other") == "Y":
            options = (*options, something_else(self._speech))
        if letter == "O" and row.get("other") != "Y":
            label = self._speech.ours(REMARK_LABELS)
            detail = Detail(label=label, max_length=length_of(None))
            return {"options": options, "detail": detail}
        if letter == "P":
            name = row.get("title", "")
            self._losses.note(name, _("The comments beside its options are left out."))
        return {"options": options}

    def _options(self, row: Row, letter: str) -> tuple[Option, ...]:
        if letter in POINTS:
            points = range(1, POINTS[letter] + 1)
            return tuple(
                Option(code=str(n), label=dict.fromkeys(self._speech.languages, str(n)))
                for n in points
            )
        fixed = YES_NO_LABELS if letter == "Y" else FIXED.get(letter)
        if fixed is not None:
            return tuple(
                Option(code=code, label=self._speech.ours(label))
                for code, label in fixed.items()
            )
        return self._listed("subquestions" if letter in "MP" else "answers", row)

    def _listed(self, table: str, row: Row) -> tuple[Option, ...]:
        """Subquestions or answers as options, their codes in small letters."""
        is_part = table == "subquestions"
        found = (
            self.parts(row) if is_part else self._answers.get(row.get("qid", ""), [])
        )
        column, key = ("title", "qid") if is_part else ("code", _key(self._tables))
        taken: set[str] = set()
        options = []
        for item in found:
            written = item.get(column, "")
            code = free_name(as_code(written), taken)
            taken.add(code)
            if code != written.casefold():
                place = f"{row.get('title', '')}: {written}"
                self._losses.note(place, _("It is called %(name)s here.", name=code))
            words = "question" if is_part else "answer"
            raw = self._tables.texts(table, item, key, words)
            label = self._speech.texts(raw, written, otherwise=written or code)
            options.append(Option(code=code, label=label))
        return tuple(options)

    def _note_attributes(self, name: str, row: Row) -> None:
        attributes = {**self._attributes.get(row.get("qid", ""), {}), **row}
        for key in UNCARRIED:
            if attributes.get(key):
                self._losses.note(name, _("Its %(key)s is not carried over.", key=key))
        if attributes.get(NOT_SHOWN) == "1":
            self._losses.note(name, _("It was hidden; it is shown here."))

    def _texts(self, table: str, row: Row, column: str, name: str) -> Texts:
        raw = self._tables.texts(table, row, "qid", column)
        return self._speech.texts(raw, name, otherwise=name or "…")


def _key(tables: Tables) -> str:
    """Answers have numbers of their own since version 4."""
    return "aid" if any(row.get("aid") for row in tables.rows("answers")) else "qid"


def _grouped(rows: Sequence[Row], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.get(key, ""), []).append(row)
    for group in found.values():
        group.sort(key=_order)
    return found


def _order(row: Row) -> int:
    return number_in(row, "question_order") or number_in(row, "sortorder")


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?\d{1,12}", text) else None
