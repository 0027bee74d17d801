"""Reading a question set from TOML: shapes first, then what refers to what."""

import re
import tomllib
from importlib.resources import files
from typing import Any

from survey_app.questionnaires.checking import check
from survey_app.questionnaires.question_reading import read_pages
from survey_app.questionnaires.question_set import QuestionSet, Texts
from survey_app.questionnaires.table import InvalidQuestionSetError, Problem, Table
from survey_app.questionnaires.vocabulary import touchpoint_codes
from survey_app.web.locale import LANGUAGES

MAX_BYTES = 512 * 1024
FORMAT = 1
SLUG = re.compile(r"[a-z][a-z0-9_-]{1,49}")
VERSION = re.compile(r"\d{1,5}\.\d{1,5}\.\d{1,5}")


def shipped_question_set(name: str) -> str:
    """The text of a file in ``question_sets/``, such as ``standard_v1.toml``."""
    return (files("question_sets") / name).read_text("utf-8")


def read_question_set(source: str, name: str = "question set") -> QuestionSet:
    """Read and check one question set; every complaint names the file and place."""
    problems: list[Problem] = []
    question_set = _read(_parse(source, name), problems)
    if not problems:
        problems.extend(check(question_set, touchpoint_codes()))
    if problems:
        raise InvalidQuestionSetError(name, problems)
    return question_set


def _parse(source: str, name: str) -> dict[str, Any]:
    if len(source.encode()) > MAX_BYTES:
        problem = Problem(
            "E_TOO_LARGE",
            "file",
            f"It is larger than {MAX_BYTES // 1024} KB.",
            "Split the questionnaire.",
        )
        raise InvalidQuestionSetError(name, [problem])
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        problem = Problem(
            "E_SCHEMA", "file", f"This is not TOML: {error}.", "Correct that line."
        )
        raise InvalidQuestionSetError(name, [problem]) from error


def _read(data: dict[str, Any], problems: list[Problem]) -> QuestionSet:
    table = Table(data, "", problems)
    _check_format(table)
    table.languages = _languages(table)
    thanks = table.table("thanks") or Table({}, "thanks", problems, table.languages)
    question_set = QuestionSet(
        id=_matching(table, "id", SLUG, "a slug such as standard"),
        version=_matching(table, "version", VERSION, "three numbers such as 1.0.0"),
        languages=table.languages,
        title=table.texts("title"),
        organisation=_organisation(table),
        minutes=table.whole("minutes", 1, 120, None),
        notice=table.texts("notice"),
        privacy=table.texts("privacy"),
        thanks_title=thanks.texts("title"),
        thanks_text=thanks.texts("text"),
        pages=read_pages(table),
    )
    thanks.refuse_unknown()
    table.refuse_unknown()
    return question_set


def _check_format(table: Table) -> None:
    if table.whole("format", 1, 1000, None) != FORMAT:
        table.complain(
            "E_SCHEMA",
            "format",
            "This version reads format 1 only.",
            f"Write format = {FORMAT}.",
        )


def _languages(table: Table) -> tuple[str, ...]:
    languages = table.strings("languages")
    unknown = [language for language in languages if language not in LANGUAGES]
    if not languages or unknown or len(set(languages)) < len(languages):
        table.complain(
            "E_UNKNOWN_LANG",
            "languages",
            "These are not the languages that the pages can speak.",
            f"Choose from {', '.join(LANGUAGES)}, each once; the default first.",
        )
        return tuple(LANGUAGES)
    return languages


def _matching(table: Table, key: str, pattern: re.Pattern[str], wanted: str) -> str:
    value = table.string(key)
    if value and not pattern.fullmatch(value):
        table.complain("E_SCHEMA", key, f"'{value}' will not do.", f"Write {wanted}.")
    return value


def _organisation(table: Table) -> Texts | None:
    """One name for all languages may stand as a plain text."""
    name = table.raw("organisation") if table.holds_text("organisation") else None
    if name is not None:
        return dict.fromkeys(table.languages, str(name))
    return table.optional_texts("organisation")
