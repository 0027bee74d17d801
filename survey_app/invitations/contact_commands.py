"""Commands: people to ask, and the mails that came back."""

from collections.abc import Sequence
from pathlib import Path

import click

from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import connected
from survey_app.invitations.bounces import note_reports, read_report, split_messages
from survey_app.respondents.address_lists import AddressList, read_address_list
from survey_app.respondents.contacts import Sorted, seal, sort_out, store_list
from survey_app.vault import open_vault

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def contacts() -> None:
    """People to ask; their details are encrypted."""


@contacts.command("import")
@click.argument("file", type=FILE)
@click.option("--list", "list_name", help="What to call the list; else FILE's name.")
@click.option(
    "--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def import_contacts(
    file: Path, list_name: str | None, language: str, *, dry_run: bool
) -> None:
    """Read FILE: CSV with a header, or lines such as "Anna <anna@example.org>"."""
    settings = load_settings()
    read = read_address_list(file.read_bytes())
    vault = open_vault(settings.contact_key)
    sealed = seal(vault, read.people, secret=settings.secret_key)
    with connected(settings.database_url) as database:
        if dry_run:
            with database.read() as session:
                groups = sort_out(session, sealed)
        else:
            with database.transaction() as session:
                name = (list_name or file.stem).strip()[:100]
                _made, groups = store_list(
                    session, sealed, list_name=name, language=language, at=now()
                )
    _tell_import(read, groups)


def _tell_import(read: AddressList, groups: Sorted) -> None:
    click.echo(
        f"{len(groups.new)} new, {len(groups.known)} known,"
        f" {len(groups.doubles)} double, {len(groups.opted_out)} opted out,"
        f" {len(groups.bounced)} bounced, {len(read.unusable)} unusable"
        f" (read as {read.encoding})"
    )
    for line in read.unusable:
        reason = line.reason.replace("_", " ")
        click.echo(f"line {line.line}: {reason}: {line.text!r}", err=True)
    if read.unusable:
        raise SystemExit(1)


@click.command("bounces")
@click.argument("files", nargs=-1, required=True, type=FILE)
def bounces_command(files: Sequence[Path]) -> None:
    """Read bounces: messages (.eml) or whole mailboxes (mbox)."""
    reports = [
        read_report(content)
        for file in files
        for content in split_messages(file.read_bytes())
    ]
    with (
        connected(load_settings().database_url) as database,
        database.transaction() as session,
    ):
        counts = note_reports(session, reports, at=now(), actor_id=None)
    words = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    click.echo(f"{len(reports)} messages: {words or 'nothing'}")
