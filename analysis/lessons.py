"""Labelled texts as cases with the right answer beside them."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from analysis.encoder import Encoder
from analysis.findings import Case
from analysis.labelled import Labels
from analysis.passages import read_passages
from analysis.pipeline import Pipeline
from analysis.records import Polarity, Text
from analysis.weighing import BOTH, NEGATIVE, NEUTRAL, POSITIVE

NOT_SPOKEN_OF = -1


@dataclass(frozen=True, slots=True)
class Taught:
    """A labelled text, and the touchpoints that its labels tell about."""

    text: Text
    labels: Labels
    known: AbstractSet[str]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """One touchpoint of one text: what is known of it, and what is right."""

    case: Case
    spoken: bool
    polarity: int  # or NOT_SPOKEN_OF
    text: int
    weight: float


def lessons_of(
    texts: Sequence[Taught], pipeline: Pipeline, encoder: Encoder
) -> list[Lesson]:
    """A lesson for each touchpoint of each text that its labels tell about.

    Texts of several passages teach nothing: which of them a label is about is not
    known.
    """
    given = [one.text for one in texts]
    readings = [pipeline.read(text) for text in given]
    lessons = []
    read = read_passages(given, readings, encoder)
    for at, (one, passages) in enumerate(zip(texts, read, strict=True)):
        if len(passages) != 1:
            continue
        truth = _truth(one.labels)
        for case in passages[0].cases():
            name = case.judgement.touchpoint
            if name in one.known:
                polarity = truth.get(name, NOT_SPOKEN_OF)
                lessons.append(Lesson(case, polarity >= 0, polarity, at, one.weight))
    return lessons


def _truth(labels: Labels) -> dict[str, int]:
    """The polarity of each touchpoint; BOTH where it is praised and blamed."""
    signs: dict[str, set[Polarity]] = {}
    for name, polarity in labels:
        signs.setdefault(name, set()).add(polarity)
    return {name: _place(found) for name, found in signs.items()}


def _place(found: AbstractSet[Polarity]) -> int:
    if {Polarity.NEGATIVE, Polarity.POSITIVE} <= found:
        return BOTH
    if Polarity.POSITIVE in found:
        return POSITIVE
    return NEGATIVE if Polarity.NEGATIVE in found else NEUTRAL


class Rows:
    """The lessons as matrices."""

    def __init__(self, lessons: Sequence[Lesson], names: Sequence[str]) -> None:
        self.names = names
        self.spoken = np.array([one.case.spoken_findings() for one in lessons])
        places = [names.index(one.case.judgement.touchpoint) for one in lessons]
        self.own = np.eye(len(names))[places]
        self.is_spoken = np.array([one.spoken for one in lessons], float)
        self.findings = np.array([one.case.polarity_findings() for one in lessons])
        self.polarity = np.array([one.polarity for one in lessons])
        self.weights = np.array([one.weight for one in lessons])
