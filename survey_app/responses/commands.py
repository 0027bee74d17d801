"""Commands: import answers that were collected elsewhere; erase a response."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import Database, connected
from survey_app.questionnaires.queries import (
    RetiredQuestionnaireError,
    UnknownQuestionnaireError,
)
from survey_app.questionnaires.vocabulary import FREE_ROLES, ROLES
from survey_app.responses.erasure import (
    UnknownContactError,
    UnknownReceiptError,
    erase_by_receipt,
    erase_person,
)
from survey_app.responses.importing import (
    ImportFileError,
    ImportReport,
    Unsaid,
    import_answers,
)
from survey_app.responses.importing.sources import format_of
from survey_app.vault import open_vault
from survey_app.web.locale import DEFAULT_LANGUAGE, LANGUAGES

MOST_NAMED = 20


@click.command("answers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--questionnaire", default="standard", show_default=True)
@click.option(
    "--question",
    type=click.Choice(sorted(ROLES | FREE_ROLES)),
    help="What a text answers where FILE does not say.",
)
@click.option(
    "--language",
    type=click.Choice(list(LANGUAGES)),
    default=DEFAULT_LANGUAGE,
    show_default=True,
    help="The language where FILE does not say.",
)
@click.option(
    "--make-ids",
    is_flag=True,
    help="A row without submission_id is called by what it holds.",
)
@click.option(
    "--unknown-as-other",
    is_flag=True,
    help="An unknown option goes into the box beside 'something else'.",
)
def import_answers_command(
    file: Path,
    questionnaire: str,
    question: str | None,
    language: str,
    *,
    make_ids: bool,
    unknown_as_other: bool,
) -> None:
    """Import the answers in FILE: CSV, Excel, JSON or JSON Lines."""
    database = Database(load_settings().database_url)
    try:
        with file.open("rb") as content:
            report = import_answers(
                database,
                content,
                questionnaire_slug=questionnaire,
                file_format=format_of(file.name, content.peek(64)),
                now=now(),
                unsaid=Unsaid(
                    language=language,
                    role=question,
                    make_ids=make_ids,
                    unknown_as_other=unknown_as_other,
                ),
            )
    except (UnknownQuestionnaireError, RetiredQuestionnaireError):
        raise click.ClickException(
            f"there is no questionnaire {questionnaire!r} to import for;"
            " publish it first"
        ) from None
    except ImportFileError as error:
        raise click.ClickException(f"{file.name}: {error}") from None
    finally:
        database.dispose()
    _tell(report)


def _tell(report: ImportReport) -> None:
    click.echo(
        f"{report.created} new, {report.updated} updated,"
        f" {report.unchanged} unchanged, {report.refused} rejected"
        f" (read as {report.encoding})"
    )
    if report.ignored_columns:
        names = sorted(report.ignored_columns)
        rest = f" and {len(names) - MOST_NAMED} more" if names[MOST_NAMED:] else ""
        click.echo(f"ignored: {', '.join(names[:MOST_NAMED])}{rest}")
    for row in report.rejected:
        where = f"line {row.line}" + (f", {row.column}" if row.column else "")
        click.echo(f"{where}: {row.reason}", err=True)
    if report.refused:
        raise SystemExit(1)


@click.command("erase")
@click.argument("receipt", required=False)
@click.option("--contact", help="An e-mail address: erase all that is tied to it.")
def erase_command(receipt: str | None, contact: str | None) -> None:
    """Erase the response with this RECEIPT or public id, and all that came of it."""
    if (receipt is None) == (contact is None):
        raise click.UsageError("give a receipt or public id, or --contact ADDRESS")
    settings = load_settings()
    with connected(settings.database_url) as database:
        with database.transaction() as session:
            if contact is not None:
                fingerprint = open_vault(settings.contact_key).fingerprint(contact)
                words = _erase_contact(session, fingerprint)
            else:
                words = _erase_receipt(session, receipt or "")
        database.forget_deleted()
    click.echo(words)


def _erase_receipt(session: Session, receipt: str) -> str:
    try:
        erase_by_receipt(session, receipt, at=now())
    except UnknownReceiptError:
        raise click.ClickException(f"no response has the receipt {receipt}") from None
    return "Erased."


def _erase_contact(session: Session, fingerprint: str) -> str:
    try:
        count = erase_person(session, fingerprint, at=now())
    except UnknownContactError:
        raise click.ClickException("nobody with this address is known") from None
    return f"Erased: the address, its invitations and {count} responses."
