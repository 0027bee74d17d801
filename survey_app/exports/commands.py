"""Command: answers out of the workspace, into a file."""

import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.clock import now
from survey_app.config import load_settings
from survey_app.db import Database, connected
from survey_app.exports.dialects import DIALECTS
from survey_app.exports.extracts import NothingPublishedError
from survey_app.exports.files import whole_file
from survey_app.exports.formats import FORMATS, write_export
from survey_app.exports.orders import Order, Shape
from survey_app.exports.selection import Selection
from survey_app.exports.wording import LANGUAGES
from survey_app.questionnaires.models import QuestionnaireVersion, Wave
from survey_app.questionnaires.queries import find_questionnaire

STDOUT = "-"
DAY = click.DateTime(["%Y-%m-%d"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The options of the command, as given."""

    questionnaire: str
    form: str
    dialect: str
    language: str
    labels: bool
    wave: str | None
    edition: str | None
    answered_in: str | None
    since: datetime | None
    until: datetime | None
    questions: tuple[str, ...]
    include_partial: bool
    include_excluded: bool
    include_flagged: bool
    raw: bool


@click.command("answers")
@click.option("--questionnaire", default="standard", show_default=True)
@click.option("--format", "form", required=True, type=click.Choice(list(FORMATS)))
@click.option(
    "--dialect", type=click.Choice(list(DIALECTS)), default="plain", show_default=True
)
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="nl", help="Of labels."
)
@click.option("--labels", is_flag=True, help="Also tell codes in words.")
@click.option("--wave", help="Only this wave, by its code.")
@click.option("--version", "edition", help="Only this version.")
@click.option("--answered-in", type=click.Choice(LANGUAGES), help="Only this language.")
@click.option("--since", type=DAY, help="From this day on.")
@click.option("--until", type=DAY, help="Up to and including this day.")
@click.option("--question", "questions", multiple=True, help="Only these questions.")
@click.option("--include-partial", is_flag=True, help="Also what was broken off.")
@click.option("--include-excluded", is_flag=True, help="Also what was left out.")
@click.option("--include-flagged", is_flag=True, help="Also what a rule flagged.")
@click.option("--raw", is_flag=True, help="Do not guard texts against formulas.")
@click.argument("out", type=click.Path(dir_okay=False, allow_dash=True))
def export_answers_command(out: str, **chosen: object) -> None:
    """Write the answers to a questionnaire to OUT; - is the standard output."""
    options = Chosen(**chosen)  # type: ignore[arg-type] # named and typed by click
    with connected(load_settings().database_url) as database:
        with database.read() as session:
            order = _order(session, options)
        total = _to_stdout(database, order) if out == STDOUT else 0
        if out != STDOUT:
            total = _to_file(database, order, Path(out))
        with database.transaction() as session:
            record(
                session,
                actor_id=None,
                action="export",
                subject=f"questionnaire {options.questionnaire}",
                at=now(),
                detail={"format": order.format, "responses": total},
            )
    where = "" if out == STDOUT else f" to {out}"
    click.echo(f"{total} responses of {options.questionnaire}{where}.", err=True)


def _order(session: Session, chosen: Chosen) -> Order:
    questionnaire = find_questionnaire(session, chosen.questionnaire)
    if questionnaire is None:
        raise click.ClickException(
            f"there is no questionnaire {chosen.questionnaire!r}"
        )
    selection = Selection(
        questionnaire_id=questionnaire.id,
        wave_id=_wave_id(session, questionnaire.id, chosen.wave),
        version_id=_version_id(session, questionnaire.id, chosen.edition),
        language=chosen.answered_in,
        since=_day(chosen.since),
        until=_day(chosen.until),
        include_partial=chosen.include_partial,
        include_excluded=chosen.include_excluded,
        include_flagged=chosen.include_flagged,
        questions=chosen.questions or None,
        everything=FORMATS[chosen.form].takes_everything,
    )
    shape = Shape(
        dialect=chosen.dialect,
        language=chosen.language,
        labels=chosen.labels,
        raw=chosen.raw,
    )
    return Order(format=chosen.form, selection=selection, shape=shape)


def _wave_id(session: Session, questionnaire_id: int, code: str | None) -> int | None:
    if code is None:
        return None
    found = session.scalar(
        select(Wave.id).where(
            Wave.questionnaire_id == questionnaire_id, Wave.code == code
        )
    )
    if found is None:
        raise click.ClickException(f"there is no wave {code!r}")
    return found


def _version_id(
    session: Session, questionnaire_id: int, version: str | None
) -> int | None:
    if version is None:
        return None
    found = session.scalar(
        select(QuestionnaireVersion.id).where(
            QuestionnaireVersion.questionnaire_id == questionnaire_id,
            QuestionnaireVersion.version == version,
        )
    )
    if found is None:
        raise click.ClickException(f"there is no version {version!r}")
    return found


def _day(given: datetime | None) -> date | None:
    return None if given is None else given.date()


def _to_file(database: Database, order: Order, out: Path) -> int:
    with whole_file(out) as part:
        return _write(database, order, part)


def _to_stdout(database: Database, order: Order) -> int:
    with tempfile.NamedTemporaryFile() as file:
        total = _write(database, order, Path(file.name))
        with Path(file.name).open("rb") as whole:
            shutil.copyfileobj(whole, sys.stdout.buffer)
    sys.stdout.flush()
    return total


def _write(database: Database, order: Order, path: Path) -> int:
    done = 0
    try:
        for done, _total in write_export(database, order, path):  # noqa: B007 - the last counts
            pass
    except NothingPublishedError:
        raise click.ClickException("the questionnaire was never published") from None
    return done
