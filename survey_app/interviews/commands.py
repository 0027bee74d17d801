"""Command: import interviews."""

from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import Database, connected
from survey_app.interviews.service import (
    ImportedInterview,
    InterviewFacts,
    TooLongTranscriptError,
    import_interview,
)
from survey_app.interviews.transcript import UnreadableTranscriptError
from survey_app.questionnaires.models import Wave

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LONGEST_TITLE = 200
DAY = click.DateTime(["%Y-%m-%d", "%d-%m-%Y"])


@click.command("interview")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--language", type=click.Choice(["nl", "en"]), help="Spoken language.")
@click.option("--date", "held_on", type=DAY, help="When it was held.")
@click.option("--wave", "wave_code", help="Code of the wave it belongs to.")
def import_interview_command(
    files: tuple[Path, ...],
    language: str | None,
    held_on: datetime | None,
    wave_code: str | None,
) -> None:
    """Import interviews: text files with a turn per paragraph, each `Name: …`."""
    failed = False
    with connected(load_settings().database_url) as database:
        for file in files:
            facts = _facts(database, file, language, held_on, wave_code)
            try:
                with database.transaction() as session:
                    imported = import_interview(
                        session, file.read_bytes(), facts, imported_at=now()
                    )
                    click.echo(f"{file.name}: {_summary(imported)}")
            except (UnreadableTranscriptError, TooLongTranscriptError) as error:
                click.echo(f"{file.name}: not imported: {error}", err=True)
                failed = True
    if failed:
        raise SystemExit(1)


def _facts(
    database: Database,
    file: Path,
    language: str | None,
    held_on: datetime | None,
    wave_code: str | None,
) -> InterviewFacts:
    with database.read() as session:
        wave_id = _wave_id(session, wave_code)
    return InterviewFacts(
        title=file.stem.replace("_", " ").strip().capitalize()[:LONGEST_TITLE],
        source_name=file.name,
        language=language,
        held_on=held_on.date() if held_on else None,
        wave_id=wave_id,
    )


def _summary(imported: ImportedInterview) -> str:
    if not imported.created:
        return "already imported, nothing changed"
    transcript = imported.transcript
    speakers = ", ".join(transcript.speakers)
    return f"{len(transcript.turns)} turns of {speakers} ({transcript.encoding})"


def _wave_id(session: Session, code: str | None) -> int | None:
    if code is None:
        return None
    wave_id = session.scalar(select(Wave.id).where(Wave.code == code))
    if wave_id is None:
        raise click.ClickException(
            f"there is no wave {code!r}; add it with: klantreis wave add"
        )
    return wave_id
