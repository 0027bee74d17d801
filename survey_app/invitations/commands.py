"""Commands: contacts, invitations, reminders, bounces."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.config import Settings, load_settings
from survey_app.db import Database, connected
from survey_app.invitations.asking import (
    DAYS_VALID,
    MOST_DAYS_VALID,
    CannotInviteError,
    Plan,
    Round,
    invite,
    plan_round,
)
from survey_app.invitations.bounces import note_reports, read_report, split_messages
from survey_app.invitations.links_file import hand_over, links_csv
from survey_app.invitations.models import Invitation
from survey_app.invitations.post_office import missing_settings
from survey_app.invitations.reminding import plan_reminders, remind
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.questionnaires.queries import find_questionnaire
from survey_app.respondents.address_lists import AddressList, read_address_list
from survey_app.respondents.contacts import Sorted, seal, sort_out, store_list
from survey_app.respondents.models import ContactList
from survey_app.vault import open_vault

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
QUESTIONNAIRE = click.option(
    "--questionnaire", "slug", default="standard", show_default=True
)
WAVE = click.option("--wave", "code", help="The code of a wave; none when left out.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only say what would happen.")


@click.group()
def contacts() -> None:
    """People to ask; their details are encrypted."""


@contacts.command("import")
@click.argument("file", type=FILE)
@click.option("--list", "list_name", help="What to call the list; else FILE's name.")
@click.option(
    "--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True
)
@DRY_RUN
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


@click.command("invite")
@QUESTIONNAIRE
@WAVE
@click.option("--list", "list_name", help="Whom to ask; everybody when left out.")
@click.option(
    "--days",
    type=click.IntRange(1, MOST_DAYS_VALID),
    default=DAYS_VALID,
    show_default=True,
    help="How long the links work.",
)
@click.option(
    "--links",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the links to this file instead of mailing them.",
)
@DRY_RUN
def invite_command(
    slug: str,
    code: str | None,
    list_name: str | None,
    days: int,
    links: Path | None,
    *,
    dry_run: bool,
) -> None:
    """Invite people to a questionnaire; the worker mails them."""
    settings = load_settings()
    if links is None and not dry_run:
        _refuse_without_mail(settings)
    with _telling_why(), connected(settings.database_url) as database:
        with database.read() as session:
            asking = _round(session, slug, code, list_name, days)
            plan = plan_round(session, asking, at=now())
        _tell_plan(plan)
        if dry_run:
            return
        with database.transaction() as session:
            asking = _round(session, slug, code, list_name, days)
            made = invite(
                session,
                asking,
                secret=settings.secret_key,
                at=now(),
                actor_id=None,
                by_mail=links is None,
            )
            if links is not None:
                _write_links(session, links, made, settings)
    click.echo(f"{len(made)} invitations made.")


def _round(
    session: Session, slug: str, code: str | None, list_name: str | None, days: int
) -> Round:
    questionnaire = _questionnaire(session, slug)
    return Round(
        questionnaire=questionnaire,
        wave=_wave(session, questionnaire, code),
        contact_list=_list(session, list_name),
        days_valid=days,
    )


def _write_links(
    session: Session, path: Path, made: Sequence[Invitation], settings: Settings
) -> None:
    """For who made it alone: with these links anybody can answer."""
    if settings.public_url is None:
        raise click.ClickException("set KLANTREIS_URL: it stands in every link")
    text = links_csv(
        made,
        open_vault(settings.contact_key),
        secret=settings.secret_key,
        base=settings.public_url,
    )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    hand_over(session, made, at=now(), actor_id=None)


@click.command("remind")
@QUESTIONNAIRE
@WAVE
@DRY_RUN
def remind_command(slug: str, code: str | None, *, dry_run: bool) -> None:
    """Remind who has not answered: at most twice, four days apart."""
    settings = load_settings()
    if not dry_run:
        _refuse_without_mail(settings)
    with _telling_why(), connected(settings.database_url) as database:
        reminded, skipped = _remind(database, slug, code, dry_run=dry_run)
    click.echo(f"{reminded} reminded, of {reminded + sum(skipped.values())} invited")
    _tell_skipped(skipped)


def _remind(
    database: Database, slug: str, code: str | None, *, dry_run: bool
) -> tuple[int, Mapping[str, int]]:
    with database.read() if dry_run else database.write() as session:
        questionnaire = _questionnaire(session, slug)
        wave = _wave(session, questionnaire, code)
        if dry_run:
            plan = plan_reminders(session, questionnaire, wave, at=now())
        else:
            plan = remind(session, questionnaire, wave, at=now(), actor_id=None)
            session.commit()
    skipped = {str(why): len(who) for why, who in plan.skipped_by_reason.items()}
    return len(plan.reminded), skipped


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


def _tell_plan(plan: Plan) -> None:
    click.echo(f"{len(plan.asked)} asked, {len(plan.skipped)} skipped")
    _tell_skipped(plan.counts)


def _tell_skipped(counts: Mapping[str, int]) -> None:
    for reason, number in sorted(counts.items()):
        click.echo(f"  {number} {reason.replace('_', ' ')}")


@contextmanager
def _telling_why() -> Iterator[None]:
    try:
        yield
    except CannotInviteError as error:
        raise click.ClickException(str(error)) from None


def _refuse_without_mail(settings: Settings) -> None:
    missing = missing_settings(settings)
    if missing:
        raise click.ClickException(
            f"mail is not set up: {', '.join(missing)} not set; or use --links FILE"
        )


def _questionnaire(session: Session, slug: str) -> Questionnaire:
    found = find_questionnaire(session, slug)
    if found is None:
        raise click.ClickException(f"there is no questionnaire {slug!r}")
    return found


def _wave(
    session: Session, questionnaire: Questionnaire, code: str | None
) -> Wave | None:
    if code is None:
        return None
    wave = session.scalar(
        select(Wave).where(Wave.questionnaire_id == questionnaire.id, Wave.code == code)
    )
    if wave is None:
        raise click.ClickException(f"{questionnaire.slug} has no wave {code!r}")
    return wave


def _list(session: Session, name: str | None) -> ContactList | None:
    if name is None:
        return None
    found = session.scalar(select(ContactList).where(ContactList.name == name))
    if found is None:
        raise click.ClickException(f"there is no list of contacts {name!r}")
    return found
