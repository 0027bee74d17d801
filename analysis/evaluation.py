"""Measures the pipeline on your labels: ``python -m analysis.evaluation FILE…``.

Reads survey answers (``.tsv``: language, question, text, labels such as ``price+
delivery-``) and reviews (``.jsonl``: ``lang``, ``text``, ``labels``). What the project
measures itself on, beside what else there is, is ``make evaluate``.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.labelled import read_labelled
from analysis.pipeline import Pipeline, build_pipeline
from analysis.quality import Quality, measure

_HEADS = ("t.micro", "t.macro", "p.acc", "p.macro", "joint")


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out for one file."""

    name: str
    quality: Quality
    seconds: float  # CPU seconds


def measure_file(path: Path, pipeline: Pipeline) -> Measured:
    texts = read_labelled(path)
    started = time.process_time()
    analyses = pipeline.analyse([one.text for one in texts])
    seconds = time.process_time() - started
    return Measured(path.stem, measure(texts, analyses), seconds)


def report(path: Path, pipeline: Pipeline) -> str:
    """One line of figures for a file, or why there is none."""
    if not path.is_file():
        return f"{path.name}: not here, skipped"
    return _line(measure_file(path, pipeline))


def _head() -> str:
    columns = " ".join(f"{head:>8}" for head in _HEADS)
    return f"{'file':<28} {'texts':>6} {columns} {'calib':>6} {'texts/s':>8}"


def _line(one: Measured) -> str:
    quality = one.quality
    shares = (
        quality.touchpoint_micro_f1,
        quality.touchpoint_macro_f1,
        quality.polarity_accuracy,
        quality.polarity_macro_f1,
        quality.joint_micro_f1,
    )
    figures = " ".join(f"{share:>8.3f}" for share in shares)
    speed = quality.texts / one.seconds if one.seconds else 0.0
    return (
        f"{one.name:<28} {quality.texts:>6} {figures}"
        f" {quality.calibration_error:>6.3f} {speed:>8.0f}"
    )


def main(paths: Sequence[Path]) -> None:
    if not paths:
        raise SystemExit("give files of labelled texts to measure on")
    pipeline = build_pipeline()
    sys.stdout.write(_head() + "\n")
    for path in paths:
        sys.stdout.write(report(path, pipeline) + "\n")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
