"""Commands: staff accounts."""

import click

from survey_app.accounts.permissions import ROLES
from survey_app.accounts.service import (
    InvalidStaffMemberError,
    add_staff_member,
    new_password,
)
from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import Database


@click.group()
def staff() -> None:
    """Who can sign in."""


@staff.command("add")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(sorted(ROLES)))
@click.option(
    "--password", envvar="KLANTREIS_PASSWORD", help="Made up and shown when left out."
)
def add(email: str, role: str, password: str | None) -> None:
    """Give someone an account; the password is shown once."""
    database = Database(load_settings().database_url)
    chosen = password or new_password()
    try:
        with database.transaction() as session:
            add_staff_member(
                session, email=email, role=role, password=chosen, created_at=now()
            )
    except InvalidStaffMemberError as error:
        raise click.ClickException(str(error)) from None
    finally:
        database.dispose()
    click.echo(f"{email} can sign in as {role}.")
    if password is None:
        click.echo(f"Password: {chosen}")
