"""Keeping what was promised: an errand of the worker, and a command to look ahead."""

from collections.abc import Iterator

import click

from survey_app.clock import now
from survey_app.config import Settings, load_settings
from survey_app.db import Database, connected
from survey_app.insights.masking import mask_words
from survey_app.invitations.erasing import (
    count_expired_contacts,
    forget_contacts,
    has_expired_contacts,
)
from survey_app.questionnaires.question_set import OnExpiry
from survey_app.responses.changing import forget_stale, has_stale
from survey_app.responses.retention import Due, expire, has_due, list_due
from survey_app.responses.settling import (
    has_uncounted,
    has_unsettled,
    settle_unfinished,
    withdraw_uncounted,
)


def settle_responses(database: Database, _settings: Settings) -> bool:
    """Settle what nobody finishes; True when there may be more of it."""
    with database.read() as session:
        if not has_unsettled(session, at=now()):
            return False
    with database.transaction() as session:
        return settle_unfinished(session, at=now()) > 0


def forget_unsent_changes(database: Database, _settings: Settings) -> bool:
    """Forget changes that nobody came back to send; always done at once."""
    with database.read() as session:
        if not has_stale(session, at=now()):
            return False
    with database.transaction() as session:
        forget_stale(session, at=now())
    database.forget_deleted()
    return False


def withdraw_responses(database: Database, _settings: Settings) -> bool:
    """Take out of the figures what no longer counts; True when there may be more."""
    with database.read() as session:
        if not has_uncounted(session):
            return False
    with database.transaction() as session:
        return withdraw_uncounted(session) > 0


def forget_expired(database: Database, _settings: Settings) -> bool:
    """Forget what was kept long enough; True when there may be more of it."""
    with database.read() as session:
        if not has_due(session, at=now()):
            return False
    with database.transaction() as session:
        found = expire(session, mask=mask_words, at=now()) > 0
    database.forget_deleted()
    return found


def forget_old_contacts(database: Database, _settings: Settings) -> bool:
    """Forget whom there is no reason to keep; True when there may be more of them."""
    with database.read() as session:
        if not has_expired_contacts(session, at=now()):
            return False
    with database.transaction() as session:
        found = forget_contacts(session, at=now()) > 0
    database.forget_deleted()
    return found


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
def retention_command(*, dry_run: bool) -> None:
    """Forget what was kept as long as its question set promised.

    The worker does the same by itself.
    """
    settings = load_settings()
    with connected(settings.database_url) as database:
        with database.read() as session:
            due = list_due(session, at=now())
            contacts = count_expired_contacts(session, at=now())
        for line in _told(due, contacts, dry_run=dry_run):
            click.echo(line)
        if dry_run:
            return
        while settle_responses(database, settings):
            pass
        forget_unsent_changes(database, settings)
        while forget_expired(database, settings):
            pass
        while forget_old_contacts(database, settings):
            pass


def _told(due: list[Due], contacts: int, *, dry_run: bool) -> Iterator[str]:
    if not due and not contacts:
        yield "Nothing was kept longer than promised."
    would = "would be " if dry_run else ""
    for each in due:
        kind = "sent" if each.finished else "not finished"
        done = "made anonymous" if each.on_expiry is OnExpiry.ANONYMISE else "deleted"
        yield f"{each.slug} {each.version}: {each.count} {kind}, {would}{done}"
    if contacts:
        yield f"contacts: {contacts}, {would}deleted"
