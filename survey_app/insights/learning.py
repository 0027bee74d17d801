"""Learning from what people judged: new weights, kept only if they are not worse."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.pipeline import Pipeline
from analysis.retraining import Retrained, retrain
from survey_app.accounts.service import record
from survey_app.insights.gold import list_gold
from survey_app.insights.models import LearnedWeights


def find_weights(session: Session, *, encoder: str | None) -> str | None:
    """The weights learned for this encoder and still in use; None: the shipped ones.

    What was learned beside an earlier encoder means nothing to a new one.
    """
    newest = session.scalar(
        select(LearnedWeights)
        .where(LearnedWeights.is_used)
        .order_by(LearnedWeights.id.desc())
        .limit(1)
    )
    if newest is None or newest.encoder != encoder:
        return None
    return newest.weights


def learn(
    session: Session, pipeline: Pipeline, *, start: str | None = None
) -> Retrained:
    """What learning from all judgements would give; nothing is changed yet.

    Learning starts from the shipped weights unless others are given. Raises
    NothingToLearnError and NoEncoderError.
    """
    return retrain(list_gold(session), pipeline, start=start)


def keep(session: Session, result: Retrained, *, encoder: str, at: datetime) -> bool:
    """Keep what was learned; it is used from now on unless it is worse."""
    is_used = result.is_not_worse
    session.add(
        LearnedWeights(
            encoder=encoder,
            weights=result.weights,
            learned_from=result.learned_from,
            measured_on=result.measured_on,
            right_before=result.before.f1,
            right_after=result.after.f1,
            is_used=is_used,
            learned_at=at,
        )
    )
    _record(session, "learn", {"texts": result.learned_from, "used": is_used}, at)
    return is_used


def go_back(session: Session, *, encoder: str, at: datetime) -> None:
    """Use the shipped weights again; what was learned stays on record."""
    session.add(
        LearnedWeights(
            encoder=encoder,
            weights=None,
            learned_from=0,
            measured_on=0,
            right_before=0.0,
            right_after=0.0,
            is_used=True,
            learned_at=at,
        )
    )
    _record(session, "learn", {"texts": 0, "used": False}, at)


def _record(
    session: Session, action: str, detail: dict[str, int | bool], at: datetime
) -> None:
    record(
        session,
        actor_id=None,
        action=action,
        subject="judged texts",
        at=at,
        detail=dict(detail),
    )
