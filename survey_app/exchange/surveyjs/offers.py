"""What a SurveyJS element offers to choose from: choices, points, rows, columns."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from survey_app.exchange.drafting import as_code, free_name
from survey_app.exchange.losses import Losses
from survey_app.exchange.markers import as_scale, is_recommendation
from survey_app.exchange.speech import Speech
from survey_app.exchange.surveyjs.exclusion import read_alone
from survey_app.exchange.surveyjs.values import whole_number
from survey_app.exchange.text_boxes import OTHER_LABELS, something_else
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    Option,
    Question,
    QuestionType,
    Texts,
)
from survey_app.questionnaires.reading.options import YES_NO_LABELS, is_scale

Json = Mapping[str, Any]
ReadTexts = Callable[[object, str], Texts]

MOST = 200
HIGHEST = 99
NONE_LABELS = {"nl": "Geen van deze", "en": "None of these"}


class OfferReader:
    def __init__(self, texts: ReadTexts, speech: Speech, losses: Losses) -> None:
        self._texts = texts
        self._speech = speech
        self._losses = losses
        self._rows: dict[str, list[tuple[str, str]]] = {}

    def choices(self, element: Json, name: str) -> tuple[Option, ...]:
        options = self._listed(element.get("choices"), name)
        alone, has_others = read_alone(element)
        if has_others:
            sentence = _("Its %(key)s is not carried over.", key="validators")
            self._losses.note(name, sentence)
        options = tuple(
            replace(option, exclusive=option.code in alone) for option in options
        )
        if element.get("choicesByUrl") or not options:
            self._losses.note(name, _("Its list has no options."))
        if element.get("showNoneItem") or element.get("hasNone"):
            label = self.worded(element, "noneText", NONE_LABELS, name)
            options = (*options, Option(code="none", label=label, exclusive=True))
        if element.get("showOtherItem") or element.get("hasOther"):
            label = self.worded(element, "otherText", OTHER_LABELS, name)
            options = (*options, something_else(self._speech, label))
        return options

    def _listed(self, raw: object, name: str) -> tuple[Option, ...]:
        items = raw if isinstance(raw, list) else []
        if len(items) > MOST:
            sentence = _("Only the first %(most)s options are kept.", most=MOST)
            self._losses.note(name, sentence)
        taken: set[str] = set()
        return tuple(self._option(item, name, taken) for item in items[:MOST])

    def _option(self, item: object, name: str, taken: set[str]) -> Option:
        value = str(item.get("value", "") if isinstance(item, dict) else item)
        code = free_name(as_code(value), taken)
        taken.add(code)
        if code != value:
            place = f"{name}: {value}"
            self._losses.note(place, _("It is called %(name)s here.", name=code))
        text = item.get("text") if isinstance(item, dict) else None
        if isinstance(item, dict) and item.get("visibleIf"):
            self._losses.note(f"{name}: {value}", _("It is always offered."))
        return Option(code=code, label=self._texts(text or value, value))

    def rating(self, element: Json, name: str) -> dict[str, Any]:
        values = element.get("rateValues")
        if isinstance(values, list) and values:
            options = self._listed(values, name)
            if not is_scale([option.code for option in options]):
                return {"type": QuestionType.CHOICE, "options": options}
        else:
            first = whole_number(element.get("rateMin"))
            last = whole_number(element.get("rateMax"))
            first = 1 if first is None else first
            last = (
                (whole_number(element.get("rateCount")) or 5) if last is None else last
            )
            options = self._points(first, last, name)
        ends = {
            key: self._texts(element[source], name) if element.get(source) else None
            for key, source in (
                ("low_label", "minRateDescription"),
                ("high_label", "maxRateDescription"),
            )
        }
        is_nps = is_recommendation(options, ends["low_label"], ends["high_label"])
        kind = QuestionType.NPS if is_nps else QuestionType.SCALE
        return {"type": kind, "options": options, **ends}

    def _points(self, first: int, last: int, name: str) -> tuple[Option, ...]:
        codes = [str(point) for point in range(first, min(last, first + HIGHEST) + 1)]
        if not is_scale(codes):
            self._losses.note(name, _("A scale has 2 to 11 points; this one is cut."))
            codes = [str(point) for point in range(1, 6)]
        labels = [dict.fromkeys(self._speech.languages, code) for code in codes]
        return tuple(
            Option(code=code, label=label)
            for code, label in zip(codes, labels, strict=True)
        )

    def boolean(self, element: Json, name: str) -> dict[str, Any]:
        usual = tuple(
            Option(code=code, label=self._speech.ours(label))
            for code, label in YES_NO_LABELS.items()
        )
        given = [
            self._texts(element[key], name) if element.get(key) else option.label
            for key, option in zip(("labelTrue", "labelFalse"), usual, strict=True)
        ]
        if given == [option.label for option in usual]:
            return {"options": usual}
        options = tuple(
            replace(option, label=label)
            for option, label in zip(usual, given, strict=True)
        )
        return {"type": QuestionType.CHOICE, "options": options}

    def matrix(self, element: Json, name: str) -> dict[str, Any]:
        rows = self._listed(element.get("rows"), name)
        raw = element.get("rows")
        values = [
            str(item.get("value", "") if isinstance(item, dict) else item)
            for item in (raw if isinstance(raw, list) else [])
        ]
        self._rows[name] = [
            (value, row.code) for value, row in zip(values, rows, strict=False)
        ]
        columns = self._listed(element.get("columns"), name)
        required = element.get("isAllRowRequired") is True
        scale = as_scale(columns)
        if scale is None:
            return {"rows": rows, "options": columns, "required": required}
        points, low, high = scale
        ends = {"low_label": low, "high_label": high}
        return {"rows": rows, "options": points, "required": required, **ends}

    def worded(self, element: Json, key: str, usual: Texts, name: str) -> Texts:
        if element.get(key):
            return self._texts(element[key], name)
        return self._speech.ours(usual)

    def rows_of(self, name: str, question: Question) -> Iterator[tuple[str, Option]]:
        """The rows of a matrix as the file calls them."""
        codes = {code: raw for raw, code in self._rows.get(name, [])}
        for row in question.rows:
            yield codes.get(row.code, row.code), row
