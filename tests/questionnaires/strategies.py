"""Arbitrary question sets that are valid, and answers to them."""

import string
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from survey_app.questionnaires.checking.conditions import check_conditions
from survey_app.questionnaires.question_set import (
    Consent,
    Detail,
    LayoutKind,
    OnExpiry,
    Option,
    Page,
    PrivacyMode,
    Question,
    QuestionAnalysis,
    QuestionSet,
    QuestionSetSettings,
    QuestionType,
    Retention,
    Texts,
    Variant,
)
from survey_app.questionnaires.reading.options import NPS_LABELS, YES_NO_LABELS
from survey_app.questionnaires.rules import (
    META,
    META_VALUES,
    Answered,
    AnswerTo,
    Combination,
    Comparison,
    Condition,
    CountOf,
    Literal,
    MetaOf,
    Value,
)
from survey_app.questionnaires.vocabulary import (
    PHASES,
    ROLES,
    USUAL_CATALOGUE,
    touchpoint_catalogues,
)

LANGUAGES = ("nl", "en")
Draw = st.DrawFn
DAYS = st.dates(date(2000, 1, 1), date(2049, 12, 31))
# What files and pages trip over; no markup, and no braces, which are for answers.
WRITABLE = (
    "ab Z0-_.,:;?!=#|%$/\\\"'\t\u00e9\u00df\u4e2d\u05d0\u200f\u2028\ufeff\U0001f642"
)
WORDS = st.text(WRITABLE, min_size=1, max_size=12).filter(lambda text: text.strip())
SEVERAL_LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n\n".join)
NAMES = st.text(string.ascii_lowercase, min_size=1, max_size=6)
SOME_NAMES = st.lists(NAMES, min_size=2, max_size=4, unique=True)
LENGTHS = st.integers(1, 10_000)
FLAGS = st.booleans()
FREE_TYPES = [kind for kind in QuestionType if kind is not QuestionType.EMAIL]
TOUCHPOINTS = sorted(touchpoint_catalogues()[USUAL_CATALOGUE])


def _in_languages(words: str) -> Texts:
    return {language: f"{words} {language}" for language in LANGUAGES}


TEXTS = WORDS.map(_in_languages)
PARAGRAPHS = SEVERAL_LINES.map(_in_languages)
OPTIONAL_TEXTS = st.none() | TEXTS
DETAILS = st.none() | st.builds(Detail, label=TEXTS, max_length=LENGTHS)
CONSENTS = st.none() | st.builds(Consent, label=TEXTS, required=FLAGS)
ANALYSES = st.none() | st.builds(
    QuestionAnalysis,
    role=st.sampled_from(sorted(ROLES)),
    phase=st.sampled_from(sorted(PHASES)),
    touchpoint_prior=st.lists(st.sampled_from(TOUCHPOINTS), max_size=2).map(tuple),
)


def _may_edit(made: QuestionSetSettings) -> bool:
    """Only where it goes together with the other settings."""
    is_known = made.privacy_mode is not PrivacyMode.ANONYMOUS
    sees_all = made.allow_back and made.view_after_submit
    return made.edit_after_submit and is_known and sees_all


SETTINGS = st.builds(
    QuestionSetSettings,
    layout=st.sampled_from(LayoutKind),
    intro_page=FLAGS,
    check_answers=FLAGS,
    allow_back=FLAGS,
    view_after_submit=FLAGS,
    privacy_mode=st.sampled_from(PrivacyMode),
    retention=st.builds(
        Retention,
        completed_days=st.integers(1, 999),
        max_days=st.none() | st.integers(999, 3000),
        on_expiry=st.sampled_from(OnExpiry),
    ),
    min_group=st.integers(2, 100),
    prefill=st.lists(NAMES, max_size=2).map(tuple),
    embed_origins=st.lists(NAMES.map("https://{}.nl".format), max_size=2).map(tuple),
    ask_back=FLAGS,
    show_results_link=FLAGS,
    in_figures=FLAGS,
    edit_after_submit=FLAGS,
).map(lambda made: replace(made, edit_after_submit=_may_edit(made)))

Asked = dict[str, Question]  # by the ids of the answers


