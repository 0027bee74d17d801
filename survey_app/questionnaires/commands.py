"""Commands: check a question set file, publish it."""

from pathlib import Path

import click

from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import Database, connected
from survey_app.questionnaires.queries import find_questionnaire
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import read_question_set
from survey_app.questionnaires.service import VersionReusedError, publish
from survey_app.questionnaires.table import InvalidQuestionSetError

FILE = click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.group()
def questionnaire() -> None:
    """Check and publish questionnaires."""


@questionnaire.command()
@FILE
def validate(file: Path) -> None:
    """Say what is wrong with FILE, all at once."""
    question_set = _read(file)
    click.echo(
        f"{file.name}: {question_set.id} {question_set.version},"
        f" {len(question_set.pages)} pages,"
        f" {len(question_set.questions)} questions, nothing wrong"
    )


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
            words = f"{version.questionnaire.slug} {version.version} is published"
    except VersionReusedError as error:
        raise click.ClickException(str(error)) from None
    finally:
        database.dispose()
    click.echo(words)


def _read(file: Path) -> QuestionSet:
    try:
        return read_question_set(file.read_text("utf-8"), file.name)
    except InvalidQuestionSetError as error:
        raise click.ClickException(f"\n{error}") from None
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
