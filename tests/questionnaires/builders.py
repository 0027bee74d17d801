"""Question sets for tests: files with all that one may hold, and ways to break them."""

from pathlib import Path

from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import read_question_set

DATA = Path(__file__).parent / "data"
EVERY_KIND = (DATA / "every_kind.toml").read_text("utf-8")
EVERY_TYPE = (DATA / "every_type.toml").read_text("utf-8")


def every_kind() -> QuestionSet:
    return read_question_set(EVERY_KIND)


def every_type() -> QuestionSet:
    """Every type, every setting, every kind of condition, placeholders too."""
    return read_question_set(EVERY_TYPE)


def broken(old: str, new: str) -> str:
    """The same file with one passage changed."""
    assert EVERY_KIND.count(old) >= 1, f"{old!r} is not in the file"
    return EVERY_KIND.replace(old, new, 1)