@st.composite
def question_sets(draw: Draw, *, with_dead_ends: bool = False) -> QuestionSet:
    """Up to five pages of every type; each may depend on any question before it.

    As written, not laid out. What nobody could ever see is taken out again, unless
    dead ends are asked for: then it is not always valid.
    """
    settings = draw(SETTINGS)
    asked: Asked = {}
    pages: list[Page] = []
    for number in range(draw(st.integers(1, 5))):
        page = _page(draw, number, settings, asked)
        pages.append(page)
        if settings.layout is not LayoutKind.SINGLE_PAGE:
            asked |= {name: q for q in page.questions for name in q.answer_ids}
    made = QuestionSet(
        id="made",
        version="1.0.0",
        languages=LANGUAGES,
        title=draw(TEXTS),
        notice=draw(TEXTS),
        privacy=draw(PARAGRAPHS),
        thanks_title=draw(TEXTS),
        thanks_text=draw(TEXTS),
        pages=tuple(pages),
        minutes=draw(st.none() | st.integers(1, 120)),
        organisation=draw(OPTIONAL_TEXTS),
        contact=draw(OPTIONAL_TEXTS),
        consent=draw(CONSENTS),
        settings=settings,
    )
    return made if with_dead_ends else _valid(made)


@st.composite
def answers_to(draw: Draw, question_set: QuestionSet) -> dict[str, Value]:
    """Some answers, on the path or off it, and what is known beside them."""
    answers: dict[str, Value] = {
        f"{META}{name}": draw(st.sampled_from(values))
        for name, values in META_VALUES.items()
    }
    for answer_id, question in question_set.questions_by_answer.items():
        if draw(FLAGS):
            answers[answer_id] = draw(values_of(question))
    return answers


def values_of(question: Question) -> st.SearchStrategy[Value]:
    """The answers that a question can get, as conditions look at them."""
    if question.type in {QuestionType.MULTI, QuestionType.RANKING}:
        codes = st.lists(st.sampled_from(question.codes), min_size=1, unique=True)
        return codes.map(tuple)
    if question.options:
        code = st.sampled_from(question.codes)
        return code.map(float) if question.is_numeric else code
    if question.type is QuestionType.NUMBER:
        return st.integers(-5, 105).map(float)
    if question.type is QuestionType.DATE:
        return DAYS.map(date.isoformat)
    return WORDS


def _valid(question_set: QuestionSet) -> QuestionSet:
    """Without the conditions that never hold, or hold too late."""
    pages = list(question_set.pages)
    for problem in check_conditions(question_set):
        assert problem.code in {"E_ALWAYS_HIDDEN", "E_UNREACHABLE", "E_NO_EXIT"}
        match problem.path:
            case ("pages", int(number), "show_if"):
                pages[number] = replace(pages[number], show_if=None)
            case ("pages", int(number), "questions", int(order), *_rest):
                asked = list(pages[number].questions)
                asked[order] = replace(asked[order], variants=())
                pages[number] = replace(pages[number], questions=tuple(asked))
    if pages == list(question_set.pages):
        return question_set
    return _valid(replace(question_set, pages=tuple(pages)))


def _page(draw: Draw, number: int, settings: QuestionSetSettings, asked: Asked) -> Page:
    is_identified = settings.privacy_mode is PrivacyMode.IDENTIFIED
    kinds = list(QuestionType) if is_identified else FREE_TYPES
    return Page(
        id=f"p{number}",
        number=draw(st.none() | st.integers(1, 9)),
        title=draw(TEXTS),
        show_if=_condition(draw, asked) if draw(FLAGS) and asked else None,
        questions=tuple(
            _question(draw, f"q{number}_{order}", draw(st.sampled_from(kinds)), asked)
            for order in range(draw(st.integers(1, 2)))
        ),
    )


def _question(draw: Draw, name: str, kind: QuestionType, asked: Asked) -> Question:
    variants = draw(st.integers(0, 2)) if asked else 0
    return Question(
        id=name,
        type=kind,
        title=_title(draw, asked),
        hint=draw(OPTIONAL_TEXTS),
        required=kind is not QuestionType.INFO and draw(FLAGS),
        trait=draw(st.none() | NAMES),
        analysis=draw(ANALYSES),
        variants=tuple(
            Variant(
                when=_condition(draw, asked),
                title=_title(draw, asked),
                hint=draw(OPTIONAL_TEXTS),
            )
            for _order in range(variants)
        ),
        **_of_type(draw, kind),
    )


def _of_type(draw: Draw, kind: QuestionType) -> dict[str, Any]:
    made = OF_TYPE.get(kind)
    return {} if made is None else made(draw)


