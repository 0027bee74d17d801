"""Whether every page and every variant can ever be seen, found by trying answers.

What conditions look at is few questions, and of each only the codes and limits that
they name matter: those are tried in every combination. Where that would be too many,
nothing is claimed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
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

MOST_COMBINATIONS = 4_096  # for one condition
MOST_CONDITIONS = 50
MOST_ANSWERS = 12  # each has two values at least
MOST_TRIES = 100_000  # for a file


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
    """Tries answers until a condition holds; not more than a file is worth."""

    def __init__(self, question_set: QuestionSet) -> None:
        self._question_set = question_set
        self._left = MOST_TRIES
        self._conditions = {
            name: page.show_if
            for page in question_set.pages
            for name in page.answer_ids
            if page.show_if is not None
        }

    def ever(self, condition: Condition, *, on_path: bool = False) -> bool | None:
        """Whether it can hold; None when that is too much to try."""
        combinations = self.combinations(condition, on_path=on_path)
        return None if combinations is None else any(map(condition.holds, combinations))

    def combinations(
        self, *conditions: Condition, on_path: bool = True
    ) -> Iterator[Answers] | None:
        """All answers that make a difference to these conditions."""
        looked_at = self._looked_at(conditions) if on_path else conditions
        if looked_at is None or _count_answers(looked_at) > MOST_ANSWERS:
            return None
        values = possible_answers(self._question_set, looked_at)
        if values is None:
            return None
        count = prod(map(len, values.values()))
        if count > min(MOST_COMBINATIONS, self._left):
            return None
        self._left -= count
        return self._combinations(values, on_path=on_path)

    def _combinations(
        self, values: Mapping[str, tuple[Value, ...]], *, on_path: bool
    ) -> Iterator[Answers]:
        asking = replace(
            self._question_set,
            pages=tuple(
                page
                for page in self._question_set.pages
                if not values.keys().isdisjoint(page.answer_ids)
            ),
        )
        for combination in product(*values.values()):
            answers = dict(zip(values, combination, strict=True))
            yield answers_on_path(asking, answers) if on_path else answers

    def _looked_at(
        self, conditions: tuple[Condition, ...]
    ) -> tuple[Condition, ...] | None:
        """These conditions and those that decide whether their answers are given."""
        found = list(conditions)
        for condition in found:
            if len(found) > MOST_CONDITIONS:
                return None
            for name in referred(condition):
                behind = self._conditions.get(name)
                if behind is not None and not any(behind is known for known in found):
                    found.append(behind)
        return tuple(found)


def _count_answers(conditions: tuple[Condition, ...]) -> int:
    return len({name for condition in conditions for name in referred(condition)})


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
