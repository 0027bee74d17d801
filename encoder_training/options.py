"""What a run is asked to do: the command's stages and flags."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.weighing import WEIGHTS as WEIGHING
from encoder_training.needs import CannotTrainError, listed

STAGES = ("train", "export", "calibrate", "weigh", "card")
_ROOT = Path(__file__).parents[1]
_ANSWERS = _ROOT / "labelled_answers" / "train"
_REVIEWS = _ROOT.parent / "shared" / "data" / "dev"
SHIPPED = _ROOT / "analysis" / "encoder_weights"
_HEADS = _ROOT / "analysis" / "heads"
_CHECKPOINT = _ROOT / "build" / "encoder_training" / "checkpoint.pt"
_ABOUT = """\
Trains the encoder that reads answers beside the word lists. Without stages it does
all of them, in this order:

  train      published or given weights in, a checkpoint out
  export     a checkpoint in, model.onnx in eight bits out, with its tokenizer
  calibrate  thresholds and probabilities, on texts held out
  weigh      how far rules and encoder are trusted, on texts held out
  card       measures, and writes what was found into the model card
"""


@dataclass(frozen=True, slots=True)
class Sources:
    """Folders of labelled answers and of reviews; None: our own answers alone."""

    answers: Path
    reviews: Path | None


@dataclass(frozen=True, slots=True)
class Options:
    """What ``parsed`` made of the command's arguments."""

    stages: Sequence[str]
    sources: Sources
    checkpoint: Path
    into: Path
    start: Path | None = None
    anew: bool = False
    average: Sequence[Path] = ()
    minutes: float | None = None
    changes: Mapping[str, str] | None = None
    keep: float = 5.0
    threads: int | None = None

    @property
    def weighing(self) -> Path:
        """Beside the other heads, if the encoder goes where the product looks."""
        folder = _HEADS if self.into.resolve() == SHIPPED else self.into
        return folder / WEIGHING

    @property
    def average_at(self) -> Path:
        return self.checkpoint.with_name(f"{self.checkpoint.stem}.average.pt")


def parsed(arguments: Sequence[str]) -> Options:
    """Raises CannotTrainError for what does not go together."""
    given = _parser().parse_args(arguments)
    stages = _in_order(given.stages)
    _check(given, stages)
    return Options(
        stages=stages,
        sources=Sources(given.answers, None if given.own_only else given.reviews),
        checkpoint=given.checkpoint,
        into=given.into,
        start=given.start,
        anew=given.anew,
        average=given.average,
        minutes=given.minutes,
        changes=_changes(given),
        keep=given.keep,
        threads=given.threads,
    )


def _in_order(stages: Sequence[str]) -> tuple[str, ...]:
    if unknown := [stage for stage in stages if stage not in STAGES]:
        raise CannotTrainError(
            f"{listed(unknown)} is no stage: they are {', '.join(STAGES)}."
        )
    return tuple(stage for stage in STAGES if stage in stages or not stages)


def _changes(given: Namespace) -> dict[str, str]:
    changes = {}
    for one in given.set:
        name, equals, value = one.partition("=")
        if not equals:
            raise CannotTrainError(f"--set wants NAME=VALUE, not {one!r}.")
        changes[name] = value
    if given.epochs is not None:
        changes["epochs"] = str(given.epochs)
    if given.seed is not None:
        changes["seed"] = str(given.seed)
    return changes


def _check(given: Namespace, stages: Sequence[str]) -> None:
    is_planned = given.minutes is not None or _changes(given) or given.anew
    if is_planned and "train" not in stages:
        raise CannotTrainError(
            "--minutes, --epochs, --seed, --set and --anew are for the stage train."
        )
    if given.anew and given.start is None:
        raise CannotTrainError("--anew begins a new run from --from FILE: name it.")
    if given.average and "export" not in stages:
        raise CannotTrainError("--average is for the stage export.")
    if given.threads is not None and given.threads < 1:
        raise CannotTrainError("--threads must be 1 or more.")
    if not given.keep >= 0:
        raise CannotTrainError("--keep cannot be less than nought.")


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m encoder_training",
        description=_ABOUT,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("stages", nargs="*", metavar="STAGE", help="do these alone")
    add(
        "--into",
        type=Path,
        default=SHIPPED,
        metavar="FOLDER",
        help="for model and heads (usually analysis/encoder_weights)",
    )
    add(
        "--checkpoint",
        type=Path,
        default=_CHECKPOINT,
        metavar="FILE",
        help="kept while training (usually build/encoder_training/checkpoint.pt)",
    )
    add(
        "--average",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="export the mean of these, and of what was trained or --from names",
    )
    add("--threads", type=int, metavar="N", help="processors (usually all)")
    _add_training(parser)
    _add_sources(parser)
    return parser


def _add_training(parser: ArgumentParser) -> None:
    add = parser.add_argument_group("training").add_argument
    add(
        "--from",
        type=Path,
        dest="start",
        metavar="FILE",
        help="go on from this checkpoint; an interrupted run goes on where it was",
    )
    add(
        "--anew",
        action="store_true",
        help="begin a new run from its weights, though it was interrupted",
    )
    add("--minutes", type=float, metavar="M", help="for all rounds together")
    add("--epochs", type=int, metavar="N", help="in each round")
    add("--seed", type=int, metavar="N")
    add(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="any other figure of a round (see plans.py), as often as needed",
    )
    add(
        "--keep",
        type=float,
        default=5.0,
        metavar="M",
        help="minutes after which a checkpoint is kept (5)",
    )


def _add_sources(parser: ArgumentParser) -> None:
    add = parser.add_argument_group("texts").add_argument
    add(
        "--answers",
        type=Path,
        default=_ANSWERS,
        metavar="FOLDER",
        help="labelled answers (usually labelled_answers/train)",
    )
    add(
        "--reviews",
        type=Path,
        default=_REVIEWS,
        metavar="FOLDER",
        help="reviews and patients' answers (usually ../shared/data/dev)",
    )
    add("--own-only", action="store_true", help="labelled answers alone, no reviews")
