"""The mentions of a text made anew: what the machine said, then what people said."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from analysis.records import Emotion, Method, Polarity, Stance
from analysis.records import Mention as FoundMention
from survey_app.insights.models import (
    AnalysedText,
    Correction,
    Mention,
    TextJudgement,
)
from survey_app.insights.overrides import heed_corrections

Source = tuple[int | None, int | None]  # an answer or a turn, by its id

COMPLETE, PASSED = "complete", "passed"  # what may be said of a whole text
NAMES = tuple(field.name for field in fields(FoundMention))
OF_TEXT = (
    "generation",
    "respondent_id",
    "wave_id",
    "source",
    "role",
    "language",
    "week",
)


def as_json(found: FoundMention) -> dict[str, Any]:
    return asdict(found) | {"cues": list(found.cues)}


def from_json(kept: Mapping[str, Any]) -> FoundMention:
    return FoundMention(
        **{
            **kept,
            "polarity": Polarity(kept["polarity"]),
            "emotion": Emotion(kept["emotion"]),
            "stance": Stance(kept["stance"]),
            "method": Method(kept["method"]),
            "cues": tuple(kept["cues"]),
        }
    )


def as_said(row: Mention) -> FoundMention:
    return from_json({name: getattr(row, name) for name in NAMES})


def list_readings(session: Session, source: Source) -> list[AnalysedText]:
    """A text as each generation of the analysis read it, the oldest first."""
    found = select(AnalysedText).where(_of(AnalysedText, source))
    return list(session.scalars(found.order_by(AnalysedText.generation)))


def keep_what_machine_said(session: Session, source: Source) -> None:
    """Before anything about a text is changed by a person for the first time."""
    for text in list_readings(session, source):
        if text.machine_said is None:
            text.machine_said = [as_json(as_said(row)) for row in text.mentions]


def replay(session: Session, source: Source) -> None:
    """Bring a text, in each generation, in line with all that was said of it.

    A row keeps its id where it can: a page that shows it may still be open.
    """
    said = select(Correction).where(_of(Correction, source)).order_by(Correction.id)
    corrections = session.scalars(said).all()
    settled = is_complete(session, source)
    for text in list_readings(session, source):
        if text.machine_said is None:
            continue  # nobody had judged it when it was kept
        found = [from_json(kept) for kept in text.machine_said]
        wanted = heed_corrections(found, corrections, is_complete=settled)
        rows = list(text.mentions)
        text.mentions = [_as_row(text, each, _taken(rows, each)) for each in wanted]
    session.flush()


def is_complete(session: Session, source: Source) -> bool:
    """Whether a person said that nothing else stands in it."""
    said = exists().where(_of(TextJudgement, source), TextJudgement.verdict == COMPLETE)
    return bool(session.scalar(select(said)))


def _taken(rows: list[Mention], found: FoundMention) -> Mention | None:
    """The row that stood there, of the same touchpoint if there is one; taken out."""
    here = [row for row in rows if (row.start, row.end) == (found.start, found.end)]
    here.sort(key=lambda row: row.touchpoint != found.touchpoint)
    if here:
        rows.remove(here[0])
    return here[0] if here else None


def _as_row(text: AnalysedText, found: FoundMention, row: Mention | None) -> Mention:
    if row is None:
        row = Mention(**{name: getattr(text, name) for name in OF_TEXT})
    for name in NAMES:
        value = getattr(found, name)
        setattr(row, name, list(value) if name == "cues" else _plain(value))
    return row


def _plain(value: object) -> object:
    return (
        value.value
        if isinstance(value, Polarity | Emotion | Stance | Method)
        else value
    )


def _of(
    table: type[AnalysedText] | type[Correction] | type[TextJudgement], source: Source
) -> ColumnElement[bool]:
    answer_id, turn_id = source
    if turn_id is not None:
        return table.turn_id == turn_id
    return table.answer_id == answer_id
