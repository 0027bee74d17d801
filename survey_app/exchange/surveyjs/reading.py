"""SurveyJS JSON as a draft of a question set."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from survey_app.exchange.drafting import (
    Conversion,
    Frame,
    Group,
    Item,
    Names,
    both,
    drafted,
)
from survey_app.exchange.intake import Intake, variant_of
from survey_app.exchange.losses import Losses, UnreadableFileError
from survey_app.exchange.markers import NOTICE, PRIVACY, length_of
from survey_app.exchange.speech import OWN, Speech, plain_text, speech_of
from survey_app.exchange.surveyjs.conditions import DIALECT, in_our_words
from survey_app.exchange.surveyjs.questions import QuestionReader
from survey_app.exchange.surveyjs.texts import localised
from survey_app.exchange.text_boxes import DETAIL, with_detail
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    Question,
    QuestionType,
    Texts,
    row_id,
)
from survey_app.questionnaires.reading.questions import SHORT_LENGTH
from survey_app.questionnaires.rules import Condition

Json = Mapping[str, Any]

MAX_BYTES = 2 * 1024 * 1024
DEEPEST = 12
PANELS = frozenset({"panel", "flowpanel"})
FRAME = {NOTICE: "notice", PRIVACY: "privacy"}
REFERENCE = re.compile(r"\{\s*([^{}|]+?)\s*(?:\|([^{}]*))?\}")
WORDED = ("title", "description", "html")
ENGLISH = "en"
LOGIC = ("enableIf", "requiredIf", "defaultValue", "setValueExpression")


def read_surveyjs(content: bytes) -> Conversion:
    """What the JSON asks; raises UnreadableFileError when it is none."""
    if len(content) > MAX_BYTES:
        raise UnreadableFileError(_("The file is too large."))
    try:
        survey = json.loads(content)
    except (ValueError, RecursionError):
        raise UnreadableFileError(_("This is no JSON.")) from None
    if not isinstance(survey, dict):
        raise UnreadableFileError(_("This is no JSON of SurveyJS."))
    pages = survey.get("pages")
    if not isinstance(pages, list):
        elements = survey.get("elements") or survey.get("questions")
        if not isinstance(elements, list):
            raise UnreadableFileError(_("This is no JSON of SurveyJS."))
        pages = [{"name": "page", "elements": elements}]
    return _Reader(
        survey, [page for page in pages if isinstance(page, dict)]
    ).conversion()


class _Reader:
    def __init__(self, survey: Json, pages: list[Json]) -> None:
        self._survey = survey
        self._pages = pages
        self._losses = Losses()
        self._speech = _speech(survey, self._losses)
        self._names = Names(self._losses)
        self._questions = QuestionReader(self._texts, self._speech, self._losses)
        self._intake = Intake(
            losses=self._losses,
            dialect=DIALECT,
            amended=in_our_words,
            answer=REFERENCE,
            calculations=dict(_calculated(survey)),
        )
        self._frame: dict[str, Texts] = {}

    def conversion(self) -> Conversion:
        groups = [self._group(page, n) for n, page in enumerate(self._pages, 1)]
        survey = self._survey
        for name in self._intake.uncarried():
            self._losses.note(name, _("What is calculated is left out."))
        if survey.get("triggers"):
            self._losses.note("triggers", _("This is not carried over."))
        frame = Frame(
            id=str(survey.get("surveyId") or self._title_as_id()),
            texts={
                "title": self._optional(survey, "title"),
                "notice": self._optional(survey, "description"),
                **self._thanks(),
                **self._frame,
            },
        )
        return drafted(frame, groups, self._speech, self._losses)

    def _title_as_id(self) -> str:
        return next(iter(localised(self._survey.get("title")).values()), "imported")

    def _thanks(self) -> dict[str, Texts | None]:
        raw = localised(self._survey.get("completedHtml"))
        if not raw:
            return {}
        parts = {name: plain_text(text).partition("\n") for name, text in raw.items()}
        plain = self._speech.texts({n: p[0] for n, p in parts.items()}, "completedHtml")
        rest = {name: part[2] for name, part in parts.items()}
        if not all(rest.values()):
            return {"thanks_text": self._placed(plain)}
        text = self._speech.texts(rest, "completedHtml")
        return {"thanks_title": plain, "thanks_text": self._placed(text)}

    def _group(self, page: Json, number: int) -> Group:
        name = str(page.get("name") or f"page_{number}")
        when = self._condition(page, name)
        items = tuple(self._items(page, None, 0))
        return Group(name, items, self._optional(page, "title"), when)

    def _items(
        self, holder: Json, when: Condition | None, depth: int
    ) -> Iterator[Item]:
        """Questions in order; those in a panel share its condition."""
        elements = holder.get("elements") or holder.get("questions") or []
        waiting: list[Item] = []
        for element in elements if isinstance(elements, list) else []:
            if not isinstance(element, dict) or depth > DEEPEST:
                continue
            name = str(element.get("name") or "")
            source = name.removesuffix(DETAIL)
            if name in FRAME:
                self._frame[FRAME[name]] = self._texts(element.get("html"), name)
            elif element.get("type") in PANELS:
                inner = both(when, self._condition(element, name))
                waiting += self._items(element, inner, depth + 1)
            elif source != name and waiting and source in self._intake.asked:
                waiting[-1] = self._detailed(waiting[-1], source, element)
            else:
                waiting += self._asked_in(element, name, when)
        yield from waiting

    def _asked_in(
        self, element: Json, name: str, when: Condition | None
    ) -> Iterator[Item]:
        raws = {key: localised(element[key]) for key in WORDED if element.get(key)}
        usual, others = self._intake.unfolded(raws, name)
        question = self._questions.read({**element, **usual}, name)
        if question is None:
            return
        variants = (
            variant_of(
                question, case, *self._questions.wording({**element, **texts}, name)
            )
            for case, texts in others
        )
        own = self._condition(element, name)
        for key in LOGIC:
            if element.get(key):
                self._losses.note(name, _("Its %(key)s is not carried over.", key=key))
        question = replace(
            question, id=self._names.take(name), variants=tuple(variants)
        )
        self._remember(name, question)
        yield Item(question, both(when, own))

    def _remember(self, name: str, question: Question) -> None:
        self._intake.remember(name, question)
        if question.type is QuestionType.MATRIX:
            for raw, row in self._questions.rows_of(name, question):
                answer_id = row_id(question.id, row.code)
                self._intake.remember(f"{name}.{raw}", question, answer_id)

    def _detailed(self, item: Item, source: str, element: Json) -> Item:
        label = self._texts(element.get("title"), source)
        length = length_of(element.get("maxLength"), SHORT_LENGTH)
        shown_when = str(element.get("visibleIf", ""))
        question = with_detail(item.question, label, length, shown_when)
        self._intake.remember(source, question)
        return Item(question, item.when)

    def _condition(self, holder: Json, name: str) -> Condition | None:
        if holder.get("visible") is False:
            self._losses.note(name, _("It was hidden; it is shown here."))
        return self._intake.condition(str(holder.get("visibleIf") or ""), name)

    def _optional(self, holder: Json, key: str) -> Texts | None:
        raw = localised(holder.get(key))
        if not any(plain_text(text) for text in raw.values()):
            return None
        return self._texts(holder.get(key), str(holder.get("name") or key))

    def _texts(self, value: object, place: str) -> Texts:
        texts = self._speech.texts(localised(value), place, otherwise=place or "…")
        return self._placed(texts)

    def _placed(self, texts: Texts) -> Texts:
        return {name: self._intake.placed(text) for name, text in texts.items()}


def _calculated(survey: Json) -> Iterator[tuple[str, str]]:
    values = survey.get("calculatedValues")
    for value in values if isinstance(values, list) else []:
        if isinstance(value, dict):
            yield str(value.get("name", "")), str(value.get("expression", ""))


def _speech(survey: Json, losses: Losses) -> Speech:
    """What it calls default is English, where the language it starts in has its own."""
    locale = str(survey.get("locale") or ENGLISH)
    found = {name for name in _languages(survey, 0) if name != OWN}
    own = ENGLISH if locale in found else locale
    return speech_of(sorted(found), losses, own=own, first=locale)


def _languages(value: object, depth: int) -> Iterator[str]:
    """Languages of all texts: objects whose values are texts, one of them default."""
    if depth > DEEPEST + 8:
        return
    if isinstance(value, dict):
        if value and all(isinstance(part, str) for part in value.values()):
            if "default" in value or all(len(name) in {2, 5} for name in value):
                yield from localised(value)
            return
        for part in value.values():
            yield from _languages(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            yield from _languages(part, depth + 1)
