"""Measures the pipeline on labelled texts: ``python -m analysis.evaluation [FILE…]``.

Reads survey answers (``.tsv``: language, question, text, labels such as ``price+
delivery-``) and reviews (``.jsonl``: ``lang``, ``text``, ``labels``). Without a file
it measures our own answers and, where they are, the reviews in ``../shared/data/dev``,
and writes ``docs/evaluation.md``.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.labelled import LabelledText, read_labelled
from analysis.pipeline import Pipeline, build_pipeline
from analysis.quality import Quality, measure
from analysis.records import TextAnalysis
from analysis.redaction_quality import FILES as MASKING_FILES
from analysis.redaction_quality import section as masking_section
from analysis.training import SHIPPED

_ROOT = Path(__file__).parents[1]
_OWN = _ROOT / "tests" / "analysis" / "data"
_REVIEWS = _ROOT.parent / "shared" / "data" / "dev"
_PAGE = _ROOT / "docs" / "evaluation.md"
_EXPERIMENTS = "## The encoder: what was tried"
_EXAMPLES = 3  # of each confusion
_CONFUSIONS = 12
_LONGEST_EXAMPLE = 110  # characters
_PUBLIC_EXAMPLES = ("answers_", "blind_")  # texts of others are not copied


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out for one file."""

    name: str
    quality: Quality
    seconds: float  # CPU seconds
    texts: Sequence[LabelledText]
    analyses: Sequence[TextAnalysis]


def measure_file(path: Path, pipeline: Pipeline) -> Measured:
    texts = read_labelled(path)
    started = time.process_time()
    analyses = pipeline.analyse([one.text for one in texts])
    seconds = time.process_time() - started
    return Measured(path.stem, measure(texts, analyses), seconds, texts, analyses)


def report(path: Path, pipeline: Pipeline) -> str:
    """One line of figures for a file, or why there is none."""
    if not path.is_file():
        return f"{path.name}: not here, skipped"
    return _line(measure_file(path, pipeline))


_HEADS = ("t.micro", "t.macro", "p.acc", "p.macro", "joint")


def _figures(quality: Quality) -> tuple[float, ...]:
    return (
        quality.touchpoint_micro_f1,
        quality.touchpoint_macro_f1,
        quality.polarity_accuracy,
        quality.polarity_macro_f1,
        quality.joint_micro_f1,
    )


def _head() -> str:
    columns = " ".join(f"{head:>8}" for head in _HEADS)
    return f"{'file':<28} {'texts':>6} {columns} {'calib':>6} {'texts/s':>8}"


def _line(one: Measured) -> str:
    figures = " ".join(f"{figure:>8.3f}" for figure in _figures(one.quality))
    speed = len(one.texts) / one.seconds if one.seconds else 0.0
    calibration = one.quality.calibration_error
    return (
        f"{one.name:<28} {one.quality.texts:>6} {figures} {calibration:>6.3f}"
        f" {speed:>8.0f}"
    )


def _part(name: str) -> str:
    """What the pipeline had seen of a file before it was measured on it."""
    if name in SHIPPED:
        return "trained on"
    if name.startswith("blind_"):
        return "blind until first measured"
    if name.startswith(("answers_", "survey_answers")):
        return "rules written against it"
    return "never trained on"


def confusions(measured: Sequence[Measured]) -> list[tuple[str, int, list[str]]]:
    """What was found for what, how often, with examples; the most frequent first."""
    seen: dict[str, list[str]] = {}
    for one in measured:
        for labelled, analysis in zip(one.texts, one.analyses, strict=True):
            for confusion in _confused(labelled, analysis):
                seen.setdefault(confusion, []).append(labelled.text.text)
    common = sorted(seen.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(name, len(texts), texts[:_EXAMPLES]) for name, texts in common]


def _confused(labelled: LabelledText, analysis: TextAnalysis) -> Iterator[str]:
    gold = dict(labelled.labels)
    found = {one.touchpoint: one.polarity for one in analysis.mentions}
    for touchpoint in sorted(gold.keys() & found.keys()):
        right = {(touchpoint, found[touchpoint])} <= labelled.labels
        if not right:
            yield f"{touchpoint}: {gold[touchpoint]} read as {found[touchpoint]}"
    missed, invented = sorted(gold.keys() - found), sorted(found.keys() - gold)
    if not invented:
        yield from (f"{touchpoint} missed" for touchpoint in missed)
    elif not missed:
        yield from (f"{touchpoint} invented" for touchpoint in invented)
    else:
        yield f"{' and '.join(missed)} read as {' and '.join(invented)}"


def page(measured: Sequence[Measured], absent: Sequence[str]) -> str:
    """The page of figures, as Markdown."""
    parts = [_INTRODUCTION, _table(measured)]
    if absent:
        parts.append(f"Not there when this page was written: {', '.join(absent)}.")
    parts.append(_NOTES)
    own = [one for one in measured if one.name.startswith(_PUBLIC_EXAMPLES)]
    parts.append(_confusion_list(own))
    parts.append(_touchpoint_table(own))
    return "\n\n".join(parts) + "\n"


