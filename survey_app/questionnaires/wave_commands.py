"""Commands: waves, the rounds in which a questionnaire is fielded."""

from datetime import datetime

import click
from sqlalchemy import select

from survey_app.config import load_settings
from survey_app.db import connected
from survey_app.questionnaires.models import Wave
from survey_app.questionnaires.queries import find_questionnaire
from survey_app.questionnaires.service import ensure_wave

DAY = click.DateTime(["%Y-%m-%d", "%d-%m-%Y"])


@click.group()
def wave() -> None:
    """Rounds of fielding a questionnaire; answers fall into one by their date."""


@wave.command("add")
@click.argument("code")
@click.option("--name", required=True, help="As it is called on the pages.")
@click.option("--from", "starts_on", type=DAY, required=True, help="First day.")
@click.option("--to", "ends_on", type=DAY, help="Last day; open when left out.")
@click.option("--questionnaire", default="standard", show_default=True)
def add(
    code: str,
    name: str,
    starts_on: datetime,
    ends_on: datetime | None,
    questionnaire: str,
) -> None:
    """Open a wave."""
    if ends_on is not None and ends_on < starts_on:
        raise click.ClickException("the last day lies before the first")
    with (
        connected(load_settings().database_url) as database,
        database.transaction() as session,
    ):
        found = find_questionnaire(session, questionnaire)
        if found is None:
            raise click.ClickException(f"there is no questionnaire {questionnaire!r}")
        ensure_wave(
            session,
            found,
            code=code,
            name=name,
            starts_on=starts_on.date(),
            ends_on=ends_on.date() if ends_on else None,
        )
    click.echo(f"Wave {code} is there.")


@wave.command("list")
def list_waves() -> None:
    """Show all waves."""
    with (
        connected(load_settings().database_url) as database,
        database.read() as session,
    ):
        for each in session.scalars(select(Wave).order_by(Wave.starts_on)):
            click.echo(
                f"{each.code}\t{each.starts_on}\t{each.ends_on or ''}\t{each.name}"
            )
    database.dispose()