def _title(draw: Draw, asked: Asked) -> Texts:
    """Now and then with an earlier answer in it."""
    title = draw(TEXTS)
    if not asked or draw(FLAGS):
        return title
    name = draw(st.sampled_from(sorted(asked)))
    return {language: f"{text} {{{name}|…}}" for language, text in title.items()}


def _options(draw: Draw, *, flags: bool = False) -> tuple[Option, ...]:
    """The first is a real answer, so that the question may be required."""
    return tuple(
        Option(
            code=code,
            label=_in_languages(code),
            exclusive=flags and draw(FLAGS),
            missing=flags and order > 0 and draw(FLAGS),
        )
        for order, code in enumerate(draw(SOME_NAMES))
    )


def _points(draw: Draw) -> tuple[Option, ...]:
    first = draw(st.integers(0, 5))
    return _numbered(first, first + draw(st.integers(1, 9)))


def _numbered(first: int, last: int) -> tuple[Option, ...]:
    return tuple(
        Option(code=str(n), label=dict.fromkeys(LANGUAGES, str(n)))
        for n in range(first, last + 1)
    )


def _matrix(draw: Draw) -> dict[str, Any]:
    columns = _points(draw) if draw(FLAGS) else _options(draw)
    return {"options": columns, "rows": _options(draw)}


def _chosen(draw: Draw) -> dict[str, Any]:
    return {"options": _options(draw, flags=True), "detail": draw(DETAILS)}


YES_NO = tuple(Option(code=c, label=label) for c, label in YES_NO_LABELS.items())
OF_TYPE: dict[QuestionType, Callable[[Draw], dict[str, Any]]] = {
    QuestionType.TEXT_SHORT: lambda draw: {"max_length": draw(LENGTHS)},
    QuestionType.TEXT_LONG: lambda draw: {"max_length": draw(LENGTHS)},
    QuestionType.CHOICE: _chosen,
    QuestionType.MULTI: _chosen,
    QuestionType.RANKING: lambda draw: {"options": _options(draw)},
    QuestionType.SCALE: lambda draw: {
        "options": _points(draw),
        "low_label": draw(OPTIONAL_TEXTS),
    },
    QuestionType.NPS: lambda draw: {
        "options": _numbered(0, 10),
        **{key: draw(st.just(label) | TEXTS) for key, label in NPS_LABELS.items()},
    },
    QuestionType.YES_NO: lambda _draw: {"options": YES_NO},
    QuestionType.MATRIX: _matrix,
    QuestionType.NUMBER: lambda draw: {"minimum": draw(st.none() | st.integers(-5, 5))},
    QuestionType.DATE: lambda draw: {"earliest": draw(st.none() | DAYS)},
}


def _condition(draw: Draw, asked: Asked, depth: int = 1) -> Condition:
    """A condition that looks at these questions only, nested a little."""
    kinds = ["answer", "answer", "meta", *(["and", "or", "not"] if depth else [])]
    kind = draw(st.sampled_from(kinds))
    if kind in {"and", "or"}:
        parts = range(draw(st.integers(1, 2)))
        return Combination(
            kind, tuple(_condition(draw, asked, depth - 1) for _part in parts)
        )
    if kind == "not":
        return Combination("not", (_condition(draw, asked, depth - 1),))
    if kind == "meta":
        name = draw(st.sampled_from(sorted(META_VALUES)))
        value = draw(st.sampled_from(META_VALUES[name]))
        equality = draw(st.sampled_from(["eq", "ne"]))
        return Comparison(equality, MetaOf(name), Literal(value))
    return _about_answer(draw, asked)


def _about_answer(draw: Draw, asked: Asked) -> Condition:
    name = draw(st.sampled_from(sorted(asked)))
    question = asked[name]
    value = draw(values_of(question))
    if draw(FLAGS):
        return Answered(AnswerTo(name))
    if isinstance(value, tuple):
        if draw(FLAGS):
            return Comparison("ge", CountOf(name), Literal(float(len(value))))
        operators = ["in", "any_in", "all_in"]
    else:
        has_order = question.is_numeric or question.type is QuestionType.DATE
        operators = ["eq", "ne", *(["gt", "ge", "lt", "le"] if has_order else [])]
    return Comparison(draw(st.sampled_from(operators)), AnswerTo(name), Literal(value))
