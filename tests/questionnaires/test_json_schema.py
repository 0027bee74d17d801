"""Editors see the same shape of a file as the reader does."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from survey_app.questionnaires.commands import questionnaire
from survey_app.questionnaires.json_schema import OWN_KEYS, question_set_schema
from survey_app.questionnaires.question_set import QuestionType
from tests.questionnaires.builders import DATA
from tests.questionnaires.test_fixtures import INVALID, VALID, expected

QUESTION_SETS = Path(__file__).parents[2] / "question_sets"
SHIPPED = sorted(QUESTION_SETS.glob("*_v*.toml"))
VALIDATOR = Draft202012Validator(question_set_schema())
# What one key holds; the rest is about what refers to what.
OF_SHAPE = {
    "E_SCHEMA",
    "E_BAD_ID",
    "E_CODE_NOT_STRING",
    "E_EMPTY_TEXT",
    "E_UNKNOWN_LANG",
    "E_UNKNOWN_PHASE",
    "E_UNKNOWN_ROLE",
    "E_UNKNOWN_TYPE",
    "E_TOUCHPOINT_UNKNOWN",
    "E_CATALOGUE_UNKNOWN",
    "E_VARIANT_TYPE",
    "E_BAD_LENGTH",
    "E_EMPTY_PAGE",
}
# Shapes that depend on other keys, which a schema says poorly.
ONLY_THE_READER = {
    "code_a_number_in_condition",
    "condition_nested_too_deep",
    "detail_on_number",
    "earliest_a_text",
    "earliest_a_moment",
    "points_too_many",
    "question_id_double_underscore",
    "ranking_missing",
    "row_exclusive",
}


def as_json(value: Any) -> Any:
    """What editors hand to a schema: days are texts there."""
    if isinstance(value, dict):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def test_shipped_schema_is_the_one_of_this_version() -> None:
    printed = CliRunner().invoke(questionnaire, ["schema"]).output

    shipped = QUESTION_SETS / "schema" / "questionnaire.schema.json"
    assert shipped.read_text("utf-8") == printed
    Draft202012Validator.check_schema(question_set_schema())


@pytest.mark.parametrize(
    "path",
    [*VALID, *SHIPPED, DATA / "every_kind.toml", DATA / "every_type.toml"],
    ids=lambda path: path.stem,
)
def test_what_the_reader_takes_fits_the_schema(path: Path) -> None:
    tree = as_json(tomllib.loads(path.read_text("utf-8")))

    assert [error.message for error in VALIDATOR.iter_errors(tree)] == []


def is_misshapen(path: Path) -> bool:
    """Whether a schema can tell that this file, which is TOML, is wrong."""
    source = path.read_text("utf-8")
    codes = {code for code, _line in expected(source)}
    try:
        tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return False
    return path.stem not in ONLY_THE_READER and codes <= OF_SHAPE


MISSHAPEN = [path for path in INVALID if is_misshapen(path)]


@pytest.mark.parametrize("path", MISSHAPEN, ids=lambda path: path.stem)
def test_a_wrong_shape_does_not_fit_the_schema(path: Path) -> None:
    tree = as_json(tomllib.loads(path.read_text("utf-8")))

    assert not VALIDATOR.is_valid(tree)


def test_every_type_has_its_keys_in_the_schema() -> None:
    assert set(OWN_KEYS) == set(QuestionType)
