"""Whether conditions look at what is known by then, and can be true at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey_app.questionnaires.checking.comparisons import check_comparison
from survey_app.questionnaires.checking.reachability import check_reachability
from survey_app.questionnaires.problems import Message, Path, Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import LayoutKind, QuestionSet, QuestionType
from survey_app.questionnaires.rules import Condition, referred_questions

Position = tuple[int, int]  # page, question on it; -1 is the page itself


@dataclass(frozen=True, slots=True)
class PlacedCondition:
    """A condition of a page, or of a variant of a question."""

    path: Path
    position: Position
    condition: Condition


def placed_conditions(question_set: QuestionSet) -> Iterator[PlacedCondition]:
    for page_number, page in enumerate(question_set.pages):
        path: Path = ("pages", page_number)
        if page.show_if is not None:
            place = (*path, "show_if")
            yield PlacedCondition(place, (page_number, -1), page.show_if)
        for number, question in enumerate(page.questions):
            for order, variant in enumerate(question.variants):
                place = (*path, "questions", number, "variants", order, "when")
                yield PlacedCondition(place, (page_number, number), variant.when)


def answer_positions(question_set: QuestionSet) -> dict[str, Position]:
    """Where each answer is given, by the id it is stored under."""
    return {
        answer_id: (page_number, number)
        for page_number, page in enumerate(question_set.pages)
        for number, question in enumerate(page.questions)
        for answer_id in question.answer_ids
    }


def check_conditions(question_set: QuestionSet) -> Iterator[Problem]:
    problems = list(_check_references(question_set))
    yield from problems
    if not problems:
        yield from check_reachability(question_set)


def _check_references(question_set: QuestionSet) -> Iterator[Problem]:
    positions = answer_positions(question_set)
    layout = question_set.settings.layout
    for placed in placed_conditions(question_set):
        if layout is LayoutKind.SINGLE_PAGE and "show_if" in placed.path:
            yield _same_page(placed.path)
            continue
        wrong = [
            problem
            for name in referred_questions(placed.condition)
            if (problem := check_reference(question_set, placed, name, positions))
        ]
        yield from wrong
        if not wrong:
            for comparison in placed.condition.comparisons():
                yield from check_comparison(comparison, placed.path, question_set)


def check_reference(
    question_set: QuestionSet,
    placed: PlacedCondition,
    name: str,
    positions: Mapping[str, Position],
) -> Problem | None:
    """Only an answer on an earlier page is known when a page is drawn."""
    found = positions.get(name)
    if found is None:
        return _unknown(question_set, placed.path, name)
    page, number = placed.position
    if found == placed.position or (number == -1 and found[0] == page):
        return Problem(
            "E_SELF_REF",
            placed.path,
            _("It looks at “%(name)s”, its own answer.", name=name),
            _("Only an earlier question can decide."),
        )
    if found > placed.position:
        return Problem(
            "E_FORWARD_REF",
            placed.path,
            _("It looks at “%(name)s”, which is asked later.", name=name),
            _("Only an earlier question can decide: change the order."),
        )
    shared = question_set.settings.layout is not LayoutKind.QUESTION_PER_PAGE
    same = found[0] == page or question_set.settings.layout is LayoutKind.SINGLE_PAGE
    return _same_page(placed.path) if same and shared else None


def _unknown(question_set: QuestionSet, path: Path, name: str) -> Problem:
    question = question_set.questions.get(name)
    if question is not None and question.type is QuestionType.MATRIX:
        return Problem(
            "E_UNKNOWN_REF",
            path,
            _("“%(name)s” is a matrix; each row has an answer of its own.", name=name),
            _("Name a row: “%(row)s”.", row=question.answer_ids[0]),
        )
    sentence: Message = _("No question “%(name)s” is asked.", name=name[:60])
    return Problem("E_UNKNOWN_REF", path, sentence, _("Check the id."))


def _same_page(path: Path) -> Problem:
    return Problem(
        "E_SAME_PAGE",
        path,
        _("It looks at an answer that is given on the same page."),
        _(
            "Put the question on an earlier page, or write"
            ' layout = "question_per_page".'
        ),
    )
