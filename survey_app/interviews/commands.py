"""Command: import interviews."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import cast, get_args

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import Database, connected
from survey_app.interviews.reading import (
    ReadingChoices,
    ReadingError,
    Role,
    UnknownEncodingError,
)
from survey_app.interviews.service import (
    ImportedInterview,
    InterviewFacts,
    import_interview,
)
from survey_app.interviews.words import in_words, told
from survey_app.questionnaires.models import Wave

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LONGEST_TITLE = 200
LONGEST_FILE_NAME = 255
DAY = click.DateTime(["%Y-%m-%d", "%d-%m-%Y"])


@click.command("interview")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--language", type=click.Choice(["nl", "en"]), help="Spoken language.")
@click.option("--date", "held_on", type=DAY, help="When it was held.")
@click.option("--wave", "wave_code", help="Code of the wave it belongs to.")
@click.option(
    "--encoding",
    metavar="NAME",
    help="Of text files that do not show theirs: utf-8, cp1252, …",
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="NAME=ROLE",
    help="What a speaker is: interviewer, participant or other.",
)
@click.option("--speaker", metavar="NAME", help="Who speaks where nobody is named.")
@click.option("--dry-run", is_flag=True, help="Read and tell, but store nothing.")
def import_interview_command(  # noqa: PLR0913 - one for each option
    *,
    files: tuple[Path, ...],
    language: str | None,
    held_on: datetime | None,
    wave_code: str | None,
    encoding: str | None,
    roles: tuple[str, ...],
    speaker: str | None,
    dry_run: bool,
) -> None:
    """Import interviews: txt, md, docx, odt, pdf, html, vtt and srt.

    In texts each turn begins on a new line with who speaks: `Name: …`.
    """
    choices = ReadingChoices(
        encoding=encoding, roles=dict(map(_role, roles)), unnamed=speaker
    )
    failed = False
    with connected(load_settings().database_url) as database:
        for file in files:
            facts = _facts(database, file, language, held_on, wave_code)
            try:
                imported = _import(database, file, facts, choices, keep=not dry_run)
                click.echo("\n".join(_report(file, imported)))
            except ReadingError as error:
                click.echo("\n".join(_refusal(file, error)), err=True)
                failed = True
    if failed:
        raise SystemExit(1)


def _import(
    database: Database,
    file: Path,
    facts: InterviewFacts,
    choices: ReadingChoices,
    *,
    keep: bool,
) -> ImportedInterview:
    """A file much too large is not even taken into memory."""
    with file.open("rb") as content:
        data = content.read(choices.max_bytes + 1)
    with database.transaction() as session:
        imported = import_interview(
            session, data, facts, imported_at=now(), choices=choices
        )
        if not keep:
            session.rollback()
        return imported


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
        source_name=file.name[-LONGEST_FILE_NAME:],
        language=language,
        held_on=held_on.date() if held_on else None,
        wave_id=wave_id,
    )


def _report(file: Path, imported: ImportedInterview) -> Iterator[str]:
    if not imported.created:
        yield f"{file.name}: already imported, nothing changed"
        return
    document = imported.document
    how = document.source_format
    if document.encoding is not None:
        how += f", {document.encoding.name} ({document.encoding.evidence})"
    yield f"{file.name}: {len(document.turns)} turns; {how}"
    for speaker in document.speakers:
        guessed = ", by the name" if speaker.is_guessed else ""
        yield (
            f"  {speaker.name}: {speaker.role}{guessed},"
            f" {speaker.turns} turns, {speaker.words} words"
        )
    for sentence in in_words(document.report):
        yield f"  {sentence}"


def _refusal(file: Path, error: ReadingError) -> Iterator[str]:
    yield f"{file.name}: not imported: {told(error)}"
    if isinstance(error, UnknownEncodingError):
        for each in error.candidates:
            likely = " (best guess)" if each.is_best_guess else ""
            yield f"  --encoding {each.encoding}{likely}"
            yield from (f"    {line}" for line in each.preview.split("\n"))


def _role(given: str) -> tuple[str, Role]:
    name, _equals, role = given.rpartition("=")
    if not name.strip() or role.strip() not in get_args(Role):
        raise click.BadParameter(
            f"{given!r}: write it as 'Anna=interviewer'; the roles are"
            f" {', '.join(get_args(Role))}",
            param_hint="--role",
        )
    return name, cast("Role", role.strip())


def _wave_id(session: Session, code: str | None) -> int | None:
    if code is None:
        return None
    wave_id = session.scalar(select(Wave.id).where(Wave.code == code))
    if wave_id is None:
        raise click.ClickException(
            f"there is no wave {code!r}; add it with: klantreis wave add"
        )
    return wave_id
