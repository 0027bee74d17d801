"""Question sets for tests: a file with every kind of question, and ways to break it."""

from pathlib import Path

from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import read_question_set

EVERY_KIND = (Path(__file__).parent / "data" / "every_kind.toml").read_text("utf-8")


def every_kind() -> QuestionSet:
    return read_question_set(EVERY_KIND)


def broken(old: str, new: str) -> str:
    """The same file with one passage changed."""
    assert EVERY_KIND.count(old) >= 1, f"{old!r} is not in the file"
    return EVERY_KIND.replace(old, new, 1)