def _table(measured: Sequence[Measured]) -> str:
    heads = ["file", "texts", *_HEADS, "calibration", "seen before"]
    rows = [
        [
            one.name,
            str(one.quality.texts),
            *(f"{figure:.3f}" for figure in _figures(one.quality)),
            f"{one.quality.calibration_error:.3f}",
            _part(one.name),
        ]
        for one in measured
    ]
    return _markdown([heads, ["---"] * len(heads), *rows])


def _touchpoint_table(measured: Sequence[Measured]) -> str:
    rows = [["file", "touchpoint", "precision", "recall", "labelled"], ["---"] * 5]
    for one in measured:
        for name, (precision, recall, base) in one.quality.by_touchpoint.items():
            shares = [f"{precision:.2f}", f"{recall:.2f}", str(base)]
            rows.append([one.name, name, *shares])
    return "## By touchpoint\n\n" + _markdown(rows)


def _confusion_list(measured: Sequence[Measured]) -> str:
    lines = ["## What goes wrong on our own answers", ""]
    for name, count, examples in confusions(measured)[:_CONFUSIONS]:
        quoted = "; ".join(f"“{text[:_LONGEST_EXAMPLE]}”" for text in examples)
        lines.append(f"- {name} ({count}): {quoted}")
    return "\n".join(lines)


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


_INTRODUCTION = """# How well the analysis reads

Written by `make evaluate`. t.micro and t.macro: F1 over the touchpoints of each text,
counted together and averaged by touchpoint. p.acc and p.macro: accuracy and macro-F1 of
the polarity where the touchpoint was found. joint: F1 over touchpoint and polarity both
right. calibration: the expected error of the confidence, in ten bins."""

_NOTES = """## How to read it

- **Answers of our own** (`answers_*`, `survey_answers_sample`) served to write the
  rules: their figures say that nothing broke, not how well new answers are read.
- **Blind answers** (`blind_*`) were written and labelled before the analysis was run
  on them, full of images and turns of phrase that no lexicon holds: a hard set. First
  measured they gave, Dutch, touchpoint F1 0.642 and joint 0.415, English 0.630 and
  0.291. The rules were then revised without a look at them: 0.656 and 0.439, English
  unchanged. An earlier blind set of 58 plainer Dutch answers, before that revision,
  gave 0.794 and 0.709.
- **The demo shop's answers**, by other authors. Of 120 mentions drawn at random a
  reader found the touchpoint right in 84 % and touchpoint and polarity in 74 % before
  the rules were revised on them; of 240 drawn afterwards, 90 % and 76 %. Those 240 are
  in `tests/analysis/data/judged_mentions.tsv`, and the confidence of mentions in
  answers is measured on them.
- **Reviews** (`mabsa_*`, `mams_*`, `opener_*`) train the linear model, which weighs in
  on reviews and on text of unknown origin only. Their figures above are on texts that
  it was trained on; what it does on others, by touchpoint and cross-validated, stands
  in `analysis/heads/linear.json`.
- `semeval16_*` and `fabsa_en` are research data that nothing was trained on. FABSA is
  about apps and services that no training text is about.
- Neutral is the weakest polarity everywhere, and idiom that no lexicon holds the
  commonest reason for a mention missed."""


def main(paths: Sequence[Path]) -> None:
    pipeline = build_pipeline()
    sys.stdout.write(_head() + "\n")
    for path in paths:
        sys.stdout.write(report(path, pipeline) + "\n")


def experiments(path: Path) -> str:
    """The last part of the page, which is written by hand and kept."""
    written = path.read_text("utf-8") if path.is_file() else ""
    start = written.find(_EXPERIMENTS)
    return f"\n{written[start:]}" if start >= 0 else ""


def measure_all() -> None:
    """Measures every file there is and writes the page."""
    pipeline = build_pipeline()
    own = sorted(
        path
        for path in _OWN.glob("*.tsv")
        if "judged" not in path.name and path not in MASKING_FILES
    )
    if not own:
        raise SystemExit("our labelled answers are in the repository, not the package")
    reviews = sorted(_REVIEWS.glob("*.jsonl")) + sorted(_REVIEWS.glob("*.tsv"))
    measured = []
    sys.stdout.write(_head() + "\n")
    for path in [*own, *(path for path in reviews if "nhs" not in path.name)]:
        measured.append(measure_file(path, pipeline))
        sys.stdout.write(_line(measured[-1]) + "\n")
        sys.stdout.flush()
    absent = [] if reviews else ["the review files"]
    if absent:
        sys.stdout.write(f"{_REVIEWS.name}: no review files there, left out\n")
    written = f"{page(measured, absent)}\n{masking_section()}\n"
    _PAGE.write_text(written + experiments(_PAGE), "utf-8")


if __name__ == "__main__":
    if sys.argv[1:]:
        main([Path(argument) for argument in sys.argv[1:]])
    else:
        measure_all()
