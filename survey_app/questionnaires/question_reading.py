"""Pages and questions of a question set file, read into records."""

from collections.abc import Callable

from survey_app.questionnaires.question_set import (
    TEXT_TYPES,
    Detail,
    Option,
    Page,
    Question,
    QuestionAnalysis,
    QuestionType,
    Variant,
)
from survey_app.questionnaires.rule_reading import InvalidConditionError, read_condition
from survey_app.questionnaires.rules import Combination, Condition
from survey_app.questionnaires.table import CODE, Table

SHORT_LENGTH = 300
LONG_LENGTH = 4_000
MAX_LENGTH = 10_000
NUMBER_LIMIT = 10**12
ALWAYS: Condition = Combination("and", ())
YES_NO_LABELS = {"yes": {"nl": "Ja", "en": "Yes"}, "no": {"nl": "Nee", "en": "No"}}


def read_pages(table: Table) -> tuple[Page, ...]:
    if not table.has("pages"):
        table.complain(
            "E_SCHEMA", "pages", "There are no pages.", "Write [[pages]] tables."
        )
    return tuple(_page(page) for page in table.tables("pages"))


def _page(table: Table) -> Page:
    page = Page(
        id=table.identifier("id"),
        number=table.whole("number", 1, 1000, None),
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
        detail=_detail(table.table("detail")),
        options=OPTION_READERS.get(kind, _no_options)(table),
        max_length=_max_length(table, kind),
        minimum=table.whole("minimum", -NUMBER_LIMIT, NUMBER_LIMIT, None),
        maximum=table.whole("maximum", -NUMBER_LIMIT, NUMBER_LIMIT, None),
        low_label=table.optional_texts("low_label"),
        high_label=table.optional_texts("high_label"),
    )
    table.refuse_unknown()
    return question


def _type(table: Table) -> QuestionType:
    name = table.string("type")
    if name in set(QuestionType):
        return QuestionType(name)
    if name:
        known = ", ".join(QuestionType)
        table.complain(
            "E_UNKNOWN_TYPE",
            "type",
            f"'{name}' is no type of question.",
            f"Choose one of {known}.",
        )
    return QuestionType.TEXT_LONG


def _no_options(table: Table) -> tuple[Option, ...]:
    del table
    return ()


def _written_options(table: Table) -> tuple[Option, ...]:
    return tuple(_option(option) for option in table.tables("options"))


def _option(table: Table) -> Option:
    option = Option(
        code=table.identifier("code", CODE),
        label=table.texts("label"),
        touchpoints=table.strings("touchpoints"),
        exclusive=table.flag("exclusive"),
        missing=table.flag("missing"),
    )
    table.refuse_unknown()
    return option


def _scale_options(table: Table) -> tuple[Option, ...]:
    """The points of a scale: ``points = [0, 10]`` are the first and the last."""
    match table.raw("points"):
        case [int(first), int(last)] if 0 <= first < last <= first + 10:
            return tuple(
                Option(code=str(n), label=dict.fromkeys(table.languages, str(n)))
                for n in range(first, last + 1)
            )
    table.complain(
        "E_SCHEMA",
        "points",
        "A scale needs its first and last point, at most 11 points.",
        "Write points = [1, 5].",
    )
    return ()


def _yes_no_options(table: Table) -> tuple[Option, ...]:
    return tuple(
        Option(code=code, label={name: label[name] for name in table.languages})
        for code, label in YES_NO_LABELS.items()
    )


OPTION_READERS: dict[QuestionType, Callable[[Table], tuple[Option, ...]]] = {
    QuestionType.CHOICE: _written_options,
    QuestionType.MULTI: _written_options,
    QuestionType.SCALE: _scale_options,
    QuestionType.YES_NO: _yes_no_options,
}


def _max_length(table: Table, kind: QuestionType) -> int:
    if kind not in TEXT_TYPES:
        return 0
    default = SHORT_LENGTH if kind is QuestionType.TEXT_SHORT else LONG_LENGTH
    return table.whole("max_length", 1, MAX_LENGTH, default) or default


def _detail(table: Table | None) -> Detail | None:
    if table is None:
        return None
    length = table.whole("max_length", 1, MAX_LENGTH, LONG_LENGTH) or LONG_LENGTH
    detail = Detail(label=table.texts("label"), max_length=length)
    table.refuse_unknown()
    return detail


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
        "A variant needs a condition.",
        'Write when = { eq = [{ answer = "…" }, "…"] }.',
    )
    return ALWAYS


def _condition(table: Table, key: str) -> Condition | None:
    if not table.has(key):
        return None
    try:
        return read_condition(table.raw(key))
    except InvalidConditionError as error:
        table.complain(
            "E_SCHEMA",
            key,
            f"This condition cannot be read: {error}.",
            "See question_sets/README.md.",
        )
        return ALWAYS
