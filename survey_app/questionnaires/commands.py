"""Commands: check a question set file, publish it."""

import json
import sys
from pathlib import Path

import click

from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import Database, connected
from survey_app.questionnaires.comparison import compare
from survey_app.questionnaires.comparison.telling import (
    comparison_data,
    comparison_lines,
    number_problems,
)
from survey_app.questionnaires.json_schema import question_set_schema
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.problems import InvalidQuestionSetError
from survey_app.questionnaires.queries import find_questionnaire
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import inspect_question_set, read_question_set
from survey_app.questionnaires.service import NotPublishableError, publish

PATH = click.Path(exists=True, dir_okay=False, path_type=Path)
FILE = click.argument("file", type=PATH)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="For machines.")


@click.group()
def questionnaire() -> None:
    """Check and publish questionnaires."""


@questionnaire.command()
@FILE
@AS_JSON
def validate(file: Path, *, as_json: bool) -> None:
    """Say what is wrong with FILE, all at once; warnings do no harm."""
    reading = inspect_question_set(_text(file))
    if as_json:
        problems = [problem.as_data() for problem in reading.problems]
        answer = {"file": file.name, "valid": reading.is_valid, "problems": problems}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        for problem in reading.problems:
            click.echo(problem.in_file(file.name), err=problem.is_error)
    if reading.question_set is None or not reading.is_valid:
        if not as_json:
            found = _count(len(reading.errors), "error")
            click.echo(f"{file.name}: {found}", err=True)
        sys.exit(1)
    if not as_json:
        click.echo(_summary(file, reading.question_set, len(reading.warnings)))


def _summary(file: Path, question_set: QuestionSet, warnings: int) -> str:
    found = "nothing wrong"
    if warnings:
        found = _count(warnings, "warning")
    return (
        f"{file.name}: {question_set.id} {question_set.version},"
        f" {_count(len(question_set.pages), 'page')},"
        f" {_count(len(question_set.questions), 'question')}, {found}"
    )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


@questionnaire.command("publish")
@FILE
@click.option("--organisation", help="The name at the top of the pages.")
def publish_file(file: Path, organisation: str | None) -> None:
    """Publish FILE, so that respondents can answer it."""
    _read(file)
    database = Database(load_settings().database_url)
    try:
        with database.transaction() as session:
            version = publish(
                session,
                file.read_text("utf-8"),
                published_at=now(),
                organisation=organisation,
            )
            words = _published(version)
    except NotPublishableError as error:
        raise click.ClickException(f"\n{error}") from None
    finally:
        database.dispose()
    click.echo(words)


def _published(version: QuestionnaireVersion) -> str:
    slug, state = version.questionnaire.slug, version.questionnaire.state
    words = f"{slug} {version.version} is published"
    if state == "open":
        return words
    return f"{words}, but {slug} is {state}: klantreis questionnaire reopen {slug}"


@questionnaire.command()
@click.argument("before", type=PATH)
@click.argument("after", type=PATH)
@AS_JSON
def diff(before: Path, after: Path, *, as_json: bool) -> None:
    """What AFTER changes, and what may still be compared with BEFORE.

    Exits with 1 when AFTER could not be published as the next version of BEFORE.
    """
    old, new = _read(before), _read(after)
    comparison = compare(old, new)
    problems = [*comparison.refused, *number_problems(old.version, new.version)]
    if as_json:
        click.echo(json.dumps(comparison_data(comparison, problems), indent=2))
    else:
        for line in comparison_lines(comparison, problems):
            click.echo(line)
    if problems:
        sys.exit(1)


@questionnaire.command()
def schema() -> None:
    """The JSON Schema of a question set file, for editors."""
    click.echo(json.dumps(question_set_schema(), indent=2))


def _read(file: Path) -> QuestionSet:
    try:
        return read_question_set(_text(file), file.name)
    except InvalidQuestionSetError as error:
        raise click.ClickException(f"\n{error}") from None


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise click.ClickException(f"{file.name} is not UTF-8") from None


@questionnaire.command()
@click.argument("slug")
def close(slug: str) -> None:
    """Take no new respondents; who is busy may finish for two days."""
    _set_state(slug, "closed")
    click.echo(f"{slug} is closed.")


@questionnaire.command()
@click.argument("slug")
def reopen(slug: str) -> None:
    """Take respondents again."""
    _set_state(slug, "open")
    click.echo(f"{slug} is open.")


def _set_state(slug: str, state: str) -> None:
    with (
        connected(load_settings().database_url) as database,
        database.transaction() as session,
    ):
        found = find_questionnaire(session, slug)
        if found is None or found.active_version_id is None:
            raise click.ClickException(f"there is no published questionnaire {slug!r}")
        found.state = state
        found.closes_at = now() if state == "closed" else None
