"""Words for what a question set holds, for the keeper: types, rules, settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import format_datetime, gettext, ngettext
from flask_babel import lazy_gettext as _

from survey_app.questionnaires.question_set import QuestionSet, QuestionType
from survey_app.questionnaires.rules import (
    Answered,
    AnswerTo,
    Combination,
    Comparison,
    Condition,
    CountOf,
    Literal,
    MetaOf,
    Operand,
    Value,
)
from survey_app.touchpoints.catalogue import load_catalogue
from survey_app.web.locale import current_language

STATES = {
    "draft": _("Draft"),
    "soon": _("Opens later"),
    "open": _("Open"),
    "full": _("Full"),
    "closed": _("Closed"),
    "retired": _("Retired"),
}
TYPES = {
    QuestionType.TEXT_LONG: _("Text in their own words"),
    QuestionType.TEXT_SHORT: _("Short text, one line"),
    QuestionType.CHOICE: _("Choose one"),
    QuestionType.MULTI: _("Choose several"),
    QuestionType.YES_NO: _("Yes or no"),
    QuestionType.SCALE: _("Scale with points"),
    QuestionType.NPS: _("Recommend, 0 to 10"),
    QuestionType.RANKING: _("Put in order"),
    QuestionType.MATRIX: _("Several statements, one scale"),
    QuestionType.NUMBER: _("Number"),
    QuestionType.DATE: _("Date"),
    QuestionType.EMAIL: _("E-mail address"),
    QuestionType.INFO: _("Only text, no answer"),
}
ROLES = {
    "found_us": _("How they found us"),
    "website_experience": _("First impression of the website"),
    "findability": _("Finding what they looked for"),
    "interactions": _("Contact, online and offline"),
    "time_on_site": _("Time on the website"),
    "deciding_factor": _("What decided"),
    "simplify_purchase": _("Making buying simpler"),
    "why_us": _("Why us"),
}
PHASES = {
    "consider": _("Consider"),
    "evaluate": _("Evaluate"),
    "buy": _("Buy"),
    "experience": _("Experience"),
}
LAYOUTS = {
    "page": _("As written below, page by page"),
    "question_per_page": _("One question a page"),
    "single_page": _("Everything on one page"),
}
PRIVACY_MODES = {
    "pseudonymous": _("By number: answers carry a number, never a name"),
    "anonymous": _("Anonymous: nothing leads back to a person"),
    "identified": _("With contact details, if respondents give them"),
}
ON_EXPIRY = {
    "delete": _("delete"),
    "anonymise": _("keep without anything that leads to a person"),
}
META = {
    "language": _("the language"),
    "privacy_mode": _("the privacy mode"),
    "source": _("where the respondent came from"),
    "device": _("the device"),
}
COMPARED = {
    "eq": _("is"),
    "ne": _("is not"),
    "gt": _("is more than"),
    "ge": _("is at least"),
    "lt": _("is less than"),
    "le": _("is at most"),
    "in": _("is"),
    "any_in": _("is"),
    "all_in": _("is nothing but"),
}
SAME = {
    "same": _("Unchanged"),
    "wording": _("Other words"),
    "options": _("Other options"),
    "meaning": _("Another meaning"),
    "new": _("New"),
    "removed": _("Left out"),
}


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """What a rule needs of a question that it looks at."""

    title: str
    options: Mapping[str, str] = field(default_factory=dict)


Lexicon = Mapping[str, QuestionWords]


def lexicon_of(question_set: QuestionSet, language: str) -> Lexicon:
    return {
        part.id: QuestionWords(
            part.title[language]
            if part is question
            else f"{question.title[language]} {part.title[language]}",
            {option.code: option.label[language] for option in part.options},
        )
        for question in question_set.questions.values()
        for part in question.parts
    }


def say_condition(condition: Condition, lexicon: Lexicon) -> str:
    match condition:
        case Answered(answer):
            return str(
                gettext("“%(q)s” is answered", q=_title(answer.question_id, lexicon))
            )
        case Comparison():
            return _say_comparison(condition, lexicon)
        case Combination("not", (Answered(answer),)):
            title = _title(answer.question_id, lexicon)
            return str(gettext("“%(q)s” is not answered", q=title))
        case Combination("not", parts):
            said = say_condition(parts[0], lexicon)
            return str(gettext("it is not so that %(rule)s", rule=said))
        case Combination(operator, parts):
            joint = gettext(" and ") if operator == "and" else gettext(" or ")
            return str(joint).join(_say_part(part, lexicon) for part in parts)


def _say_part(condition: Condition, lexicon: Lexicon) -> str:
    """Between brackets where "and" and "or" would run into each other."""
    said = say_condition(condition, lexicon)
    is_mixed = isinstance(condition, Combination) and len(condition.parts) > 1
    return f"({said})" if is_mixed else said


def _say_comparison(comparison: Comparison, lexicon: Lexicon) -> str:
    left, right = comparison.left, comparison.right
    words = lexicon.get(left.question_id) if isinstance(left, AnswerTo) else None
    said = _say_operand(right, lexicon, words)
    return f"{_say_operand(left, lexicon, None)} {COMPARED[comparison.operator]} {said}"


def _say_operand(
    operand: Operand, lexicon: Lexicon, words: QuestionWords | None
) -> str:
    match operand:
        case AnswerTo(question_id):
            return f"“{_title(question_id, lexicon)}”"
        case CountOf(question_id):
            title = _title(question_id, lexicon)
            return str(gettext("the number of answers ticked to “%(q)s”", q=title))
        case MetaOf(name):
            return str(META.get(name, name))
        case Literal(content):
            return _say_value(content, words)


def _say_value(content: Value, words: QuestionWords | None) -> str:
    if isinstance(content, tuple):
        return str(gettext(" or ")).join(_say_value(code, words) for code in content)
    if isinstance(content, float) and content.is_integer():
        content = int(content)
    label = words.options.get(str(content)) if words else None
    return f"“{label}”" if label and label != str(content) else str(content)


def _title(question_id: str, lexicon: Lexicon) -> str:
    words = lexicon.get(question_id)
    return words.title if words and words.title else question_id


def say_days(days: int) -> str:
    return str(ngettext("%(num)d day", "%(num)d days", days))


def ask_in(offered: Sequence[str]) -> str:
    """The language in which a keeper reads questions: their own, if it is offered."""
    mine = current_language()
    return mine if mine in offered else offered[0]


def say_clock(value: datetime | None) -> str:
    """A time as a box for a day and time holds it: on the page's own clock."""
    return str(format_datetime(value, "yyyy-MM-dd'T'HH:mm")) if value else ""


def say_touchpoint(code: str) -> str:
    return load_catalogue().name(code, current_language())
