"""Commands: staff accounts."""

from collections.abc import Callable

import click
from sqlalchemy.orm import Session

from survey_app.accounts.permissions import ROLES
from survey_app.accounts.service import (
    InvalidStaffMemberError,
    add_staff_member,
    close_account,
    new_password,
    reset_password,
)
from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import connected

password_option = click.option(
    "--password", envvar="KLANTREIS_PASSWORD", help="Made up and shown when left out."
)


@click.group()
def staff() -> None:
    """Who can sign in."""


@staff.command()
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(sorted(ROLES)))
@password_option
def add(email: str, role: str, password: str | None) -> None:
    """Give someone an account; the password is shown once."""
    chosen = password or new_password()
    _in_transaction(
        lambda session: add_staff_member(
            session, email=email, role=role, password=chosen, created_at=now()
        )
    )
    click.echo(f"{email} can sign in as {role}.")
    _show(chosen, given=password)


@staff.command()
@click.argument("email")
@password_option
def reset(email: str, password: str | None) -> None:
    """Give someone another password; the password is shown once."""
    chosen = password or new_password()
    _in_transaction(
        lambda session: reset_password(session, email=email, password=chosen)
    )
    click.echo(f"{email} has another password.")
    _show(chosen, given=password)


@staff.command()
@click.argument("email")
def close(email: str) -> None:
    """Close someone's account, at once; their corrections stay."""
    _in_transaction(lambda session: close_account(session, email=email))
    click.echo(f"{email} can no longer sign in.")


def _in_transaction(change: Callable[[Session], object]) -> None:
    with connected(load_settings().database_url) as database:
        try:
            with database.transaction() as session:
                change(session)
        except InvalidStaffMemberError as error:
            raise click.ClickException(str(error)) from None


def _show(password: str, *, given: str | None) -> None:
    if given is None:
        click.echo(f"Password: {password}")
