"""What people judged, held against what the present version of the analysis says."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from analysis.reading_quality import (
    Calibration,
    Case,
    JudgedText,
    Outcome,
    Quality,
    calibrate,
    compare,
    measure,
)
from analysis.records import Mention, Method
from survey_app.insights.corrections import Drawn
from survey_app.insights.generations import in_current
from survey_app.insights.models import AnalysedText, Correction, TextJudgement
from survey_app.insights.queries import SourceKey, source_key
from survey_app.insights.replaying import COMPLETE, as_said, from_json

__all__ = ["Calibration", "Case", "Outcome", "Quality", "calibrate", "measure"]


def read_cases(session: Session, generation: int | None = None) -> list[Case]:
    """Each judged mention with what became of it; of random texts the missed too."""
    return [case for text in read_judged(session, generation) for case in compare(text)]


def at_random(cases: Iterable[Case]) -> list[Case]:
    """Those of which a share says something about all texts."""
    return [case for case in cases if case.is_whole]


def read_judged(session: Session, generation: int | None = None) -> list[JudgedText]:
    """The texts that somebody judged, as this generation reads them."""
    is_its = (
        in_current(AnalysedText)
        if generation is None
        else AnalysedText.generation == generation
    )
    texts = session.scalars(
        select(AnalysedText)
        .where(is_its, AnalysedText.machine_said.is_not(None))
        .options(selectinload(AnalysedText.mentions))
        .order_by(AnalysedText.id)
    ).all()
    whole = _drawn_whole(session)
    said = _corrections(session)
    judged = (_judged(text, whole, said) for text in texts)
    return [text for text in judged if text is not None]


def _judged(
    text: AnalysedText,
    whole: set[SourceKey],
    said: Mapping[SourceKey, Sequence[Correction]],
) -> JudgedText | None:
    key = source_key(text.answer_id, text.turn_id)
    found = [from_json(kept) for kept in text.machine_said or ()]
    found = [m for m in found if m.method not in {Method.RESPONDENT, Method.HUMAN}]
    truth = [as_said(row) for row in text.mentions if row.method == Method.HUMAN]
    if key not in whole:
        corrections = said.get(key, ())
        found = [m for m in found if any(_is_on(c, m) for c in corrections)]
        if not found:
            return None
    return JudgedText(text.id, text.language, found, truth, key in whole)


def _is_on(correction: Correction, mention: Mention) -> bool:
    overlaps = correction.start < mention.end and mention.start < correction.end
    return overlaps and correction.machine_touchpoint == mention.touchpoint


def _drawn_whole(session: Session) -> set[SourceKey]:
    rows = session.execute(
        select(TextJudgement.answer_id, TextJudgement.turn_id).where(
            TextJudgement.verdict == COMPLETE, TextJudgement.drawn == Drawn.RANDOM
        )
    )
    return {source_key(*row) for row in rows}


def _corrections(session: Session) -> dict[SourceKey, list[Correction]]:
    """Of the queue alone: who corrects in passing does so where something is wrong."""
    found: dict[SourceKey, list[Correction]] = {}
    asked = or_(*(Correction.drawn == drawn for drawn in Drawn))
    for row in session.scalars(select(Correction).where(asked)):
        found.setdefault(source_key(row.answer_id, row.turn_id), []).append(row)
    return found
