"""The columns of an export: what was asked decides them, never what was answered.

One catalogue serves every format: one list of columns out of all versions that have
responses.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from survey_app.exports.columns import JOIN, Column, columns_of
from survey_app.questionnaires.question_set import Option, Question, QuestionSet
from survey_app.touchpoints.catalogue import Catalogue as Touchpoints
from survey_app.touchpoints.catalogue import load_catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    columns: tuple[Column, ...]
    prefill: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question once, in the order of the columns."""
        found = {column.question.id: column.question for column in self.columns}
        return tuple(found.values())

    def of_question(self, question_id: str) -> tuple[Column, ...]:
        return tuple(
            column for column in self.columns if column.question.id == question_id
        )


def build_catalogue(
    versions: Sequence[QuestionSet],
    *,
    taken: Iterable[str] = (),
    questions: frozenset[str] | None = None,
    touchpoints: Touchpoints | None = None,
) -> Catalogue:
    """One list of columns for all versions, in the order of the newest (the first).

    What only an older version asks stands behind what it asked just before.
    ``taken`` are names that the response's own columns have, ``touchpoints`` those
    that respondents may have named: the shipped ones unless others are given.
    """
    merged: list[Column] = []
    known = load_catalogue() if touchpoints is None else touchpoints
    for version in versions:
        _merge(merged, columns_of(version, known))
    chosen = [
        column
        for column in merged
        if questions is None or column.question.id in questions
    ]
    return Catalogue(
        columns=tuple(_named_apart(chosen, taken)),
        prefill=_in_order(name for each in versions for name in each.settings.prefill),
        languages=_in_order(name for each in versions for name in each.languages),
    )


def _merge(merged: list[Column], columns: Iterable[Column]) -> None:
    places = {column.key: place for place, column in enumerate(merged)}
    after = -1
    for column in columns:
        place = places.get(column.key)
        if place is not None:
            merged[place] = _with_options(merged[place], column.options)
            after = place
            continue
        after += 1
        merged.insert(after, column)
        places = {each.key: place for place, each in enumerate(merged)}


def _with_options(column: Column, older: tuple[Option, ...]) -> Column:
    known = {option.code for option in column.options}
    gone = tuple(option for option in older if option.code not in known)
    return replace(column, options=column.options + gone) if gone else column


def _named_apart(columns: Iterable[Column], taken: Iterable[str]) -> Iterator[Column]:
    """Two columns never share a name, whatever codes a questionnaire uses."""
    used = Counter(taken)
    for column in columns:
        name, again = column.name, 1
        while used[name]:
            again += 1
            name = f"{column.name}{JOIN}{again}"
        used[name] += 1
        yield replace(column, name=name) if name != column.name else column


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
