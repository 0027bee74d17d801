"""What people said at each touchpoint in a few words: quotes, actions and wishes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.models import Mention
from survey_app.insights.sentences import Sentence, read_sentences

CANDIDATES = 6  # of each kind and polarity at each touchpoint
MIN_LENGTH, MAX_LENGTH = 12, 70  # code points that fit a cell of the map
LANES = {"action": "actions", "wish": "wishes"}


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Sentences of one touchpoint, the surest first, by the lane they belong to."""

    quotes: tuple[Sentence, ...] = ()
    actions: tuple[Sentence, ...] = ()
    wishes: tuple[Sentence, ...] = ()


def choose_excerpts(
    session: Session, filters: FigureFilter
) -> dict[str, Excerpts]:
    """The surest short evidence at each touchpoint, in one read for the whole map."""
    lanes: dict[str, dict[str, list[Sentence]]] = defaultdict(lambda: defaultdict(list))
    for sentence in read_sentences(session, _candidates(session, filters)):
        lane = LANES.get(sentence.stance, "quotes")
        lanes[sentence.touchpoint][lane].append(sentence)
    return {
        touchpoint: Excerpts(**{lane: tuple(found) for lane, found in by_lane.items()})
        for touchpoint, by_lane in lanes.items()
    }


def _candidates(session: Session, filters: FigureFilter) -> Sequence[int]:
    lane = case((Mention.stance.in_(LANES), Mention.stance), else_="quote")
    surest = (Mention.confidence * func.abs(Mention.score)).desc()
    place = func.row_number().over(
        partition_by=(Mention.touchpoint, lane, Mention.polarity),
        order_by=(surest, Mention.id),
    )
    length = Mention.end - Mention.start
    ranked = (
        select(Mention.id, place.label("place"), surest.element.label("sureness"))
        .where(*filters.conditions(), length.between(MIN_LENGTH, MAX_LENGTH))
        .subquery()
    )
    return session.scalars(
        select(ranked.c.id)
        .where(ranked.c.place <= CANDIDATES)
        .order_by(ranked.c.sureness.desc(), ranked.c.id)
    ).all()
