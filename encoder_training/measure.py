"""Measures an encoder: ``python -m encoder_training.measure [WEIGHTS [REVIEWS]]``.

On files that it was not trained on: our test answers, held-out parts of the shipped
reviews, and research data. Prints one line a file, then calibration and speed.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.encoder import Judgement, kind_of
from analysis.labelled import LabelledText, read_held_out, read_labelled
from analysis.quality import calibration_error
from analysis.records import Polarity
from analysis.trained_encoder import TrainedEncoder

_ROOT = Path(__file__).parents[1]
_TEST = _ROOT / "labelled_answers" / "test"
_REVIEWS = _ROOT.parent / "shared" / "data" / "dev"
_SHORT = 12  # words
_SPEED_ROUNDS = 3


@dataclass(slots=True)
class Score:
    """Counts over the texts of a file."""

    touchpoints: list[int] = field(default_factory=lambda: [0, 0, 0])
    joint: list[int] = field(default_factory=lambda: [0, 0, 0])
    signs: list[tuple[Polarity, Polarity, float]] = field(default_factory=list)
    chances: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def touchpoint_f1(self) -> float:
        return _f1(self.touchpoints)

    @property
    def joint_f1(self) -> float:
        return _f1(self.joint)

    def line(self) -> str:
        hits = [(chance, gold == found) for gold, found, chance in self.signs]
        accuracy = sum(right for _, right in hits) / max(1, len(hits))
        return (
            f"t.micro {self.touchpoint_f1:.3f}  joint {self.joint_f1:.3f}"
            f"  p.acc {accuracy:.3f}  p.macro {_macro(self.signs):.3f}"
            f"  (n {len(hits)})  ece.t {calibration_error(self.chances):.3f}"
            f"  ece.p {calibration_error(hits):.3f}"
        )


def _add(counts: list[int], gold: AbstractSet[Any], found: AbstractSet[Any]) -> None:
    for place, part in enumerate((gold, found, gold & found)):
        counts[place] += len(part)


def _f1(counts: Sequence[int]) -> float:
    gold, found, right = counts
    return _share(2 * right, gold + found)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _macro(signs: Sequence[tuple[Polarity, Polarity, float]]) -> float:
    scores = []
    for sign in Polarity:
        gold = sum(one[0] == sign for one in signs)
        found = sum(one[1] == sign for one in signs)
        right = sum(one[0] == one[1] == sign for one in signs)
        if gold:
            scores.append(2 * right / (gold + found))
    return sum(scores) / max(1, len(scores))


def score(texts: Sequence[LabelledText], encoder: TrainedEncoder) -> Score:
    total = Score()
    judged = encoder.judge([one.text for one in texts])
    for one, judgements in zip(texts, judged, strict=True):
        _count(total, one, judgements, encoder)
    return total


def _count(
    total: Score,
    one: LabelledText,
    judgements: Sequence[Judgement],
    encoder: TrainedEncoder,
) -> None:
    limits = encoder.heads.thresholds[kind_of(one.text.question)]
    labels = {label for label in one.labels if label[0] in limits}
    named = [j for j in judgements if j.probability >= limits.get(j.touchpoint, 2)]
    found = {
        (j.touchpoint, sign)
        for j in named
        for sign in j.polarities(encoder.heads.mixed_from)
    }
    gold = {name for name, _ in labels}
    _add(total.touchpoints, gold, {j.touchpoint for j in named})
    _add(total.joint, labels, found)
    total.chances.extend((j.probability, j.touchpoint in gold) for j in named)
    once = Counter(name for name, _ in labels)
    by_name = {j.touchpoint: j for j in judgements}
    total.signs.extend(
        (sign, by_name[name].polarity, by_name[name].sureness)
        for name, sign in sorted(labels)
        if once[name] == 1
    )


def texts_per_second(encoder: TrainedEncoder, texts: Sequence[LabelledText]) -> float:
    """Short answers read in one second of one processor."""
    short = [one.text for one in texts if len(one.text.text.split()) <= _SHORT]
    best = 0.0
    for _ in range(_SPEED_ROUNDS):
        started = time.process_time()
        encoder.judge(short)
        best = max(best, len(short) / (time.process_time() - started))
    return best


def files(reviews: Path) -> list[tuple[str, Callable[[], list[LabelledText]]]]:
    own = ("answers_nl", "answers_en", "negation_and_contrast")
    kept = (
        "mabsa_nl_phone",
        "mabsa_nl_hotel",
        "mabsa_en_phone",
        "opener_nl_hotel",
        "mams_en_restaurants",
    )
    research = ("semeval16_nl_restaurants", "semeval16_en_restaurants", "fabsa_en")
    return [
        *((n, lambda n=n: read_labelled(_TEST / f"{n}.tsv")) for n in own),
        *(
            (f"{n} (held out)", lambda n=n: read_held_out(reviews / f"{n}.jsonl"))
            for n in kept
        ),
        *((n, lambda n=n: read_labelled(reviews / f"{n}.jsonl")) for n in research),
    ]


def main(folder: Path, reviews: Path) -> None:
    started = time.process_time()
    encoder = TrainedEncoder(folder)
    sys.stdout.write(f"loaded in {time.process_time() - started:.2f} CPU seconds\n")
    everything = {name: read() for name, read in files(reviews)}
    contrast = everything.pop("negation_and_contrast")
    for language in ("nl", "en"):
        everything[f"contrast {language}"] = [
            one for one in contrast if one.text.language == language
        ]
    own = everything["answers_nl"] + everything["answers_en"]
    everything = {"survey answers": own, **everything}
    for name, texts in everything.items():
        line = score(texts, encoder).line()
        sys.stdout.write(f"{name:32} {len(texts):5} {line}\n")
        sys.stdout.flush()
    speed = texts_per_second(encoder, own)
    sys.stdout.write(f"{speed:.0f} short answers a CPU second\n")


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    usual = [_ROOT / "analysis" / "encoder_weights", _REVIEWS]
    main(*given, *usual[len(given) :])
