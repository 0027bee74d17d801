"""The generated part of the model card: what was read, how, and how well it reads."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from encoder_training.figures import Figures, Measured
from encoder_training.needs import CannotTrainError
from encoder_training.record import Record

CARD = "README.md"
BEGIN = "<!-- From here to the next mark: written by python -m encoder_training. -->"
END = "<!-- Here ends what was written by python -m encoder_training. -->"
_UNKNOWN = "not recorded"
_SOURCES = (
    (
        "answers",
        (
            "`labelled_answers/train`, written for this project, whole and by the"
            " words that carry a label; `labelled_answers/test` was never trained on"
            " and chose nothing"
        ),
        "Apache-2.0, as this project",
    ),
    (
        "mabsa",
        (
            "M-ABSA (arXiv 2502.11824), Dutch and English reviews of phones, hotels,"
            " laptops, restaurants and food"
        ),
        "Apache-2.0",
    ),
    (
        "mams",
        "MAMS (Jiang and others, EMNLP 2019), English restaurant reviews",
        "Apache-2.0",
    ),
    (
        "opener",
        "OpeNER, Dutch hotel reviews",
        "annotations CC0; only the learned weights are here",
    ),
    (
        "nhs",
        (
            "NHS Friends and Family answers, the MIT-licensed rows, for the polarity"
            " of a whole text only"
        ),
        "MIT",
    ),
)
_MADE_UP = (
    (
        "contrasts",
        (
            "sentences put together from `encoder_training/contrasts.toml`, in which a"
            " small word turns the opinion"
        ),
    ),
    ("opinions", "opinions out of the lexicons of `analysis/lexicons`"),
)
_PLAN_HEADS = {
    "epochs": "epochs",
    "pieces": "pieces a batch",
    "rate": "rate",
    "head_rate": "rate of the head",
    "answer_rounds": "answers read",
    "review_share": "share of reviews",
    "contrasts": "contrasts",
    "opinions": "opinions",
    "dropout": "dropout",
    "smoothing": "smoothing",
    "seed": "seed",
}
_MEASURED_HEADS = (
    "texts",
    "number",
    "touchpoints F1",
    "with polarity F1",
    "polarity",
    "polarity, macro F1",
    "error of the confidence",
    "encoder alone: touchpoints",
    "encoder alone: with polarity",
)


def renewed(card: str, record: Record, found: Measured, size: float) -> str:
    """The card with its generated part written anew; all else stays.

    Raises CannotTrainError where the marks are not there.
    """
    before, begin, rest = card.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise CannotTrainError(
            f"The card lacks the marks between which figures are written: put"
            f" {BEGIN!r} and {END!r} into it."
        )
    parts = [_learned(record), _rounds(record), _read(record, found, size)]
    return before + "\n\n".join([BEGIN, *parts, END]) + after


def write_card(
    folder: Path, template: Path, record: Record, found: Measured, size: float
) -> None:
    """Into the folder; where it has no card yet, the shipped one is the template."""
    path = folder / CARD
    old = path if path.is_file() else template / CARD
    path.write_text(renewed(old.read_text("utf-8"), record, found, size), "utf-8")


def _learned(record: Record) -> str:
    rows = [row for source in _SOURCES for row in _source_row(record, source)]
    rows += [
        (text, "made anew in each epoch", "Apache-2.0, as this project")
        for name, text in _MADE_UP
        if any(one["plan"].get(name) for one in record.rounds)
    ]
    table = _table(("source", "texts", "licence"), rows)
    unknown = sum("texts" not in one for one in record.rounds)
    after = (
        "None of the texts of others are in this repository. Of every source one text"
        " in eight was kept for thresholds, calibration and weighing."
    )
    if unknown:
        after += f" What {unknown} of the rounds below read was not recorded."
    return f"## What it learned from\n\n{table}\n\n{after}"


def _source_row(
    record: Record, source: tuple[str, str, str]
) -> Iterator[tuple[str, str, str]]:
    start, text, licence = source
    counts = [
        sum(n for name, n in one["texts"].items() if name.startswith(start))
        for one in record.rounds
        if "texts" in one
    ]
    if any(counts):
        yield text, f"{max(counts):,}", licence


def _rounds(record: Record) -> str:
    rows = [
        (
            str(number),
            str(one.get("steps", _UNKNOWN)),
            str(one.get("minutes", _UNKNOWN)),
            *(_shown(one["plan"], name) for name in _PLAN_HEADS),
        )
        for number, one in enumerate(record.rounds, 1)
    ]
    heads = ("round", "steps", "minutes", *_PLAN_HEADS.values())
    return f"## How it was trained\n\n{_table(heads, rows)}"


def _shown(plan: Mapping[str, Any], name: str) -> str:
    return str(plan.get(name, _UNKNOWN))


def _read(record: Record, found: Measured, size: float) -> str:
    equal, whole = record.as_in_full_precision
    lines = [
        (
            "Rules and encoder together, as the product reads, then the encoder alone."
            " Nothing was trained on these texts; those held out chose thresholds and"
            " weights. Polarity is that of the touchpoints labelled."
        ),
        _table(_MEASURED_HEADS, [_figure_row(one) for one in found.figures]),
        (
            f"In eight bits {equal:.1%} of decisions and {whole:.1%} of whole texts are"
            f" as in full precision. {size:.0f} MB; {found.speed:.0f} answers of up to"
            " 12 words in a second of one processor, the encoder alone."
        ),
    ]
    if record.weighed_on is not None:
        lines.append(f"The weighing rests on {record.weighed_on:,} texts held out.")
    if found.absent:
        lines.append(f"Not measured, as they were not there: {_all(found.absent)}.")
    return "## How well it reads\n\n" + "\n\n".join(lines)


def _all(names: Sequence[str]) -> str:
    return ", ".join(names)


def _figure_row(one: Figures) -> tuple[str, ...]:
    shares = (
        one.touchpoints,
        one.joint,
        one.polarity,
        one.polarity_macro,
        one.confidence_error,
        *one.alone,
    )
    return one.name, f"{one.texts:,}", *(f"{share:.3f}" for share in shares)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
