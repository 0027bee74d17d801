"""What people judged, as labelled texts for training and measuring."""

from collections.abc import Iterable

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, selectinload

from analysis.gold import GoldLabel, GoldText, as_json, as_tsv, is_held_out
from analysis.records import Language, Method, Polarity
from survey_app.insights.engine import as_text
from survey_app.insights.generations import in_current
from survey_app.insights.judging import was_judged
from survey_app.insights.masking import mask_words
from survey_app.insights.models import AnalysedText, Correction
from survey_app.insights.queries import SourceKey, source_key
from survey_app.insights.review_texts import read_words

WRITERS = {".tsv": as_tsv, ".jsonl": as_json}
BATCH = 500


def list_gold(session: Session, *, redacted: bool = False) -> list[GoldText]:
    """Every text that somebody judged and that counts, the oldest first.

    Redacted texts have no personal data; which half they belong to stays the same.
    """
    corrected = exists().where(
        or_(
            Correction.answer_id == AnalysedText.answer_id,
            Correction.turn_id == AnalysedText.turn_id,
        )
    )
    rows = session.execute(
        select(AnalysedText, was_judged())
        .where(in_current(AnalysedText), or_(corrected, was_judged()))
        .options(selectinload(AnalysedText.mentions))
        .order_by(AnalysedText.id)
    ).all()
    absent = _taken_away(session)
    words = _words(session, [text.id for text, _whole in rows])
    gold = [
        _gold(text, words[text.id], absent, is_complete=bool(whole))
        for text, whole in rows
        if words[text.id].strip()
    ]
    return [_redacted(each) for each in gold] if redacted else gold


def write_lines(gold: Iterable[GoldText], suffix: str) -> list[str]:
    """The lines of a file; ``.tsv`` cannot tell of texts that are not complete."""
    write = WRITERS[suffix]
    return [write(each) for each in gold if each.is_complete or suffix != ".tsv"]


def _words(session: Session, ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(ids), BATCH):
        part = read_words(session, ids[start : start + BATCH])
        found |= {text_id: each.words for text_id, each in part.items()}
    return found


def _gold(
    text: AnalysedText,
    words: str,
    taken_away: dict[SourceKey, set[str]],
    *,
    is_complete: bool,
) -> GoldText:
    said = {
        (row.touchpoint, Polarity(row.polarity))
        for row in text.mentions
        if row.method == Method.HUMAN
    }
    there = {row.touchpoint for row in text.mentions}
    gone = taken_away.get(source_key(text.answer_id, text.turn_id), set()) - there
    labels = [GoldLabel(*each) for each in sorted(said)]
    labels += [GoldLabel(each, None) for each in sorted(gone)]
    return GoldText(
        text=words,
        role=as_text(words, role=text.role, language=None).question,
        language=Language(text.language),
        labels=tuple(labels),
        is_complete=is_complete,
        is_held_out=is_held_out(words),
    )


def _taken_away(session: Session) -> dict[SourceKey, set[str]]:
    """Touchpoints of which somebody said that the text does not speak of them here."""
    found: dict[SourceKey, set[str]] = {}
    rows = session.execute(
        select(
            Correction.answer_id, Correction.turn_id, Correction.machine_touchpoint
        ).where(Correction.machine_touchpoint.is_not(None))
    )
    for answer_id, turn_id, touchpoint in rows:
        found.setdefault(source_key(answer_id, turn_id), set()).add(str(touchpoint))
    return found


def _redacted(gold: GoldText) -> GoldText:
    return GoldText(
        text=mask_words(gold.text),
        role=gold.role,
        language=gold.language,
        labels=gold.labels,
        is_complete=gold.is_complete,
        is_held_out=gold.is_held_out,
    )
