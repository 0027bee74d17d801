"""Commands: question sets from other survey tools, and to them."""

from collections.abc import Iterable
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import connected
from survey_app.exchange.formats import IN, OUT
from survey_app.exchange.losses import Loss, UnreadableFileError
from survey_app.questionnaires.commands import questionnaire
from survey_app.questionnaires.drafts import Keeper, start_draft
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.reading import inspect_question_set
from survey_app.questionnaires.writing import write_question_set

__all__ = ["questionnaire"]

TOML = "toml"


@questionnaire.command("import")
@click.option("--format", "name", required=True, type=click.Choice([*IN, TOML]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the question set to this .toml file.",
)
@click.option("--draft", is_flag=True, help="Keep it as a draft, to edit on the pages.")
def import_file(name: str, file: Path, output: Path | None, *, draft: bool) -> None:
    """Make a question set of FILE; say what could not be carried over."""
    source, losses = _read(name, file.read_bytes())
    for problem in inspect_question_set(source).problems:
        click.echo(str(problem), err=True)
    _tell(losses)
    if output is not None:
        output.write_text(source, "utf-8")
        click.echo(f"Written to {output}.")
    if draft:
        url = load_settings().database_url
        with connected(url) as database, database.transaction() as session:
            keeper = Keeper(staff_id=None, at=now())
            made = start_draft(session, source, keeper=keeper, name=file.name)
            click.echo(f"Draft {made.id}: {made.name}")
    if output is None and not draft:
        click.echo(source, nl=False)


@questionnaire.command("export")
@click.option("--format", "name", required=True, type=click.Choice(list(OUT)))
@click.option("--questionnaire", "slug", default="standard", show_default=True)
@click.option("--version", "number", help="An earlier version than the one asked now.")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def export_file(name: str, slug: str, number: str | None, out: Path) -> None:
    """Write a published question set to OUT; say what the format cannot hold."""
    url = load_settings().database_url
    with connected(url) as database, database.read() as session:
        source = _published(session, slug, number)
    question_set = inspect_question_set(source).question_set
    if question_set is None:
        raise click.ClickException("this version cannot be read by this program")
    content, losses = OUT[name].write(question_set)
    out.write_bytes(content)
    _tell(losses)
    click.echo(f"Written to {out}.")


def _read(name: str, content: bytes) -> tuple[str, tuple[Loss, ...]]:
    if name == TOML:
        try:
            return content.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            raise click.ClickException("this is not a text file in UTF-8") from None
    try:
        conversion = IN[name].read(content)
    except UnreadableFileError as error:
        raise click.ClickException(str(error)) from None
    return write_question_set(conversion.question_set), conversion.losses


def _published(session: Session, slug: str, number: str | None) -> str:
    query = (
        select(QuestionnaireVersion.source)
        .join(Questionnaire, QuestionnaireVersion.questionnaire_id == Questionnaire.id)
        .where(Questionnaire.slug == slug)
    )
    if number is None:
        query = query.where(QuestionnaireVersion.id == Questionnaire.active_version_id)
    else:
        query = query.where(QuestionnaireVersion.version == number)
    source = session.scalar(query)
    if source is None:
        which = "" if number is None else f" in version {number}"
        raise click.ClickException(f"there is no questionnaire {slug!r}{which}")
    return source


def _tell(losses: Iterable[Loss]) -> None:
    for loss in losses:
        click.echo(f"not carried over: {loss}", err=True)
