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

COMPLETE, PASSED = "complete", "passed"  # what may be said of a whole text
NAMES = tuple(field.name for field in fields(FoundMention))
OF_TEXT = ("respondent_id", "wave_id", "source", "role", "language", "week")


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


def replay(session: Session, text: AnalysedText) -> None:
    """Bring the rows of a text in line with all that was said of it until now.

    A row keeps its id where it can: a page that shows it may still be open.
    """
    wanted = heed_corrections(
        [from_json(kept) for kept in text.machine_said or ()],
        session.scalars(
            select(Correction).where(_of(Correction, text)).order_by(Correction.id)
        ),
        is_complete=is_complete(session, text),
    )
    rows = list(text.mentions)
    text.mentions = [_as_row(text, each, _taken(rows, each)) for each in wanted]
    session.flush()


def is_complete(session: Session, text: AnalysedText) -> bool:
    """Whether a person said that nothing else stands in it."""
    said = exists().where(_of(TextJudgement, text), TextJudgement.verdict == COMPLETE)
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
    table: type[Correction] | type[TextJudgement], text: AnalysedText
) -> ColumnElement[bool]:
    if text.turn_id is not None:
        return table.turn_id == text.turn_id
    return table.answer_id == text.answer_id
