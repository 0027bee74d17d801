"""Pages and questions of a question set file, read into records."""

from typing import Any

from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    DETAIL_TYPES,
    TEXT_TYPES,
    Page,
    Question,
    QuestionAnalysis,
    QuestionType,
    Variant,
)
from survey_app.questionnaires.reading.conditions import (
    InvalidConditionError,
    read_condition,
)
from survey_app.questionnaires.reading.options import (
    LONG_LENGTH,
    read_detail,
    read_end_labels,
    read_length,
    read_options,
    read_rows,
)
from survey_app.questionnaires.reading.table import Table
from survey_app.questionnaires.rules import Combination, Condition

SHORT_LENGTH = 300
NUMBER_LIMIT = 10**12
MAX_PAGES = 200
MAX_QUESTIONS = 100  # of one page
ALWAYS: Condition = Combination("and", ())


def read_pages(table: Table) -> tuple[Page, ...]:
    pages = tuple(_page(page) for page in table.tables("pages"))
    if not pages:
        table.complain(
            "E_SCHEMA", "pages", _("There are no pages."), _("Write [[pages]] tables.")
        )
    return pages


def _page(table: Table) -> Page:
    page = Page(
        id=table.identifier("id"),
        number=table.whole("number", 1, 1000),
        title=table.optional_texts("title"),
        show_if=_condition(table, "show_if"),
        questions=tuple(_question(question) for question in table.tables("questions")),
    )
    table.refuse_unknown()
    return page


def _question(table: Table) -> Question:
    kind = _type(table)
    question = Question(
        id=table.identifier("id"),
        type=kind,
        title=table.texts("title"),
        hint=table.optional_texts("hint"),
        required=table.flag("required"),
        variants=tuple(_variant(variant) for variant in table.tables("variants")),
        analysis=_analysis(table.table("analysis")),
        trait=table.identifier("trait") if table.has("trait") else None,
        options=read_options(table, kind),
        **_of_type(table, kind),
    )
    table.refuse_unknown()
    return question


def _of_type(table: Table, kind: QuestionType) -> dict[str, Any]:
    """What only some types have; elsewhere these keys are mistakes."""
    if kind in TEXT_TYPES:
        is_short = kind is QuestionType.TEXT_SHORT
        default = SHORT_LENGTH if is_short else LONG_LENGTH
        return {"max_length": read_length(table, default)}
    if kind is QuestionType.NUMBER:
        return {
            name: table.whole(name, -NUMBER_LIMIT, NUMBER_LIMIT)
            for name in ("minimum", "maximum")
        }
    if kind is QuestionType.DATE:
        return {name: table.day(name) for name in ("earliest", "latest")}
    if kind is QuestionType.MATRIX:
        return {"rows": read_rows(table), **read_end_labels(table, kind)}
    detail = (
        {"detail": read_detail(table.table("detail"))} if kind in DETAIL_TYPES else {}
    )
    return {**detail, **read_end_labels(table, kind)}


def _type(table: Table) -> QuestionType:
    name = table.string("type")
    if name in set(QuestionType):
        return QuestionType(name)
    if name:
        table.complain(
            "E_UNKNOWN_TYPE",
            "type",
            _("“%(name)s” is not a type of question.", name=name[:60]),
            _("Choose from %(known)s.", known=", ".join(QuestionType)),
        )
    return QuestionType.TEXT_LONG


def _analysis(table: Table | None) -> QuestionAnalysis | None:
    if table is None:
        return None
    analysis = QuestionAnalysis(
        role=table.string("role"),
        phase=table.string("phase"),
        touchpoint_prior=table.strings("touchpoint_prior"),
    )
    table.refuse_unknown()
    return analysis


def _variant(table: Table) -> Variant:
    for key in ("type", "options", "id", "required", "rows", "detail"):
        if table.has(key):
            table.raw(key)
            table.complain(
                "E_VARIANT_TYPE",
                key,
                _("A variant is the same question in other words."),
                _("Leave “%(key)s” out, or make it a question of its own.", key=key),
            )
    variant = Variant(
        when=_condition(table, "when") or _missing_when(table),
        title=table.optional_texts("title"),
        hint=table.optional_texts("hint"),
    )
    table.refuse_unknown()
    return variant


def _missing_when(table: Table) -> Condition:
    table.complain(
        "E_SCHEMA",
        "when",
        _("A variant needs a condition."),
        _('Write when = { eq = [{ answer = "…" }, "…"] }.'),
    )
    return ALWAYS


def _condition(table: Table, key: str) -> Condition | None:
    if not table.has(key):
        return None
    try:
        return read_condition(table.raw(key))
    except InvalidConditionError as error:
        table.complain(error.code, key, error.sentence, error.fix)
        return ALWAYS
