"""Command: a package into this workspace."""

from pathlib import Path

import click
from sqlalchemy.exc import IntegrityError

from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import connected
from survey_app.exports.package.checks import InvalidPackageError
from survey_app.exports.package.reading import open_package
from survey_app.exports.package.storing import PackageReport, import_package
from survey_app.questionnaires.reading.table import IDENTIFIER


@click.command("package")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "name", help="Call the questionnaire so here.")
def import_package_command(file: Path, name: str | None) -> None:
    """Take in the package FILE: a questionnaire with all its responses.

    What is here already stays as it is; with any mistake nothing is stored.
    """
    if name is not None and not IDENTIFIER.fullmatch(name):
        raise click.ClickException(
            "a name has small letters, digits and underscores, and begins with a letter"
        )
    try:
        report = _take_in(file, name)
    except InvalidPackageError as error:
        raise click.ClickException(f"{file.name}: {error}") from None
    except IntegrityError:
        raise click.ClickException(
            f"{file.name}: something in it, such as a receipt, belongs to another"
            " response here; nothing was stored"
        ) from None
    click.echo(
        f"{report.new} new responses of {report.slug}, {report.known} already there,"
        f" {report.erased} erased here before."
    )


def _take_in(file: Path, name: str | None) -> PackageReport:
    with (
        open_package(file) as package,
        connected(load_settings().database_url) as database,
    ):
        for _response in package.responses():  # all of it is looked at before we write
            pass
        with database.transaction() as session:
            return import_package(session, package, name=name, at=now())
