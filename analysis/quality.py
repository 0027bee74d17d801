"""How findings agree with labels: F1, polarity and calibration."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.labelled import LabelledText, Labels
from analysis.records import Polarity, TextAnalysis

_BINS = 10


@dataclass(frozen=True, slots=True)
class Quality:
    """How findings agree with labels; every share is between 0 and 1."""

    texts: int
    touchpoint_micro_f1: float
    touchpoint_macro_f1: float
    polarity_accuracy: float  # on touchpoints that are rightly found
    polarity_macro_f1: float
    joint_micro_f1: float  # touchpoint and polarity both right
    calibration_error: float
    by_touchpoint: Mapping[str, tuple[float, float, int]]  # precision, recall, base


def polarity_on_gold(
    texts: Sequence[LabelledText], read: Sequence[Mapping[str, Polarity]]
) -> tuple[float, float]:
    """Accuracy and macro-F1 of the polarity of every touchpoint that is labelled.

    ``read`` gives what was read for the touchpoints of each text. Touchpoints with
    two polarities in one text are left out.

    >>> polarity_on_gold([], [])
    (0.0, 0.0)
    """
    pairs = []
    for one, found in zip(texts, read, strict=True):
        once = Counter(touchpoint for touchpoint, _ in one.labels)
        pairs += [
            (polarity, found[name])
            for name, polarity in sorted(one.labels)
            if once[name] == 1 and name in found
        ]
    return _mean([float(a == b) for a, b in pairs]), _polarity_macro_f1(pairs)


def measure(texts: Sequence[LabelledText], analyses: Sequence[TextAnalysis]) -> Quality:
    """Compares findings with labels; of each text a touchpoint counts once a polarity.

    >>> measure([], []).touchpoint_micro_f1
    0.0
    """
    found = [
        frozenset((mention.touchpoint, mention.polarity) for mention in one.mentions)
        for one in analyses
    ]
    gold = [one.labels for one in texts]
    named_found = [{touchpoint for touchpoint, _ in one} for one in found]
    named_gold = [{touchpoint for touchpoint, _ in one} for one in gold]
    by_touchpoint = _counts(zip(named_gold, named_found, strict=True))
    pairs = list(_polarity_pairs(gold, found))
    return Quality(
        texts=len(texts),
        touchpoint_micro_f1=_f1(_sum(by_touchpoint)),
        touchpoint_macro_f1=_mean([_f1(c) for c in by_touchpoint.values() if c.gold]),
        polarity_accuracy=_mean([float(a == b) for a, b in pairs]),
        polarity_macro_f1=_polarity_macro_f1(pairs),
        joint_micro_f1=_f1(_sum(_counts(zip(gold, found, strict=True)))),
        calibration_error=calibration_error(_confidences(texts, analyses)),
        by_touchpoint={
            name: (_share(c.right, c.found), _share(c.right, c.gold), c.gold)
            for name, c in sorted(by_touchpoint.items())
        },
    )


@dataclass(slots=True)
class _Count:
    right: int = 0
    found: int = 0
    gold: int = 0


def _counts(pairs: Iterable[tuple[Iterable[Any], Iterable[Any]]]) -> dict[Any, _Count]:
    counts: dict[Any, _Count] = defaultdict(_Count)
    for gold, found in pairs:
        gold, found = set(gold), set(found)  # noqa: PLW2901  (the same things, as sets)
        for item in gold:
            counts[item].gold += 1
        for item in found:
            counts[item].found += 1
        for item in gold & found:
            counts[item].right += 1
    return counts


def _sum(counts: Mapping[Any, _Count]) -> _Count:
    return _Count(
        sum(count.right for count in counts.values()),
        sum(count.found for count in counts.values()),
        sum(count.gold for count in counts.values()),
    )


def _f1(count: _Count) -> float:
    return _share(2 * count.right, count.found + count.gold)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mean(values: Sequence[float]) -> float:
    return _share(sum(values), len(values))


def _polarity_pairs(
    gold: Sequence[Labels], found: Sequence[Labels]
) -> Iterator[tuple[Polarity, Polarity]]:
    """Gold and found polarity where both sides give the touchpoint exactly one."""
    for labels, findings in zip(gold, found, strict=True):
        once = Counter(touchpoint for touchpoint, _ in labels)
        given = Counter(touchpoint for touchpoint, _ in findings)
        read = dict(findings)
        for touchpoint, polarity in labels:
            if once[touchpoint] == 1 and given[touchpoint] == 1:
                yield polarity, read[touchpoint]


def _polarity_macro_f1(pairs: Sequence[tuple[Polarity, Polarity]]) -> float:
    counts = _counts(({a}, {b}) for a, b in pairs)
    return _mean([_f1(count) for count in counts.values() if count.gold])


def _confidences(
    texts: Sequence[LabelledText], analyses: Sequence[TextAnalysis]
) -> Iterator[tuple[float, bool]]:
    for one, analysis in zip(texts, analyses, strict=True):
        for mention in analysis.mentions:
            yield (
                mention.confidence,
                (mention.touchpoint, mention.polarity) in one.labels,
            )


def calibration_error(pairs: Iterable[tuple[float, bool]]) -> float:
    """How far, on average, a probability lies from the share that is right.

    Expected calibration error, in ten bins.

    >>> calibration_error([(0.75, True), (0.75, False)])
    0.25
    """
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for chance, right in pairs:
        bins[min(_BINS - 1, int(chance * _BINS))].append((chance, right))
    total = sum(len(members) for members in bins.values())
    gaps = [
        abs(sum(c for c, _ in members) - sum(right for _, right in members))
        for members in bins.values()
    ]
    return _share(sum(gaps), total)
