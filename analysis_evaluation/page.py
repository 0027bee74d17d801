"""The page of figures, as Markdown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.redaction_quality import section as masking_section
from analysis_evaluation.bars import Results, bars
from analysis_evaluation.confusions import confusions
from analysis_evaluation.figures import Figures, Measured
from analysis_evaluation.page_texts import (
    CONFUSIONS,
    INTRODUCTION,
    NOTES,
    ORGANISATIONS,
    SENTENCES,
    SPEED,
)
from analysis_evaluation.systems import PRODUCT

EXPERIMENTS = "## The encoder: what was tried"
_EXAMPLES = 3  # of each confusion
_CONFUSIONS = 15
_LONGEST_EXAMPLE = 110  # characters
_BY_ORGANISATION = "fabsa_en "
HEADS = (
    "t.micro",
    "t.macro",
    "p.acc",
    "p.macro",
    "joint",
    "conf.err",
    "t.err",
    "p.err",
)

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One run: what was measured, and what was not there."""

    measured: Sequence[Measured]
    absent: Sequence[str]
    results: Results

    @property
    def figures(self) -> Iterator[Figures]:
        """By part, and by system within it."""
        all_of = [one for measured in self.measured for one in measured.figures]
        order = list(dict.fromkeys(one.part for one in all_of))
        yield from sorted(all_of, key=lambda one: order.index(one.part))


def written_page(evaluation: Evaluation, kept: str) -> str:
    """The page; ``kept`` is its end, which is written by hand."""
    parts = [
        INTRODUCTION,
        _bars(evaluation.results),
        "## By file",
        _files(evaluation),
        *_absent(evaluation.absent),
        _figures(evaluation),
        ORGANISATIONS,
        _organisations(evaluation),
        SENTENCES,
        _sentences(evaluation),
        NOTES,
        CONFUSIONS,
        *_confusion_lists(evaluation.measured),
        "## By touchpoint",
        _touchpoints(evaluation),
        masking_section(),
        SPEED,
        _speed(evaluation),
    ]
    return "\n\n".join(parts) + "\n" + kept


def experiments(path: Path) -> str:
    """The last part of the page, which is written by hand and kept."""
    written = path.read_text("utf-8") if path.is_file() else ""
    start = written.find(EXPERIMENTS)
    return f"\n{written[start:]}" if start >= 0 else ""


def figure_cells(figures: Figures) -> list[str]:
    """What stands under HEADS; empty where a system does not tell."""
    one = figures.quality
    return [
        shown(one.touchpoint_micro_f1 if one else None),
        shown(one.touchpoint_macro_f1 if one else None),
        shown(figures.polarity_accuracy),
        shown(figures.polarity_macro_f1),
        shown(one.joint_micro_f1 if one else None),
        shown(figures.confidence_error),
        shown(figures.touchpoint_error),
        shown(figures.polarity_error),
    ]


def shown(share: float | None) -> str:
    return "" if share is None else f"{share:.3f}"


def _bars(results: Results) -> str:
    head = ["about", "figure", "has to be", "is", ""]
    return _table(head, [bar.row(results) for bar in bars()])


def _files(evaluation: Evaluation) -> str:
    materials = {one.material.name: one.material for one in evaluation.measured}
    rows = [[m.name, str(len(m.texts)), m.seen] for m in materials.values()]
    return _table(["file", "texts", "seen before"], rows)


def _absent(names: Sequence[str]) -> list[str]:
    return [f"Not there when this page was written: {', '.join(names)}."] * bool(names)


def _figures(evaluation: Evaluation) -> str:
    rows = [
        [one.part, one.system, str(one.texts), *figure_cells(one)]
        for one in evaluation.figures
        if not one.part.startswith(_BY_ORGANISATION)
    ]
    return _table(["part", "system", "texts", *HEADS], rows)


def _organisations(evaluation: Evaluation) -> str:
    rows = [
        [one.part, one.system, str(one.texts), *figure_cells(one)[:5]]
        for one in evaluation.figures
        if one.part.startswith(_BY_ORGANISATION)
    ]
    return _table(["organisation", "system", "texts", *HEADS[:5]], rows)


def _sentences(evaluation: Evaluation) -> str:
    rows = [
        [one.part, one.system, str(one.signed), shown(one.sign_accuracy)]
        for one in evaluation.figures
        if one.sign_accuracy is not None
    ]
    return _table(["file", "system", "sentences", "accuracy"], rows)


def _confusion_lists(measured: Sequence[Measured]) -> Iterator[str]:
    """Of the best of ours that was measured: counts, and examples where they may be."""
    ours = [one for one in measured if one.system.startswith(PRODUCT)]
    seen: set[str] = set()
    for one in ours:
        if one.material.name in seen:
            continue
        seen.add(one.material.name)
        read = [(one.material.texts[at], said) for at, said in one.read.items()]
        lines = [f"### {one.material.name}", ""]
        for confusion in confusions(read)[:_CONFUSIONS]:
            line = f"- {confusion.name} ({confusion.count})"
            if one.material.shows_examples:
                line += f": {_quoted(confusion.texts)}"
            lines.append(line)
        yield "\n".join(lines)


def _quoted(texts: Sequence[str]) -> str:
    return "; ".join(f"“{text[:_LONGEST_EXAMPLE]}”" for text in texts[:_EXAMPLES])


def _touchpoints(evaluation: Evaluation) -> str:
    """Precision and recall of every system that names touchpoints, side by side."""
    known = [
        one
        for one in evaluation.figures
        if one.quality and not one.part.startswith(_BY_ORGANISATION)
    ]
    systems = list(dict.fromkeys(one.system for one in known))
    cells = {
        (one.part, name, one.system): (precision, recall, base)
        for one in known
        if one.quality
        for name, (precision, recall, base) in one.quality.by_touchpoint.items()
    }
    rows = []
    for part, name in sorted_rows(known):
        found = [cells.get((part, name, system)) for system in systems]
        base = max(one[2] for one in found if one)
        shares = [f"{one[0]:.2f} / {one[1]:.2f}" if one else "" for one in found]
        rows.append([part, name, str(base), *shares])
    return _table(["part", "touchpoint", "labelled", *systems], rows)


def sorted_rows(figures: Sequence[Figures]) -> list[tuple[str, str]]:
    """Each part with the touchpoints that anyone named in it, in a steady order."""
    named: dict[str, set[str]] = {}
    for one in figures:
        names = one.quality.by_touchpoint if one.quality else {}
        named.setdefault(one.part, set()).update(names)
    return [(part, name) for part, names in named.items() for name in sorted(names)]


def _speed(evaluation: Evaluation) -> str:
    rows = [
        [one.material.name, one.system, f"{one.texts_per_second:,.0f}"]
        for one in evaluation.measured
    ]
    return _table(["file", "system", "texts a CPU second"], rows)


def _table(head: Sequence[str], rows: Rows) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
