"""What must hold within one question: its options, limits, words of the analysis."""

from collections import Counter
from collections.abc import Iterable, Iterator

from survey_app.questionnaires.problems import Path, Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    Option,
    PrivacyMode,
    Question,
    QuestionType,
)
from survey_app.questionnaires.vocabulary import PHASES, ROLES

WITH_OPTIONS = frozenset(
    {
        QuestionType.CHOICE,
        QuestionType.MULTI,
        QuestionType.RANKING,
        QuestionType.MATRIX,
    }
)
FLAG_TYPES = frozenset({QuestionType.CHOICE, QuestionType.MULTI})
MIN_OPTIONS = 2
MAX_OPTIONS = 100


def check_question(
    path: Path,
    question: Question,
    touchpoints: frozenset[str] | None,
    privacy_mode: PrivacyMode,
) -> Iterator[Problem]:
    """``touchpoints`` is None when it is not known which ones there are."""
    if question.type in WITH_OPTIONS:
        yield from _check_count((*path, "options"), question.options)
        yield from _check_options((*path, "options"), question.options)
    if question.type is QuestionType.MATRIX:
        yield from _check_count((*path, "rows"), question.rows)
        yield from _check_options((*path, "rows"), question.rows)
    yield from _check_details(path, question)
    yield from _check_flags(path, question)
    yield from _check_range(path, question)
    yield from _check_required(path, question)
    yield from _check_vocabulary(path, question, touchpoints)
    if question.type is QuestionType.EMAIL and privacy_mode != PrivacyMode.IDENTIFIED:
        yield Problem(
            "E_PII_IN_ANONYMOUS",
            (*path, "type"),
            _(
                "An e-mail address is asked, but the mode is %(mode)s.",
                mode=privacy_mode,
            ),
            _('Leave the question out, or write privacy_mode = "identified".'),
        )


def _check_count(path: Path, options: tuple[Option, ...]) -> Iterator[Problem]:
    if not MIN_OPTIONS <= len(options) <= MAX_OPTIONS:
        yield Problem(
            "E_SCHEMA",
            path,
            _("There are %(count)s of these.", count=len(options)),
            _("Write from %(low)s to %(high)s.", low=MIN_OPTIONS, high=MAX_OPTIONS),
        )


def _check_options(path: Path, options: tuple[Option, ...]) -> Iterator[Problem]:
    for number in _repeated(option.code for option in options):
        yield Problem(
            "E_DUP_CODE",
            (*path, number, "code"),
            _("The code “%(code)s” is used twice.", code=options[number].code),
            _("Codes are what is stored: give each option its own."),
        )
    for language in options[0].label if options else ():
        labels = [option.label[language].casefold().strip() for option in options]
        for number in _repeated(labels):
            yield Problem(
                "E_DUP_LABEL",
                (*path, number, "label", language),
                _("Another option reads “%(label)s” too.", label=labels[number]),
                _("Nobody can choose between them: change one."),
            )


def _repeated(names: Iterable[str]) -> Iterator[int]:
    seen: Counter[str] = Counter()
    for number, name in enumerate(names):
        seen[name] += 1
        if seen[name] > 1:
            yield number


def _check_details(path: Path, question: Question) -> Iterator[Problem]:
    """One text is stored beside the options, so there is one box at most."""
    places = [(*path, "detail")] if question.detail is not None else []
    places += [
        (*path, "options", number, "detail")
        for number, option in enumerate(question.options)
        if option.detail is not None
    ]
    for place in places[1:]:
        yield Problem(
            "E_TWO_DETAILS",
            place,
            _("This question has another text box already."),
            _("Keep one detail: that of the question or of one option."),
        )
    if question.type not in FLAG_TYPES:
        for place in places:
            if place[-3] == "options":
                yield _misplaced(place, "detail")


def _check_flags(path: Path, question: Question) -> Iterator[Problem]:
    for number, option in enumerate(question.options):
        place = (*path, "options", number)
        if option.exclusive and question.type not in FLAG_TYPES:
            yield _misplaced((*place, "exclusive"), "exclusive")
        if option.missing and question.type is QuestionType.RANKING:
            yield _misplaced((*place, "missing"), "missing")
    for number, row in enumerate(question.rows):
        for flag in ("exclusive", "missing", "detail"):
            if getattr(row, flag):
                yield _misplaced((*path, "rows", number, flag), flag)


def _misplaced(path: Path, key: str) -> Problem:
    return Problem(
        "E_SCHEMA",
        path,
        _("“%(key)s” means nothing here.", key=key),
        _("Leave it out."),
    )


def _check_range(path: Path, question: Question) -> Iterator[Problem]:
    for low, high, key in (
        (question.minimum, question.maximum, "maximum"),
        (question.earliest, question.latest, "latest"),
    ):
        if low is not None and high is not None and low > high:  # type: ignore[operator] # both numbers or both days
            yield Problem(
                "E_BAD_RANGE",
                (*path, key),
                _("%(high)s is less than %(low)s.", high=high, low=low),
                _("No answer would do: change one of them."),
            )


def _check_required(path: Path, question: Question) -> Iterator[Problem]:
    if not question.required:
        return
    place = (*path, "required")
    if question.type is QuestionType.INFO:
        yield Problem(
            "E_NO_EXIT",
            place,
            _("This is only read, so it cannot be answered."),
            _("Leave required out."),
        )
    if question.options and all(option.missing for option in question.options):
        yield Problem(
            "E_REQUIRED_WITH_MISSING_ONLY",
            place,
            _("An answer is required, but every option counts as no answer."),
            _("Add a real answer, or leave required out."),
        )


def _check_vocabulary(
    path: Path, question: Question, touchpoints: frozenset[str] | None
) -> Iterator[Problem]:
    analysis = question.analysis
    if analysis is not None:
        place = (*path, "analysis")
        yield from _check_word("E_UNKNOWN_ROLE", (*place, "role"), analysis.role, ROLES)
        yield from _check_word(
            "E_UNKNOWN_PHASE", (*place, "phase"), analysis.phase, PHASES
        )
        for code in analysis.touchpoint_prior:
            named = (*place, "touchpoint_prior")
            yield from _check_word("E_TOUCHPOINT_UNKNOWN", named, code, touchpoints)
    for key, offered in (("options", question.options), ("rows", question.rows)):
        for number, option in enumerate(offered):
            named = (*path, key, number, "touchpoints")
            for code in option.touchpoints:
                yield from _check_word("E_TOUCHPOINT_UNKNOWN", named, code, touchpoints)


def _check_word(
    code: str, path: Path, word: str, known: frozenset[str] | None
) -> Iterator[Problem]:
    if known is not None and word not in known:
        yield Problem(
            code,
            path,
            _("“%(word)s” is not known.", word=word[:60]),
            _("Choose from %(known)s.", known=", ".join(sorted(known))),
        )
