"""Commands: invitations and reminders."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.config import Settings, load_settings
from survey_app.db import Database, connected
from survey_app.invitations.asking import Doing, invite
from survey_app.invitations.links_file import hand_over, links_csv
from survey_app.invitations.mail_settings import missing_settings
from survey_app.invitations.models import Invitation
from survey_app.invitations.planning import (
    DAYS_VALID,
    MOST_DAYS_VALID,
    CannotInviteError,
    Plan,
    Round,
    plan_round,
)
from survey_app.invitations.reminding import ReminderPlan, plan_reminders, remind
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.questionnaires.queries import find_questionnaire
from survey_app.respondents.contacts import read_details
from survey_app.respondents.models import Contact, ContactList
from survey_app.vault import Vault, open_vault

QUESTIONNAIRE = click.option(
    "--questionnaire", "slug", default="standard", show_default=True
)
WAVE = click.option("--wave", "code", help="The code of a wave; none when left out.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Only say what would happen.")


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
            vault = open_vault(settings.contact_key) if dry_run else None
            _tell_plan(plan_round(session, asking, at=now()), vault)
        if dry_run:
            return
        with database.transaction() as session:
            asking = _round(session, slug, code, list_name, days)
            made = _invite(session, asking, settings, links)
    click.echo(f"{made} invitations made.")


def _invite(
    session: Session, asking: Round, settings: Settings, links: Path | None
) -> int:
    doing = Doing(secret=settings.secret_key, at=now(), actor_id=None)
    made = invite(session, asking, doing, by_mail=links is None)
    if links is not None:
        _write_links(session, links, made, settings)
    return len(made)


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
        plan = _remind(database, slug, code, dry_run=dry_run)
    invited = len(plan.reminded) + len(plan.skipped)
    click.echo(f"{len(plan.reminded)} reminded, of {invited} invited")
    vault = open_vault(settings.contact_key)
    if dry_run:
        _tell_names(_contacts_of(plan.reminded), vault)
    for reason, who in plan.skipped_by_reason.items():
        _tell_skipped(reason, len(who))
        if dry_run:
            _tell_names(_contacts_of(who), vault)


def _contacts_of(invitations: Sequence[Invitation]) -> list[Contact]:
    return [each.contact for each in invitations if each.contact is not None]


def _remind(
    database: Database, slug: str, code: str | None, *, dry_run: bool
) -> ReminderPlan:
    with database.read() if dry_run else database.write() as session:
        questionnaire = _questionnaire(session, slug)
        wave = _wave(session, questionnaire, code)
        if dry_run:
            return plan_reminders(session, questionnaire, wave, at=now())
        plan = remind(session, questionnaire, wave, at=now(), actor_id=None)
        session.commit()
        return plan


def _tell_plan(plan: Plan, vault: Vault | None) -> None:
    """By name where there is a vault to read the names from."""
    click.echo(f"{len(plan.asked)} asked, {len(plan.skipped)} skipped")
    if vault is not None:
        _tell_names(plan.asked, vault)
    for reason, who in plan.skipped_by_reason.items():
        _tell_skipped(reason, len(who))
        if vault is not None:
            _tell_names(who, vault)


def _tell_skipped(reason: str, number: int) -> None:
    click.echo(f"  {number} {reason.replace('_', ' ')}")


def _tell_names(people: Sequence[Contact], vault: Vault) -> None:
    for contact in people:
        details = read_details(vault, contact)
        click.echo(f"    {details.address}  {details.name or ''}".rstrip())


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
