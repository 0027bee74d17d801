"""Reading a question set from TOML: shapes first, then what refers to what."""

import re
import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from survey_app.questionnaires.checking import check
from survey_app.questionnaires.checking.advice import advise
from survey_app.questionnaires.layout import laid_out
from survey_app.questionnaires.problems import (
    InvalidQuestionSetError,
    Message,
    Problem,
)
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading.positions import Positions
from survey_app.questionnaires.reading.questions import read_pages
from survey_app.questionnaires.reading.settings import read_consent, read_settings
from survey_app.questionnaires.reading.table import Table
from survey_app.questionnaires.vocabulary import USUAL_CATALOGUE, touchpoint_catalogues
from survey_app.web.locale import LANGUAGES

MAX_BYTES = 512 * 1024
FORMAT = 1
SLUG = re.compile(r"[a-z][a-z0-9_-]{1,49}")
TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")
KEY_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_-])(?:{KEY_PART}){{30}}")
VERSION = re.compile(r"[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Reading:
    """A question set as it is written, and all that is wrong with it.

    ``question_set`` is None when the file cannot be read at all; where something is
    wrong, it holds something harmless instead.
    """

    question_set: QuestionSet | None
    problems: tuple[Problem, ...]

    @property
    def is_valid(self) -> bool:
        return not self.errors

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.is_error)


def shipped_question_set(name: str) -> str:
    """The text of a file in ``question_sets/``, such as ``standard_v1.toml``."""
    return (files("question_sets") / name).read_text("utf-8")


def read_question_set(source: str, name: str = "question set") -> QuestionSet:
    """A question set as it is put to respondents, its pages laid out.

    Every complaint names the file and the place.
    """
    reading = inspect_question_set(source)
    if reading.question_set is None or reading.errors:
        raise InvalidQuestionSetError(name, reading.errors)
    return laid_out(reading.question_set)


def read_published(source: str, name: str) -> QuestionSet:
    """A version as it was published, by this version of ours or an earlier one.

    What refers to what was checked then; what is checked more strictly since must
    not take away a questionnaire that is in the field.
    """
    problems: list[Problem] = []
    data = _parse(source, problems)
    question_set = None if data is None else _read(Table(data, (), problems))
    if question_set is None or problems:
        raise InvalidQuestionSetError(name, problems)
    return laid_out(question_set)


def inspect_question_set(source: str) -> Reading:
    """A question set as written, valid or not, with errors and warnings."""
    problems: list[Problem] = []
    data = _parse(source, problems)
    if data is None:
        return Reading(None, tuple(problems))
    question_set = _read(Table(data, (), problems))
    if not problems:
        problems.extend(check(question_set, touchpoint_catalogues()))
        problems.extend(advise(question_set))
    return Reading(question_set, _located(problems, source))


def _parse(source: str, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        if len(source) <= MAX_BYTES and len(source.encode()) <= MAX_BYTES:
            return _tree(source)
        sentence = _("It is larger than %(size)s KB.", size=MAX_BYTES // 1024)
        fix = _("Split the questionnaire.")
        problems.append(Problem("E_TOO_LARGE", (), sentence, fix, 1, 1))
    except RecursionError:
        problems.append(_not_toml(_("It is nested too deeply.")))
    except ValueError as error:  # also for a number of thousands of figures
        problems.append(_not_toml(*_explained(str(error), source)))
    return None


def _tree(source: str) -> dict[str, Any]:
    """On a key of thousands of parts tomllib would work for minutes."""
    if LONG_KEY.search(source):
        raise RecursionError
    return tomllib.loads(source)


def _explained(error: str, source: str) -> tuple[Message, int, int]:
    """The reader says where in words, such as “(at line 3, column 5)”."""
    lines = source.split("\n")
    found = TOML_PLACE.search(error)
    line, column = len(lines), len(lines[-1]) + 1
    if found and found[1]:
        line, column = int(found[1]), int(found[2])
    words = TOML_PLACE.sub("", error)
    return _("This is not TOML: %(error)s.", error=words), line, column


def _not_toml(sentence: Message, line: int = 1, column: int = 1) -> Problem:
    return Problem("E_SCHEMA", (), sentence, _("Correct that line."), line, column)


def _located(problems: list[Problem], source: str) -> tuple[Problem, ...]:
    """The problems with line and column, in the order of the file."""
    if not problems:
        return ()
    try:
        positions = Positions(source)
    except (RecursionError, ValueError):  # without a place is better than unsaid
        return tuple(problems)
    placed = []
    for problem in problems:
        line, column = positions.of(problem.path)
        placed.append(replace(problem, line=line, column=column))
    return tuple(sorted(placed, key=lambda each: (each.line or 0, each.column or 0)))


def _read(table: Table) -> QuestionSet:
    _check_format(table)
    table.languages = _languages(table)
    thanks = table.table("thanks") or Table({}, ("thanks",), table.problems)
    thanks.languages = table.languages
    question_set = QuestionSet(
        id=_matching(table, "id", SLUG, "standard"),
        version=_matching(table, "version", VERSION, "1.0.0"),
        languages=table.languages,
        title=table.texts("title"),
        organisation=table.same_or_texts("organisation"),
        contact=table.same_or_texts("contact"),
        minutes=table.whole("minutes", 1, 120),
        notice=table.texts("notice"),
        privacy=table.texts("privacy"),
        consent=read_consent(table.table("consent")),
        settings=read_settings(table.table("settings")),
        touchpoints=_catalogue(table),
        thanks_title=thanks.texts("title"),
        thanks_text=thanks.texts("text"),
        pages=read_pages(table),
    )
    thanks.refuse_unknown()
    table.refuse_unknown()
    return question_set


def _catalogue(table: Table) -> str:
    return table.string("touchpoints") if table.has("touchpoints") else USUAL_CATALOGUE


def _check_format(table: Table) -> None:
    if table.whole("format", 1, 1000) != FORMAT:
        table.complain(
            "E_SCHEMA",
            "format",
            _("This version reads format 1 only."),
            _("Write format = 1."),
        )


def _languages(table: Table) -> tuple[str, ...]:
    languages = table.strings("languages")
    unknown = [language for language in languages if language not in LANGUAGES]
    if not languages or unknown or len(set(languages)) < len(languages):
        table.complain(
            "E_UNKNOWN_LANG",
            "languages",
            _("These are not the languages that the pages can speak."),
            _(
                "Choose from %(known)s, each once; the default first.",
                known=", ".join(LANGUAGES),
            ),
        )
        return tuple(LANGUAGES)
    return languages


def _matching(table: Table, key: str, pattern: re.Pattern[str], example: str) -> str:
    value = table.string(key)
    if value and not pattern.fullmatch(value):
        table.complain(
            "E_SCHEMA",
            key,
            _("“%(value)s” will not do here.", value=value[:60]),
            _("Write it like %(example)s.", example=example),
        )
    return value
