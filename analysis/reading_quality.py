"""How well texts are read, counted on texts that people judged."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.intervals import Share, share_of
from analysis.records import Mention

MIN_JUDGED = 10  # under this a share says nothing yet
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)  # of confidence, each up to the next


class Outcome(StrEnum):
    """What became of one mention when a person looked."""

    RIGHT = "right"
    FELT_OTHERWISE = "felt_otherwise"  # the touchpoint is right, the polarity is not
    WRONG = "wrong"  # nobody speaks of this touchpoint here
    MISSED = "missed"


FOUND = frozenset({Outcome.RIGHT, Outcome.FELT_OTHERWISE})


@dataclass(frozen=True, slots=True)
class JudgedText:
    """What was found in a text, and what people say stands in it.

    ``found`` are the mentions that somebody judged; of a text judged as a whole all.
    """

    key: int
    language: str
    found: Sequence[Mention]
    truth: Sequence[Mention]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One mention, found or missed, and what people say of it."""

    key: int
    language: str
    outcome: Outcome
    mention: Mention
    truth: Mention | None = None
    is_whole: bool = True

    @property
    def touchpoint(self) -> str:
        return self.mention.touchpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Of one touchpoint, or all; None: fewer than ten to go by, ``…_base`` tells."""

    touchpoint: str | None
    precision: Share | None
    precision_base: int
    recall: Share | None
    recall_base: int
    polarity: Share | None
    polarity_base: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Mentions with a confidence from ``low`` to under ``high``: how many are right."""

    low: float
    high: float
    claimed: float | None  # their mean confidence
    right: Share | None
    base: int


def compare(text: JudgedText) -> Iterator[Case]:
    """Each mention of a text with its outcome, at most once.

    A mention counts as found where one of its touchpoint overlaps it.
    """
    missed = list(text.truth)
    matched: list[Mention] = []
    for mention in text.found:
        truth = _counterpart(mention, missed)
        if truth is not None:
            missed.remove(truth)
            matched.append(truth)
            outcome = (
                Outcome.RIGHT
                if truth.polarity is mention.polarity
                else Outcome.FELT_OTHERWISE
            )
            yield _case(text, outcome, mention, truth)
        elif _counterpart(mention, matched) is None:  # else the same, found twice
            yield _case(text, Outcome.WRONG, mention)
    if text.is_whole:
        for truth in missed:
            yield _case(text, Outcome.MISSED, truth, truth)


def _case(
    text: JudgedText, outcome: Outcome, mention: Mention, truth: Mention | None = None
) -> Case:
    return Case(text.key, text.language, outcome, mention, truth, text.is_whole)


def _counterpart(mention: Mention, others: Iterable[Mention]) -> Mention | None:
    here = [
        other
        for other in others
        if other.touchpoint == mention.touchpoint
        and other.start < mention.end
        and mention.start < other.end
    ]
    here.sort(key=lambda other: other.polarity is not mention.polarity)
    return here[0] if here else None


def measure(cases: Iterable[Case]) -> list[Quality]:
    """All touchpoints together first, then each by its code.

    >>> measure([])[0].precision_base
    0
    """
    by_touchpoint: dict[str | None, Counter[Outcome]] = {None: Counter()}
    for case in cases:
        by_touchpoint.setdefault(case.touchpoint, Counter())[case.outcome] += 1
        by_touchpoint[None][case.outcome] += 1
    order = sorted(by_touchpoint, key=lambda code: code or "")
    return [_quality(code, by_touchpoint[code]) for code in order]


def _quality(touchpoint: str | None, counts: Counter[Outcome]) -> Quality:
    hits = counts[Outcome.RIGHT] + counts[Outcome.FELT_OTHERWISE]
    found = hits + counts[Outcome.WRONG]
    there = hits + counts[Outcome.MISSED]
    return Quality(
        touchpoint=touchpoint,
        precision=_share(hits, found),
        precision_base=found,
        recall=_share(hits, there),
        recall_base=there,
        polarity=_share(counts[Outcome.RIGHT], hits),
        polarity_base=hits,
    )


def calibrate(cases: Iterable[Case]) -> list[Calibration]:
    """By how sure the machine was; right means touchpoint and polarity both."""
    found = [case for case in cases if case.outcome is not Outcome.MISSED]
    edges = (*BINS, 1.0)
    calibrated = []
    for low, high in zip(BINS, edges[1:], strict=True):
        inside = [
            case
            for case in found
            if low <= case.mention.confidence < high
            or (high == case.mention.confidence == 1.0)
        ]
        calibrated.append(_calibration(low, high, inside))
    return calibrated


def _calibration(low: float, high: float, cases: Sequence[Case]) -> Calibration:
    base = len(cases)
    right = sum(case.outcome is Outcome.RIGHT for case in cases)
    claimed = sum(case.mention.confidence for case in cases) / base if base else None
    return Calibration(low, high, claimed, _share(right, base), base)


def _share(successes: int, base: int) -> Share | None:
    return share_of(successes, base) if base >= MIN_JUDGED else None
