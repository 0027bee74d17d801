"""What people said of mentions wins over what the machine finds, again and again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from analysis.records import Mention, Method, Polarity
from survey_app.insights.models import Correction, TextJudgement
from survey_app.insights.queries import PendingText, SourceKey, source_key

BY_PEOPLE = frozenset({Method.HUMAN, Method.RESPONDENT})
SCORES = {Polarity.NEGATIVE: -0.6, Polarity.NEUTRAL: 0.0, Polarity.POSITIVE: 0.6}


def heed_corrections(
    found: Sequence[Mention],
    corrections: Iterable[Correction],
    *,
    is_complete: bool = False,
) -> list[Mention]:
    """Replay the corrections, oldest first, over the mentions of one text.

    A correction takes away what it overlaps and speaks of (what it was made on, and
    what it says instead), then puts its own mention there, if it has one. Of a text
    that is complete, only what people said remains.
    """
    mentions = list(found)
    for correction in corrections:
        spoken_of = [m for m in mentions if _speaks_of(correction, m)]
        mentions = [m for m in mentions if m not in spoken_of]
        if correction.touchpoint is not None:
            mentions.append(_as_mention(correction, spoken_of))
    if is_complete:
        mentions = [m for m in mentions if m.method in BY_PEOPLE]
    return sorted(mentions, key=lambda m: (m.start, m.end, m.touchpoint))


def corrections_by_source(
    session: Session, texts: Sequence[PendingText]
) -> dict[SourceKey, list[Correction]]:
    answer_ids = [text.answer_id for text in texts if text.answer_id is not None]
    turn_ids = [text.turn_id for text in texts if text.turn_id is not None]
    rows = session.scalars(
        select(Correction)
        .where(
            or_(Correction.answer_id.in_(answer_ids), Correction.turn_id.in_(turn_ids))
        )
        .order_by(Correction.id)
    )
    by_source: dict[SourceKey, list[Correction]] = defaultdict(list)
    for row in rows:
        by_source[source_key(row.answer_id, row.turn_id)].append(row)
    return by_source


def complete_sources(session: Session, texts: Sequence[PendingText]) -> set[SourceKey]:
    """The texts of which a person said that nothing else stands in them."""
    answer_ids = [text.answer_id for text in texts if text.answer_id is not None]
    turn_ids = [text.turn_id for text in texts if text.turn_id is not None]
    rows = session.execute(
        select(TextJudgement.answer_id, TextJudgement.turn_id).where(
            TextJudgement.verdict == "complete",
            or_(
                TextJudgement.answer_id.in_(answer_ids),
                TextJudgement.turn_id.in_(turn_ids),
            ),
        )
    )
    return {source_key(*row) for row in rows}


def score_of(polarity: Polarity) -> float:
    """A person tells the direction, not the strength: a middling one is assumed."""
    return SCORES[polarity]


def _speaks_of(correction: Correction, mention: Mention) -> bool:
    overlaps = correction.start < mention.end and mention.start < correction.end
    named = {correction.machine_touchpoint, correction.touchpoint}
    return overlaps and mention.touchpoint in named


def _as_mention(correction: Correction, replaced: Sequence[Mention]) -> Mention:
    polarity = Polarity(correction.polarity or Polarity.NEUTRAL)
    made = Mention(
        start=correction.start,
        end=correction.end,
        touchpoint=correction.touchpoint or "",
        polarity=polarity,
        score=score_of(polarity),
        confidence=1.0,
        method=Method.HUMAN,
    )
    if not replaced:
        return made
    return replace(made, emotion=replaced[0].emotion, stance=replaced[0].stance)
