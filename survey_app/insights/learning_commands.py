"""Command: learn from what people judged."""

import click

from analysis.retraining import (
    Agreement,
    NoEncoderError,
    NothingToLearnError,
    Retrained,
)
from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import Database, connected
from survey_app.insights import engine
from survey_app.insights.learning import go_back, keep, learn
from survey_app.insights.recipes import read_recipe


@click.command("train")
@click.option("--dry-run", is_flag=True, help="Measure only; change nothing.")
@click.option("--forget", is_flag=True, help="Go back to the weights as shipped.")
def train_command(*, dry_run: bool, forget: bool) -> None:
    """Learn from the judgements of your researchers.

    Half of the judged texts are learned from, the other half says whether the analysis
    reads better. Only what is not worse is used; then all texts are analysed anew by
    the worker, and figures change when that is complete.
    """
    if dry_run and forget:
        raise click.UsageError("--dry-run and --forget do not go together")
    with connected(load_settings().database_url) as database:
        try:
            if forget:
                _forget(database)
            else:
                _train(database, dry_run=dry_run)
        except NothingToLearnError as error:
            raise click.ClickException(
                "there are too few judgements: some must be learned from, others"
                " measured on. Judge texts in the app first (Check the machine)."
            ) from error
        except NoEncoderError as error:
            raise click.ClickException(
                "this installation has no trained encoder, and word lists cannot learn"
            ) from error


def _train(database: Database, *, dry_run: bool) -> None:
    with database.read() as session:
        pipeline = engine.pipeline(read_recipe(session))
        result = learn(session, pipeline)
    click.echo(_told(result))
    if dry_run or pipeline.encoder is None:
        return
    with database.transaction() as session:
        is_used = keep(session, result, encoder=pipeline.encoder.fingerprint, at=now())
    click.echo(
        "Used from now on; the worker analyses all texts anew."
        if is_used
        else "Worse than before: what was in use stays in use."
    )


def _forget(database: Database) -> None:
    with database.read() as session:
        encoder = engine.pipeline(read_recipe(session)).encoder
    if encoder is None:
        raise NoEncoderError
    with database.transaction() as session:
        go_back(session, encoder=encoder.fingerprint, at=now())
    click.echo("The shipped weights are used from now on.")


def _told(result: Retrained) -> str:
    return (
        f"Learned from {result.learned_from} texts, measured on"
        f" {result.measured_on} others.\n"
        f"Before: {_share(result.before)}\nAfter:  {_share(result.after)}"
    )


def _share(agreement: Agreement) -> str:
    return (
        f"{agreement.f1:.3f} (right {agreement.right}, found {agreement.found},"
        f" judged {agreement.judged})"
    )
