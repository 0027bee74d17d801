"""Command: what people judged, as labelled texts in a file."""

from pathlib import Path

import click

from survey_app.accounts.service import record
from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import connected
from survey_app.exports.files import whole_file
from survey_app.insights.gold import WRITERS, list_gold, write_lines

HALVES = {"learn": False, "held-out": True}


@click.command("gold")
@click.option("--redact", is_flag=True, help="Put […] in the place of personal data.")
@click.option("--half", type=click.Choice(list(HALVES)), help="Only this half.")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def export_gold_command(out: Path, half: str | None, *, redact: bool) -> None:
    """Write the texts that people judged to OUT, with what they said.

    A name that ends in .jsonl gets everything; .tsv the complete texts alone, in the
    four columns that `python -m analysis.evaluation` reads.
    """
    if out.suffix not in WRITERS:
        raise click.BadParameter(f"the name must end in {' or '.join(WRITERS)}")
    with connected(load_settings().database_url) as database:
        with database.read() as session:
            gold = list_gold(session, redacted=redact)
        if half is not None:
            gold = [each for each in gold if each.is_held_out is HALVES[half]]
        lines = write_lines(gold, out.suffix)
        with whole_file(out) as part:
            part.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        with database.transaction() as session:
            record(
                session,
                actor_id=None,
                action="export gold",
                subject="judged texts",
                at=now(),
                detail={"texts": len(lines), "redacted": redact},
            )
    click.echo(f"{len(lines)} texts to {out}.", err=True)
