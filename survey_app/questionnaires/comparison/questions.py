"""Whether answers to a question may be compared with those before it was changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from survey_app.questionnaires.problems import Message, Path
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import Option, Question, QuestionType


class Comparability(StrEnum):
    """From fully to not at all; a figure over time breaks at the last but two."""

    SAME = "same"
    WORDING = "wording"  # comparable, with a note
    OPTIONS = "options"  # comparable on the codes that both have
    MEANING = "meaning"  # another question: it needs a new id
    NEW = "new"
    REMOVED = "removed"


ORDER = (
    Comparability.SAME,
    Comparability.WORDING,
    Comparability.OPTIONS,
    Comparability.MEANING,
)
POINT_TYPES = frozenset({QuestionType.SCALE, QuestionType.NPS})
Reason = tuple[Comparability, Message]


@dataclass(frozen=True, slots=True)
class QuestionChange:
    question_id: str
    what: Comparability
    reasons: tuple[Message, ...] = ()
    path: Path = ()  # in the new version


def compare_question(
    before: Question, after: Question, *, path: Path
) -> QuestionChange:
    """The gravest of all that changed decides."""
    reasons = [reason for find in FINDERS for reason in find(before, after)]
    what = max((what for what, _reason in reasons), key=ORDER.index, default=ORDER[0])
    return QuestionChange(
        after.id, what, tuple(reason for _what, reason in reasons), path
    )


def _meaning(before: Question, after: Question) -> Iterator[Reason]:
    if before.type is not after.type:
        yield (
            Comparability.MEANING,
            _(
                "It was of type %(before)s and is of type %(after)s.",
                before=before.type,
                after=after.type,
            ),
        )
    if before.analysis != after.analysis:
        yield (
            Comparability.MEANING,
            _("What its answers are evidence of changed (analysis)."),
        )
    ends = (before.low_label, before.high_label)
    is_told = None not in ends and ends[0] != ends[1]
    if is_told and ends == (after.high_label, after.low_label):
        yield Comparability.MEANING, _("The ends of the scale were swapped.")


def _choices(before: Question, after: Question) -> Iterator[Reason]:
    if before.type is not after.type:
        return
    is_scale = before.type in POINT_TYPES or (before.is_numeric and before.options)
    if is_scale and before.codes != after.codes:
        yield (
            Comparability.MEANING,
            _(
                "The scale ran from %(before)s and runs from %(after)s.",
                before=_ends(before),
                after=_ends(after),
            ),
        )
        return
    yield from _offered(before.options, after.options)
    yield from _offered(before.rows, after.rows)


def _ends(question: Question) -> str:
    return f"{question.codes[0]}–{question.codes[-1]}" if question.codes else "–"


def _offered(before: tuple[Option, ...], after: tuple[Option, ...]) -> Iterator[Reason]:
    old = {option.code: option for option in before}
    new = {option.code: option for option in after}
    if old and not old.keys() & new.keys():
        yield Comparability.MEANING, _("None of the codes before is left.")
        return
    if gone := [code for code in old if code not in new]:
        yield (
            Comparability.OPTIONS,
            _("No longer offered: %(codes)s.", codes=", ".join(gone)),
        )
    if added := [code for code in new if code not in old]:
        yield (
            Comparability.OPTIONS,
            _("Also offered: %(codes)s.", codes=", ".join(added)),
        )
    shared = [code for code in new if code in old]
    if shared != [code for code in old if code in new]:
        yield Comparability.WORDING, _("The options are in a different order.")
    for code in shared:
        yield from _option(old[code], new[code])


def _option(before: Option, after: Option) -> Iterator[Reason]:
    if (before.missing, before.exclusive) != (after.missing, after.exclusive):
        yield (
            Comparability.OPTIONS,
            _(
                "“%(code)s” is counted differently (missing, exclusive).",
                code=after.code,
            ),
        )
    if before.touchpoints != after.touchpoints:
        yield (
            Comparability.OPTIONS,
            _("“%(code)s” is evidence of different touchpoints.", code=after.code),
        )
    if before.label != after.label or before.detail != after.detail:
        yield (
            Comparability.WORDING,
            _("“%(code)s” is worded differently.", code=after.code),
        )


def _limits(before: Question, after: Question) -> Iterator[Reason]:
    for name in ("minimum", "maximum", "earliest", "latest"):
        if getattr(before, name) != getattr(after, name):
            yield Comparability.OPTIONS, _("The limit “%(name)s” changed.", name=name)


def _words(before: Question, after: Question) -> Iterator[Reason]:
    for name in ("title", "hint", "variants", "detail", "low_label", "high_label"):
        if getattr(before, name) != getattr(after, name):
            yield (
                Comparability.WORDING,
                _("“%(name)s” is worded differently.", name=name),
            )
    if before.required != after.required:
        yield Comparability.WORDING, _("Whether it must be answered changed.")


def _harmless(before: Question, after: Question) -> Iterator[Reason]:
    for name in ("max_length", "trait"):
        if getattr(before, name) != getattr(after, name):
            yield Comparability.SAME, _("“%(name)s” changed.", name=name)


FINDERS: tuple[Callable[[Question, Question], Iterator[Reason]], ...] = (
    _meaning,
    _choices,
    _limits,
    _words,
    _harmless,
)
