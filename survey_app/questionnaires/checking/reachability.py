"""Whether every page and every variant can ever be seen, found by trying answers.

What conditions look at is few questions, and of each only the codes and limits that
they name matter: those are tried in every combination. Where that would be too many,
nothing is claimed.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from survey_app.questionnaires.checking.possible_answers import (
    meta_values,
    possible_answers,
)
from survey_app.questionnaires.path import answers_on_path, visible_pages
from survey_app.questionnaires.problems import Path, Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import Page, QuestionSet
from survey_app.questionnaires.rules import META, Answers, Condition, Value, referred

MOST_COMBINATIONS = 4_096


def check_reachability(question_set: QuestionSet) -> Iterator[Problem]:
    finder = _Finder(question_set)
    for number, page in enumerate(question_set.pages):
        path: Path = ("pages", number)
        if page.show_if is not None:
            yield from _check_page((*path, "show_if"), page.show_if, finder)
        for order, question in enumerate(page.questions):
            whens = [variant.when for variant in question.variants]
            place = (*path, "questions", order, "variants")
            yield from _check_variants(place, page, whens, finder)
    yield from _check_entry(question_set)


class _Finder:
    """Tries answers until a condition holds."""

    def __init__(self, question_set: QuestionSet) -> None:
        self._question_set = question_set
        self._conditions = {
            name: page.show_if
            for page in question_set.pages
            for name in page.answer_ids
            if page.show_if is not None
        }

    def ever(self, *conditions: Condition, on_path: bool = False) -> bool | None:
        """Whether they can all hold at once; None when that is too much to try."""
        looked_at = self._looked_at(conditions)
        values = possible_answers(self._question_set, looked_at)
        if values is None or prod(map(len, values.values())) > MOST_COMBINATIONS:
            return None
        return any(
            all(condition.holds(answers) for condition in conditions)
            for answers in self._combinations(values, on_path=on_path)
        )

    def combinations(self, *conditions: Condition) -> Iterator[Answers] | None:
        values = possible_answers(self._question_set, self._looked_at(conditions))
        if values is None or prod(map(len, values.values())) > MOST_COMBINATIONS:
            return None
        return self._combinations(values, on_path=True)

    def _combinations(
        self, values: Mapping[str, tuple[Value, ...]], *, on_path: bool
    ) -> Iterator[Answers]:
        for combination in product(*values.values()):
            answers = dict(zip(values, combination, strict=True))
            if on_path:
                yield answers_on_path(self._question_set, answers)
            else:
                yield answers

    def _looked_at(self, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        """These conditions and those that decide whether their answers are given."""
        found = list(conditions)
        for condition in found:
            for name in referred(condition):
                behind = self._conditions.get(name)
                if behind is not None and not any(behind is known for known in found):
                    found.append(behind)
        return tuple(found)


def _check_page(path: Path, show_if: Condition, finder: _Finder) -> Iterator[Problem]:
    if finder.ever(show_if) is False:
        yield Problem(
            "E_ALWAYS_HIDDEN",
            path,
            _("Whatever is answered, this never holds."),
            _("Nobody would see the page: correct the condition."),
        )
    elif finder.ever(show_if, on_path=True) is False:
        yield Problem(
            "E_UNREACHABLE",
            path,
            _("Nobody is asked the questions that could make this hold."),
            _("Nobody would see the page: look at the conditions before it."),
        )


def _check_variants(
    path: Path, page: Page, whens: list[Condition], finder: _Finder
) -> Iterator[Problem]:
    for order, when in enumerate(whens):
        place = (*path, order, "when")
        shown = () if page.show_if is None else (page.show_if,)
        if finder.ever(when) is False:
            yield Problem(
                "E_ALWAYS_HIDDEN",
                place,
                _("Whatever is answered, this never holds."),
                _("Nobody would read these words: correct the condition."),
            )
        elif _is_shadowed(when, whens[:order], shown, finder):
            yield Problem(
                "E_UNREACHABLE",
                place,
                _("An earlier variant always wins, or the page is hidden."),
                _("Nobody would read these words: change the order or the condition."),
            )


def _is_shadowed(
    when: Condition,
    earlier: list[Condition],
    shown: tuple[Condition, ...],
    finder: _Finder,
) -> bool:
    combinations = finder.combinations(when, *earlier, *shown)
    return combinations is not None and not any(
        when.holds(answers)
        and all(condition.holds(answers) for condition in shown)
        and not any(condition.holds(answers) for condition in earlier)
        for answers in combinations
    )


def _check_entry(question_set: QuestionSet) -> Iterator[Problem]:
    """Who starts has answered nothing yet, and must be shown something."""
    names = {
        name
        for page in question_set.pages
        if page.show_if is not None
        for name in referred(page.show_if)
        if name.startswith(META)
    }
    values = {name: meta_values(question_set, name) for name in sorted(names)}
    for combination in product(*values.values()):
        known = dict(zip(values, combination, strict=True))
        if not visible_pages(question_set, known):
            yield Problem(
                "E_NO_EXIT",
                ("pages", 0, "show_if"),
                _("Somebody who starts may be shown no page at all."),
                _("Leave show_if out of one page that comes before its answers."),
            )
            return
