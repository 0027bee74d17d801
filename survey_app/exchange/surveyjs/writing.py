"""A question set as SurveyJS JSON."""

import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from survey_app.exchange.export import Export
from survey_app.exchange.losses import Loss
from survey_app.exchange.markers import (
    NOTICE,
    PRIVACY,
    point_labels,
)
from survey_app.exchange.surveyjs.conditions import SurveyJsPhrases
from survey_app.exchange.surveyjs.exclusion import alone_rule
from survey_app.exchange.text_boxes import detail_question
from survey_app.questionnaires.question_set import (
    Option,
    Page,
    Question,
    QuestionSet,
    QuestionType,
    Texts,
)

Json = dict[str, Any]

TYPES = {
    QuestionType.TEXT_SHORT: "text",
    QuestionType.TEXT_LONG: "comment",
    QuestionType.EMAIL: "text",
    QuestionType.NUMBER: "text",
    QuestionType.DATE: "text",
    QuestionType.CHOICE: "radiogroup",
    QuestionType.MULTI: "checkbox",
    QuestionType.RANKING: "ranking",
    QuestionType.SCALE: "rating",
    QuestionType.NPS: "rating",
    QuestionType.YES_NO: "boolean",
    QuestionType.MATRIX: "matrix",
    QuestionType.INFO: "html",
}
ENGLISH = "en"
INPUTS = {
    QuestionType.EMAIL: "email",
    QuestionType.NUMBER: "number",
    QuestionType.DATE: "date",
}


def write_surveyjs(question_set: QuestionSet) -> tuple[bytes, tuple[Loss, ...]]:
    """The JSON, and what of the question set it does not hold."""
    writer = _Writer(question_set)
    text = json.dumps(writer.survey(), ensure_ascii=False, indent=2)
    return text.encode(), writer.losses.all()


