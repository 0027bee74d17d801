"""Commands: waves, the rounds in which a questionnaire is fielded."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from sqlalchemy import select

from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import connected
from survey_app.questionnaires.fielding import (
    InvalidWaveError,
    WaveFacts,
    change_wave,
    end_wave,
)
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.questionnaires.queries import find_questionnaire
from survey_app.questionnaires.service import ensure_wave

DAY = click.DateTime(["%Y-%m-%d", "%d-%m-%Y"])
OF = click.option("--questionnaire", default="standard", show_default=True)


@click.group()
def wave() -> None:
    """Rounds of fielding a questionnaire; answers fall into one by their date."""


@wave.command("add")
@click.argument("code")
@click.option("--name", required=True, help="As it is called on the pages.")
@click.option("--from", "starts_on", type=DAY, required=True, help="First day.")
@click.option("--to", "ends_on", type=DAY, help="Last day; open when left out.")
@OF
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


@wave.command()
@click.argument("code")
@click.option("--name", required=True, help="As it is called from now on.")
@OF
def rename(code: str, name: str, questionnaire: str) -> None:
    """Call a wave otherwise; its code stays."""
    with _wave(questionnaire, code) as found:
        facts = WaveFacts(name, found.starts_on, found.ends_on)
        try:
            change_wave(found, facts)
        except InvalidWaveError as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"Wave {code} is called {name}.")


@wave.command()
@click.argument("code")
@click.option("--on", "day", type=DAY, help="Last day; today when left out.")
@OF
def end(code: str, day: datetime | None, questionnaire: str) -> None:
    """Give a wave its last day; what is sent after it falls into another."""
    with _wave(questionnaire, code) as found:
        end_wave(found, on=(day or now()).date())
        last = found.ends_on
    click.echo(f"Wave {code} ends on {last}.")


@contextmanager
def _wave(slug: str, code: str) -> Iterator[Wave]:
    with (
        connected(load_settings().database_url) as database,
        database.transaction() as session,
    ):
        found = session.scalar(
            select(Wave)
            .join(Questionnaire)
            .where(Questionnaire.slug == slug, Wave.code == code)
        )
        if found is None:
            raise click.ClickException(f"{slug} has no wave {code!r}")
        yield found


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
