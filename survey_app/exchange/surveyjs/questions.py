"""One element of SurveyJS as a question of ours."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from survey_app.exchange.losses import Losses
from survey_app.exchange.markers import length_of
from survey_app.exchange.speech import Speech, plain_text
from survey_app.exchange.surveyjs.offers import Json, OfferReader, ReadTexts
from survey_app.exchange.surveyjs.texts import localised, split_html
from survey_app.exchange.surveyjs.values import day_in, whole_number
from survey_app.exchange.text_boxes import REMARK_LABELS
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    DETAIL_TYPES,
    Detail,
    Question,
    QuestionType,
    Texts,
)
from survey_app.questionnaires.reading.questions import SHORT_LENGTH

TYPES = {
    "comment": QuestionType.TEXT_LONG,
    "radiogroup": QuestionType.CHOICE,
    "dropdown": QuestionType.CHOICE,
    "buttongroup": QuestionType.CHOICE,
    "imagepicker": QuestionType.CHOICE,
    "checkbox": QuestionType.MULTI,
    "tagbox": QuestionType.MULTI,
    "ranking": QuestionType.RANKING,
    "rating": QuestionType.SCALE,
    "boolean": QuestionType.YES_NO,
    "matrix": QuestionType.MATRIX,
    "html": QuestionType.INFO,
}
INPUTS = {
    "number": QuestionType.NUMBER,
    "range": QuestionType.NUMBER,
    "email": QuestionType.EMAIL,
    "date": QuestionType.DATE,
}
CHOOSING = frozenset({QuestionType.CHOICE, QuestionType.MULTI, QuestionType.RANKING})
BOUNDS: Mapping[QuestionType, Callable[[Json], dict[str, Any]]] = {
    QuestionType.TEXT_SHORT: lambda element: {
        "max_length": length_of(element.get("maxLength"), SHORT_LENGTH)
    },
    QuestionType.TEXT_LONG: lambda element: {
        "max_length": length_of(element.get("maxLength"))
    },
    QuestionType.NUMBER: lambda element: {
        "minimum": whole_number(element.get("min")),
        "maximum": whole_number(element.get("max")),
    },
    QuestionType.DATE: lambda element: {
        "earliest": day_in(element.get("min")),
        "latest": day_in(element.get("max")),
    },
}


class QuestionReader:
    def __init__(self, texts: ReadTexts, speech: Speech, losses: Losses) -> None:
        self._texts = texts
        self._losses = losses
        self._offers = OfferReader(texts, speech, losses)
        self.rows_of = self._offers.rows_of

    def read(self, element: Json, name: str) -> Question | None:
        kind = self._type(element, name)
        if kind is None:
            return None
        title, hint = self.wording(element, name)
        question = Question(
            **{
                "id": name,
                "type": kind,
                "title": title,
                "hint": hint,
                "required": element.get("isRequired") is True
                and kind is not QuestionType.INFO,
                **self._of_type(kind, element, name),
            }
        )
        return self._remarked(question, element, name)

    def wording(self, element: Json, name: str) -> tuple[Texts, Texts | None]:
        """Title and hint of a question, or of a text that is only read."""
        title, hint = element.get("title"), element.get("description")
        if element.get("type") == "html":
            title, hint = split_html(element.get("html"))
        is_said = any(map(plain_text, localised(hint).values()))
        return (
            self._texts(title or name, name),
            self._texts(hint, name) if is_said else None,
        )

    def _type(self, element: Json, name: str) -> QuestionType | None:
        kind = str(element.get("type") or "text")
        if kind == "text":
            return INPUTS.get(
                str(element.get("inputType", "text")), QuestionType.TEXT_SHORT
            )
        found = TYPES.get(kind)
        if found is None:
            sentence = _("“%(kind)s” cannot be asked here; it is left out.", kind=kind)
            self._losses.note(name, sentence)
        return found

    def _of_type(self, kind: QuestionType, element: Json, name: str) -> dict[str, Any]:
        bounds = BOUNDS.get(kind)
        if bounds is not None:
            return bounds(element)
        offers = self._offers
        if kind in CHOOSING:
            return {"options": offers.choices(element, name)}
        readers = {
            QuestionType.SCALE: offers.rating,
            QuestionType.YES_NO: offers.boolean,
            QuestionType.MATRIX: offers.matrix,
        }
        return readers[kind](element, name) if kind in readers else {}

    def _remarked(self, question: Question, element: Json, name: str) -> Question:
        has_box = element.get("showCommentArea") or element.get("hasComment")
        if not has_box:
            return question
        if question.type not in DETAIL_TYPES or question.written is not None:
            self._losses.note(name, _("Its text box is left out."))
            return question
        label = self._offers.worded(element, "commentText", REMARK_LABELS, name)
        return replace(question, detail=Detail(label=label, max_length=length_of(None)))
