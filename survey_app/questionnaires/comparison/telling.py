"""A comparison in lines for people and in data for machines."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from survey_app.questionnaires.comparison import Comparability, Comparison
from survey_app.questionnaires.problems import Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.published import version_number

MEANS = {
    Comparability.SAME: "same",
    Comparability.WORDING: "other words: comparable, with a note",
    Comparability.OPTIONS: "other options: comparable on the codes both have",
    Comparability.MEANING: "another meaning: needs a new id",
    Comparability.NEW: "new",
    Comparability.REMOVED: "no longer asked",
}


def number_problems(before: str, after: str) -> Iterator[Problem]:
    """A new version needs a higher number than the one before."""
    if version_number(after) <= version_number(before):
        yield Problem(
            "E_VERSION_NOT_HIGHER",
            ("version",),
            _("Version %(version)s was published before.", version=before),
            _("Give this one a higher number; old content may have a new one."),
        )


def comparison_lines(
    comparison: Comparison, problems: Iterable[Problem]
) -> Iterator[str]:
    for change in comparison.questions:
        yield f"{change.question_id}: {MEANS[change.what]}"
        yield from (f"    {reason}" for reason in change.reasons)
    for sentence in comparison.frame:
        yield str(sentence)
    for problem in (*comparison.warnings, *problems):
        yield str(problem)


def comparison_data(
    comparison: Comparison, problems: Sequence[Problem]
) -> dict[str, Any]:
    return {
        "publishable": not problems,
        "questions": [
            {
                "id": change.question_id,
                "change": change.what.value,
                "reasons": [str(reason) for reason in change.reasons],
            }
            for change in comparison.questions
        ],
        "frame": [str(sentence) for sentence in comparison.frame],
        "problems": [each.as_data() for each in (*comparison.warnings, *problems)],
    }
