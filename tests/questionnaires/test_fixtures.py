"""Every mistake that the reader knows has a file that makes it, and is named there."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from survey_app import questionnaires
from survey_app.questionnaires.layout import laid_out
from survey_app.questionnaires.problems import InvalidQuestionSetError
from survey_app.questionnaires.reading import inspect_question_set, read_question_set
from tests.questionnaires.builders import DATA

VALID = sorted((DATA / "valid").glob("*.toml"))
INVALID = sorted((DATA / "invalid").glob("*.toml"))
EXPECTED = re.compile(r"([EW]_[A-Z_]+) at line (\d+)")
# Said when a version is published, of two files and not of one.
OF_TWO_VERSIONS = {"E_VERSION_REUSED", "E_VERSION_NOT_HIGHER", "E_MEANING_CHANGED"}


def read_catalogue(language: str) -> Catalog:
    root = Path(questionnaires.__file__).parents[1] / "translations"
    with (root / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def expected(source: str) -> list[tuple[str, int]]:
    """What the first line of a fixture says is wrong with it."""
    return [
        (code, int(line))
        for code, line in EXPECTED.findall(source.split("\n", maxsplit=1)[0])
    ]


@pytest.mark.parametrize("path", [*VALID, *INVALID], ids=lambda path: path.stem)
def test_exactly_what_is_wrong_is_named_with_its_line(path: Path) -> None:
    source = path.read_text("utf-8")

    problems = inspect_question_set(source).problems

    found = [(problem.code, problem.line) for problem in problems]
    assert sorted(found) == sorted(expected(source)), [str(each) for each in problems]


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_file_can_be_put_to_respondents(path: Path) -> None:
    question_set = read_question_set(path.read_text("utf-8"))

    assert question_set.pages
    assert laid_out(question_set).pages == question_set.pages


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_file_is_refused_by_name_line_and_column(path: Path) -> None:
    source = path.read_text("utf-8")

    with pytest.raises(InvalidQuestionSetError) as error:
        read_question_set(source, path.name)

    _code, line = min(expected(source), key=lambda each: each[1])
    assert re.match(rf"{path.name}:{line}:\d+: ", str(error.value))


def test_every_problem_can_be_said_in_dutch() -> None:
    catalogue = read_catalogue("nl")
    problems = [
        problem
        for path in (*VALID, *INVALID)
        for problem in inspect_question_set(path.read_text("utf-8")).problems
    ]

    def gettext(msgid: str, **values: object) -> str:
        found = catalogue.get(msgid)
        assert found is not None, msgid
        return str(found.string) % values if values else str(found.string)

    for problem in problems:
        for said in (problem.sentence, problem.fix):
            assert said.translated(gettext) != str(said) or "format = 1" in str(said)


def test_every_code_has_a_fixture() -> None:
    program = Path(questionnaires.__file__).parent.rglob("*.py")
    known = {
        code
        for path in program
        for code in re.findall(r"\"([EW]_[A-Z_]+)\"", path.read_text("utf-8"))
    }
    shown = {
        code
        for path in (*VALID, *INVALID)
        for code, _line in expected(path.read_text("utf-8"))
    }

    assert known - shown - OF_TWO_VERSIONS == {"E_TOO_LARGE"}
    assert (len(VALID) >= 30, len(INVALID) >= 60) == (True, True)
