"""A question set as DDI-Codebook 2.5: what archives describe a survey with.

Elements stand in the order of the published schema. A variable is what a file of
answers has a column for: each option of a multiple choice, each row of a matrix.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from survey_app.exchange.expressions.pieces import UncarriedConditionError
from survey_app.exchange.losses import Loss, Losses
from survey_app.exchange.markers import (
    OTHERS_LEFT_OUT,
    for_xml,
    point_labels,
)
from survey_app.exchange.phrasing import phrased
from survey_app.exchange.surveyjs.conditions import SurveyJsPhrases
from survey_app.exchange.text_boxes import detail_question
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    NUMERIC_TYPES,
    Option,
    Page,
    Question,
    QuestionSet,
    QuestionType,
    Texts,
)
from survey_app.questionnaires.rules import Condition

NAMESPACE = "ddi:codebook:2_5"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TICKED = (
    Option(code="1", label={"nl": "Gekozen", "en": "Chosen"}),
    Option(code="0", label={"nl": "Niet gekozen", "en": "Not chosen"}),
)


def write_ddi(question_set: QuestionSet) -> tuple[bytes, tuple[Loss, ...]]:
    """The codebook: the study, and a variable for each answer."""
    losses = Losses()
    root = Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5"})
    _study(root, question_set)
    data = SubElement(root, "dataDscr")
    for page in question_set.pages:
        asked_of = _universe(page, question_set, losses)
        for question in page.questions:
            _note_losses(question, losses)
            for variable in _variables(question):
                data.append(_var(variable, asked_of))
    indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content, losses.all()


def _study(root: Element, question_set: QuestionSet) -> None:
    study = SubElement(root, "stdyDscr", {XML_LANG: question_set.default_language})
    citation = SubElement(study, "citation")
    titles = SubElement(citation, "titlStmt")
    first, *others = question_set.title.items()
    _text(titles, "titl", *first)
    for language, title in others:
        _text(titles, "parTitl", language, title)
    _plain(titles, "IDNo", question_set.id)
    if question_set.organisation is not None:
        producer = SubElement(citation, "prodStmt")
        _plain(producer, "producer", question_set.brand[question_set.default_language])
    statement = SubElement(citation, "verStmt")
    _plain(statement, "version", question_set.version)
    about = SubElement(study, "stdyInfo")
    _texts(about, "abstract", question_set.notice)
    access = SubElement(study, "dataAccs")
    for language, text in question_set.privacy.items():
        use = SubElement(access, "useStmt", {XML_LANG: language})  # one text in each
        _text(use, "conditions", language, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A column: the question it comes from, and what may stand in it."""

    name: str
    label: Texts
    question: Question
    values: tuple[Option, ...] = ()
    is_numeric: bool = False


def _variables(question: Question) -> Iterator[Variable]:
    match question.type:
        case QuestionType.INFO | QuestionType.EMAIL:
            return  # nothing is answered; contact details are in no file of answers
        case QuestionType.MULTI:
            yield from _each(question, _in(TICKED, question))
        case QuestionType.RANKING:
            yield from _each(question, ())
        case _:
            yield from _single(question)
    detail = detail_question(question)
    if detail is not None:
        yield Variable(name=detail.id, label=detail.title, question=detail)


def _each(question: Question, values: tuple[Option, ...]) -> Iterator[Variable]:
    """A column for each option: whether it is ticked, or its place in the order."""
    for option in question.options:
        yield Variable(
            name=f"{question.id}__{option.code}",
            label=option.label,
            question=question,
            values=values,
            is_numeric=True,
        )


def _single(question: Question) -> Iterator[Variable]:
    for part in question.parts:
        yield Variable(
            name=part.id,
            label=part.title,
            question=question,
            values=point_labels(part),
            is_numeric=part.type in NUMERIC_TYPES,
        )


def _var(variable: Variable, asked_of: str | None) -> Element:
    """In the schema's order: labl, qstn, valrng, universe, catgry, varFormat, notes."""
    question = variable.question
    interval = "discrete" if variable.values else "contin"
    about = {"ID": f"V_{variable.name}", "name": variable.name, "intrvl": interval}
    var = Element("var", about)
    _texts(var, "labl", variable.label)
    _asking(var, question)
    _range(var, question)
    if asked_of is not None:
        _plain(var, "universe", asked_of)
    for option in variable.values:
        _category(var, option)
    kind = "numeric" if variable.is_numeric else "character"
    SubElement(var, "varFormat", {"type": kind, "schema": "other"})
    if question.required:
        _text(var, "notes", "en", "An answer is required.")
    return var


def _asking(var: Element, question: Question) -> None:
    for language, text in question.title.items():
        qstn = SubElement(var, "qstn", {XML_LANG: language})
        _text(qstn, "qstnLit", language, text)
        if question.hint is not None:
            _text(qstn, "ivuInstr", language, question.hint[language])


def _range(var: Element, question: Question) -> None:
    bounds = {"min": question.minimum, "max": question.maximum}
    if question.type is QuestionType.DATE:
        bounds = {"min": question.earliest, "max": question.latest}  # type: ignore[dict-item] # days
    known = {name: str(value) for name, value in bounds.items() if value is not None}
    if known:
        SubElement(SubElement(var, "valrng"), "range", known)


def _category(var: Element, option: Option) -> None:
    attributes = {"missing": "Y"} if option.missing else {}
    category = SubElement(var, "catgry", attributes)
    _plain(category, "catValu", option.code)
    _texts(category, "labl", option.label)


def _universe(page: Page, question_set: QuestionSet, losses: Losses) -> str | None:
    """Of whom a page is asked; None for everybody."""
    condition: Condition | None = page.show_if
    if condition is None:
        return None
    names = {name: name for name in question_set.questions_by_answer}
    try:
        questions = question_set.questions_by_answer
        return phrased(condition, questions, SurveyJsPhrases(names))
    except UncarriedConditionError:
        losses.note(page.id, _("Its condition is not carried over."))
        return None


def _note_losses(question: Question, losses: Losses) -> None:
    if question.variants:
        losses.note(question.id, OTHERS_LEFT_OUT)
    if question.type in {QuestionType.INFO, QuestionType.EMAIL}:
        losses.note(question.id, _("It is no variable, so it is left out."))


def _in(options: tuple[Option, ...], question: Question) -> tuple[Option, ...]:
    return tuple(
        Option(code=o.code, label={k: o.label[k] for k in question.title})
        for o in options
    )


def _texts(parent: Element, tag: str, texts: Mapping[str, str]) -> None:
    for language, text in texts.items():
        _text(parent, tag, language, text)


def _text(parent: Element, tag: str, language: str, text: str) -> None:
    SubElement(parent, tag, {XML_LANG: language}).text = for_xml(text)


def _plain(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = for_xml(text)
