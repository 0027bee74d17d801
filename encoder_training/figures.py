"""Measures an encoder with its weighing, as the product reads with both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.labelled import LabelledText, read_held_out, read_labelled
from analysis.pipeline import Pipeline, Recipe, build_pipeline
from analysis.quality import measure, polarity_on_gold
from analysis.trained_encoder import TrainedEncoder
from encoder_training.measure import score, texts_per_second

_TEST = Path(__file__).parents[1] / "labelled_answers" / "test"
_CONTRAST = "negation_and_contrast"
_MOST = 1_000  # texts of a file, evenly out of all of it

Read = Callable[[Path], list[LabelledText]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one set of texts, of both together, then of the encoder alone."""

    name: str
    texts: int
    touchpoints: float
    joint: float
    polarity: float  # of the touchpoints labelled
    polarity_macro: float
    confidence_error: float
    alone: tuple[float, float]  # touchpoints, joint


@dataclass(frozen=True, slots=True)
class Measured:
    figures: Sequence[Figures]
    absent: Sequence[str]
    speed: float  # short answers a second of one processor, the encoder alone


def measured(folder: Path, weighing: Path, reviews: Path | None) -> Measured:
    encoder = TrainedEncoder(folder)
    recipe = Recipe(weights=weighing.read_text("utf-8"))
    pipeline = build_pipeline(recipe, encoder=encoder)
    figures, absent = [], []
    for name, path, read in _sets(reviews):
        if path.is_file():
            figures.append(_figures(name, _some(read(path)), pipeline, encoder))
        else:
            absent.append(name)
    short = read_labelled(_TEST / "answers_nl.tsv")
    return Measured(figures, absent, texts_per_second(encoder, short))


def _sets(reviews: Path | None) -> list[tuple[str, Path, Read]]:
    """Nothing was trained on any of these; on those held out, limits were chosen."""
    sets: list[tuple[str, Path, Read]] = [
        (name, _TEST / f"{name}.tsv", read_labelled)
        for name in ("answers_nl", "answers_en")
    ]
    sets += [
        (f"{_CONTRAST} {language}", _TEST / f"{_CONTRAST}.tsv", _spoken(language))
        for language in ("nl", "en")
    ]
    if reviews is None:
        return sets
    for name in ("mabsa_nl_phone", "mabsa_en_phone", "opener_nl_hotel"):
        sets.append((f"{name} (held out)", reviews / f"{name}.jsonl", read_held_out))
    for name in ("semeval16_nl_restaurants", "semeval16_en_restaurants", "fabsa_en"):
        sets.append((name, reviews / f"{name}.jsonl", read_labelled))
    return sets


def _spoken(language: str) -> Read:
    return lambda path: [o for o in read_labelled(path) if o.text.language == language]


def _some(texts: Sequence[LabelledText]) -> Sequence[LabelledText]:
    return texts[:: -(-len(texts) // _MOST) or 1]


def _figures(
    name: str,
    texts: Sequence[LabelledText],
    pipeline: Pipeline,
    encoder: TrainedEncoder,
) -> Figures:
    given = [one.text for one in texts]
    quality = measure(texts, pipeline.analyse(given))
    named = [{touchpoint for touchpoint, _ in one.labels} for one in texts]
    accuracy, macro = polarity_on_gold(texts, pipeline.polarity_on(given, named))
    alone = score(texts, encoder)
    return Figures(
        name=name,
        texts=len(texts),
        touchpoints=quality.touchpoint_micro_f1,
        joint=quality.joint_micro_f1,
        polarity=accuracy,
        polarity_macro=macro,
        confidence_error=quality.calibration_error,
        alone=(alone.touchpoint_f1, alone.joint_f1),
    )