class _Writer:
    def __init__(self, question_set: QuestionSet) -> None:
        self._set = question_set
        # A row of a matrix is an answer of ours, and a part of one there.
        called = {
            answer_id: answer_id.replace("__", ".")
            for answer_id in question_set.questions_by_answer
        }
        self._export = Export(question_set, SurveyJsPhrases(called))
        self._needed: dict[str, str] = {}
        self.losses = self._export.losses

    def survey(self) -> Json:
        pages = [self._page(page) for page in self._set.pages]
        pages[0]["elements"][:0] = [
            self._html(NOTICE, _as_html(self._set.notice)),
            self._html(PRIVACY, _as_html(self._set.privacy)),
        ]
        titles, texts = self._set.thanks_title, self._set.thanks_text
        thanks = {
            name: f"<h3>{_escaped(titles[name])}</h3>\n<p>{_escaped(text)}</p>"
            for name, text in texts.items()
        }
        return _filled(
            {
                "locale": self._set.default_language,
                "surveyId": self._set.id,
                "title": self._texts(self._set.title, "title"),
                "pages": pages,
                "calculatedValues": self._calculated() or None,
                "completedHtml": self._texts(thanks, "thanks"),
            }
        )

    def _calculated(self) -> list[Json]:
        return [
            {"name": name, "expression": expression}
            for name, expression in self._needed.items()
        ]

    def _page(self, page: Page) -> Json:
        return _filled(
            {
                "name": page.id,
                "title": page.title and self._texts(page.title, page.id),
                "visibleIf": self._export.condition(page.show_if, page.id) or None,
                "elements": [
                    element
                    for question in page.questions
                    for element in self._elements(question)
                ],
            }
        )

    def _elements(self, question: Question) -> Iterator[Json]:
        if question.type is QuestionType.INFO:
            yield self._html(question.id, self._worded(_in_html(question)).title)
            return
        yield self._question(self._worded(question))
        detail = detail_question(question)
        if detail is not None:
            option = question.detailed
            element = self._question(detail)
            if option is not None:
                element["visibleIf"] = self._shown_for(question, option)
            yield element

    def _question(self, question: Question) -> Json:
        return _filled(
            {
                "type": TYPES[question.type],
                "name": question.id,
                "title": self._texts(question.title, question.id),
                "description": question.hint
                and self._texts(question.hint, question.id),
                "isRequired": question.required or None,
                "inputType": INPUTS.get(question.type),
                "maxLength": question.max_length or None,
                **self._of_type(question),
            }
        )

    def _of_type(self, question: Question) -> Json:
        match question.type:
            case QuestionType.NUMBER:
                return {"min": question.minimum, "max": question.maximum}
            case QuestionType.DATE:
                return {"min": _day(question.earliest), "max": _day(question.latest)}
            case QuestionType.SCALE | QuestionType.NPS:
                return self._rating(question)
            case QuestionType.YES_NO:
                return self._yes_no(question)
        return self._listed(question)

    def _listed(self, question: Question) -> Json:
        if question.type is QuestionType.MATRIX:
            return {
                "columns": self._choices(point_labels(question)),
                "rows": self._choices(question.rows),
                "isAllRowRequired": question.required or None,
            }
        if not question.options:
            return {}
        return {
            "choices": self._choices(question.options),
            "selectToRankEnabled": question.type is QuestionType.RANKING or None,
            "validators": list(_alone(question)) or None,
        }

    def _yes_no(self, question: Question) -> Json:
        yes, no = question.options
        return {
            "valueTrue": yes.code,
            "valueFalse": no.code,
            "labelTrue": self._texts(yes.label, question.id),
            "labelFalse": self._texts(no.label, question.id),
        }

    def _rating(self, question: Question) -> Json:
        low, high = question.low_label, question.high_label
        codes = question.codes
        return {
            "rateMin": int(codes[0]),
            "rateMax": int(codes[-1]),
            "minRateDescription": low and self._texts(low, question.id),
            "maxRateDescription": high and self._texts(high, question.id),
        }

    def _choices(self, options: Sequence[Option]) -> list[Json]:
        return [
            {"value": option.code, "text": self._texts(option.label, option.code)}
            for option in options
        ]

    def _shown_for(self, question: Question, option: Option) -> str:
        return f"{{{question.id}}} anyof ['{option.code}']"

    def _worded(self, question: Question) -> Question:
        worded, needed = self._export.worded(question)
        self._needed |= needed
        return worded

    def _html(self, name: str, texts: Texts) -> Json:
        return {"type": "html", "name": name, "html": self._texts(texts, name)}

    def _texts(self, texts: Texts, place: str) -> Json:
        """What SurveyJS calls default is English, and what other languages see."""
        written = dict(self._export.texts(texts, place))
        own = ENGLISH if ENGLISH in written else self._set.default_language
        return {"default": written.pop(own), **written}


def _alone(question: Question) -> Iterator[Json]:
    """That an option excludes the others is not known there; a rule can say it."""
    if question.type is QuestionType.MULTI:
        for option in question.options:
            if option.exclusive:
                yield alone_rule(question.id, option)


def _in_html(question: Question) -> Question:
    """The question with its hint below its title, in all its wordings."""

    def worded(wording: int | None) -> Texts:
        return _as_html(question.title_for(wording), question.hint_for(wording))

    variants = (
        replace(variant, title=worded(place), hint=None)
        for place, variant in enumerate(question.variants)
    )
    return replace(question, title=worded(None), hint=None, variants=tuple(variants))


def _as_html(texts: Texts, hint: Texts | None = None) -> Texts:
    return {
        language: _escaped(text).replace("\n", "<br>\n")
        + (f"<small>{_escaped(hint[language])}</small>" if hint else "")
        for language, text in texts.items()
    }


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _filled(items: Json) -> Json:
    return {name: value for name, value in items.items() if value is not None}


def _day(day: object) -> str | None:
    return None if day is None else str(day)
