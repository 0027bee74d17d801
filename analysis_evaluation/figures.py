"""How well a system reads the texts of one part."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.labelled import LabelledText
from analysis.quality import Quality, calibration_error, measure, polarity_on_gold
from analysis.records import Polarity, TextAnalysis
from analysis_evaluation.material import Material
from analysis_evaluation.systems import Opinion, System


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares are between 0 and 1; None is what the system does not give."""

    part: str
    system: str
    texts: int
    quality: Quality | None  # of touchpoints, and of both together
    polarity_accuracy: float  # of all touchpoints labelled, found or not
    polarity_macro_f1: float
    confidence_error: float | None
    touchpoint_error: float | None
    polarity_error: float | None
    sign_accuracy: float | None  # of sentences that are positive or negative
    signed: int  # how many these are


@dataclass(frozen=True, slots=True)
class Measured:
    """What one system made of one material, and the figures of its parts."""

    material: Material
    system: str
    figures: Sequence[Figures]
    texts_per_second: float  # of CPU time
    read: Mapping[int, TextAnalysis]  # by the place of the text


@dataclass(frozen=True, slots=True)
class _Answers:
    """All that a system says of one text."""

    analysis: TextAnalysis
    opinions: Mapping[str, Opinion]
    chances: Mapping[str, float] | None


def measure_on(material: Material, system: System) -> Measured | None:
    """Figures of the parts that the system can read; None where there is none."""
    places = [
        at
        for at, one in enumerate(material.texts)
        if one.text.language in system.languages
    ]
    if not places:
        return None
    texts = [material.texts[at] for at in places]
    answers, seconds = _ask(system, texts)
    by_place = dict(zip(places, answers, strict=True))
    figures = [
        _figures(part, system, material, {at: by_place[at] for at in rows})
        for part, rows in material.parts()
        if by_place.keys() >= set(rows)
    ]
    return Measured(
        material=material,
        system=system.name,
        figures=figures,
        texts_per_second=len(texts) / seconds if seconds else 0.0,
        read={at: one.analysis for at, one in by_place.items()},
    )


def _ask(
    system: System, labelled: Sequence[LabelledText]
) -> tuple[list[_Answers], float]:
    texts = [one.text for one in labelled]
    started = time.process_time()
    analyses = system.analyse(texts)
    seconds = time.process_time() - started
    names = [sorted({name for name, _ in one.labels}) for one in labelled]
    opinions = system.opinions(texts, names)
    chances = system.chances(texts)
    answers = [
        _Answers(analysis, opinion, chances[at] if chances is not None else None)
        for at, (analysis, opinion) in enumerate(zip(analyses, opinions, strict=True))
    ]
    return answers, seconds


def _figures(
    part: str, system: System, material: Material, answers: Mapping[int, _Answers]
) -> Figures:
    texts = [material.texts[at] for at in answers]
    said = list(answers.values())
    analyses = [one.analysis for one in said]
    quality = measure(texts, analyses) if system.names_touchpoints else None
    accuracy, macro = polarity_on_gold(
        texts, [{n: o.polarity for n, o in one.opinions.items()} for one in said]
    )
    signed = [
        (material.signs[at], one.analysis.overall)
        for at, one in answers.items()
        if material.signs and material.signs[at] is not None
    ]
    return Figures(
        part=part,
        system=system.name,
        texts=len(texts),
        quality=quality,
        polarity_accuracy=accuracy,
        polarity_macro_f1=macro,
        confidence_error=quality.calibration_error if quality else None,
        touchpoint_error=_error(_touchpoints(texts, said)),
        polarity_error=_error(_polarities(texts, said)),
        sign_accuracy=_share_equal(signed),
        signed=len(signed),
    )


def _touchpoints(
    texts: Sequence[LabelledText], said: Sequence[_Answers]
) -> Iterator[tuple[float, bool]]:
    """How likely each touchpoint found was, and whether the text names it."""
    for one, answers in zip(texts, said, strict=True):
        named = {name for name, _ in one.labels}
        for name, chance in (answers.chances or {}).items():
            yield chance, name in named


def _polarities(
    texts: Sequence[LabelledText], said: Sequence[_Answers]
) -> Iterator[tuple[float, bool]]:
    """How sure the polarity of each touchpoint labelled was, and whether it is right.

    Touchpoints that are praised and blamed at once are left out.
    """
    for one, answers in zip(texts, said, strict=True):
        once = Counter(name for name, _ in one.labels)
        for name, polarity in sorted(one.labels):
            opinion = answers.opinions.get(name)
            if once[name] == 1 and opinion and opinion.sureness is not None:
                yield opinion.sureness, opinion.polarity is polarity


def _error(pairs: Iterator[tuple[float, bool]]) -> float | None:
    known = list(pairs)
    return calibration_error(known) if known else None


def _share_equal(
    pairs: Sequence[tuple[Polarity | None, Polarity | None]],
) -> float | None:
    if not pairs:
        return None
    return sum(a is b for a, b in pairs) / len(pairs)
