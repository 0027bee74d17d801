"""Command: make a workspace ready, or bring it up to this version."""

from importlib.resources import files

import click
from sqlalchemy import select

from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import Database, connected
from survey_app.migrations import migrate
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.service import publish

STANDARD = files("question_sets") / "standard_v1.toml"


@click.command("migrate")
@click.option("--organisation", help="Your name, at the top of the questionnaire.")
def migrate_command(organisation: str | None) -> None:
    """Create the database at DATABASE_URL, or bring it up to this version.

    A new workspace starts with the standard questionnaire, open to answers.
    """
    with connected(load_settings().database_url) as database:
        migrate(database.engine)
        click.echo("The database is ready.")
        if publish_standard(database, organisation=organisation):
            click.echo("The standard questionnaire is open at /q/standard/.")


def publish_standard(database: Database, *, organisation: str | None) -> bool:
    """Publish the standard questionnaire where there is none at all yet."""
    with database.transaction() as session:
        if session.scalar(select(Questionnaire.id).limit(1)) is not None:
            return False
        source = STANDARD.read_text("utf-8")
        publish(session, source, published_at=now(), organisation=organisation)
        return True
