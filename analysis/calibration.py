"""Measures how often mentions of a kind are right, on what was not trained on."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from analysis.confidence import kind_of, shares_right
from analysis.labelled import Judgement, read_judgements, read_labelled
from analysis.linear import LinearModel
from analysis.pipeline import Pipeline, Recipe
from analysis.records import Language, QuestionRole, Text


def calibrate(
    model: LinearModel, reviews: Iterable[str], asked: Sequence[Path]
) -> dict[str, float]:
    """Shares right by kind: in reviews the model never saw, and in asked answers.

    Reviews are lines of JSON; files called ``judged…`` hold mentions that a reader
    judged, other files labelled answers.
    """
    pipeline = Pipeline(
        Recipe(fast=True),
        encoder=None,
        weights=None,
        model=model,
        version="calibration",
    )
    judged: list[tuple[str, bool]] = []
    for line in reviews:
        item = json.loads(line)
        text = Text(item["text"], QuestionRole.REVIEW, Language(item["lang"]))
        labels = {(label["touchpoint"], label["polarity"]) for label in item["labels"]}
        judged.extend(_judge(pipeline, text, labels))
    for path in asked:
        judged.extend(pair for pair in _judged_in(path, pipeline) if _is_asked(pair))
    return shares_right(judged)


def _is_asked(pair: tuple[str, bool]) -> bool:
    return pair[0].startswith("asked")


def _judged_in(path: Path, pipeline: Pipeline) -> Iterator[tuple[str, bool]]:
    if path.name.startswith("judged"):
        for judgement in read_judgements(path):
            yield from _as_judged(pipeline, judgement)
        return
    for one in read_labelled(path):
        yield from _judge(pipeline, one.text, one.labels)


def _as_judged(pipeline: Pipeline, judgement: Judgement) -> Iterator[tuple[str, bool]]:
    """The kind of a mention that a reader judged, while it is still found."""
    reading = pipeline.read(judgement.text)
    for draft in pipeline.judge(reading, judgement.text.question):
        if (draft.touchpoint, draft.polarity) == judgement.found:
            kind = kind_of(draft, judgement.text.question, reading.words)
            yield kind, judgement.right
            return


def _judge(
    pipeline: Pipeline, text: Text, labels: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, bool]]:
    reading = pipeline.read(text)
    truth = set(labels)
    for draft in pipeline.judge(reading, text.question):
        kind = kind_of(draft, text.question, reading.words)
        yield kind, (draft.touchpoint, draft.polarity.value) in truth
