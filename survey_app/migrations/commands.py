"""Command: create or migrate the database."""

import click

from survey_app.config import load_settings
from survey_app.db import Database
from survey_app.migrations import migrate as migrate_engine


@click.command()
def migrate() -> None:
    """Create the database at DATABASE_URL, or bring it up to this version."""
    database = Database(load_settings().database_url)
    migrate_engine(database.engine)
    database.dispose()
    click.echo("The database is ready.")
