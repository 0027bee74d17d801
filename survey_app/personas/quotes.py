"""Quotes for a persona: what members said of what sets them apart, and the dissent."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from survey_app.insights.sentences import Sentence, read_sentences
from survey_app.personas.models import Persona
from survey_app.personas.queries import Leaning, find_leaning, list_quotable

WORDS = range(8, 41)  # of a text that speaks for itself and can be read at a glance
QUOTES = 3
NEUTRAL_BAND = 0.1
MIN_DISSENT = 0.20  # of members, before a voice against the rest is heard


@dataclass(frozen=True, slots=True)
class Quotes:
    """Up to three voices, one from each touchpoint where possible, and a dissenter."""

    typical: tuple[Sentence, ...] = ()
    dissent: Sentence | None = None
    dissenting_share: float = 0.0


def choose_quotes(
    session: Session, persona: Persona, touchpoints: Sequence[str], language: str
) -> Quotes:
    """Nobody is quoted twice; people who wrote in ``language`` come first.

    ``touchpoints`` come in order of how much they tell of this persona.
    """
    found = read_sentences(session, list_quotable(session, persona, touchpoints))
    readable = [each for each in found if len(each.text.split()) in WORDS]
    readable.sort(key=lambda each: each.language != language)  # stays surest first
    leaning = find_leaning(session, persona, band=NEUTRAL_BAND)
    against, share = _against(leaning)
    dissent = None
    if share >= MIN_DISSENT:
        dissent = next((each for each in readable if each.polarity == against), None)
    agreeing = [each for each in readable if dissent is None or not _same(each, dissent)]
    typical = tuple(_pick(agreeing, touchpoints, against if dissent else None))
    return Quotes(typical, dissent, share if dissent else 0.0)


def _against(leaning: Leaning) -> tuple[str, float]:
    """The feeling that fewer members have, and how many that are."""
    if not leaning.base:
        return "negative", 0.0
    if leaning.negative > leaning.positive:
        return "positive", leaning.positive / leaning.base
    return "negative", leaning.negative / leaning.base


def _pick(
    sentences: Sequence[Sentence], touchpoints: Sequence[str], against: str | None
) -> list[Sentence]:
    """One for each touchpoint in turn, then whatever else fits, up to three."""
    going_along = [each for each in sentences if each.polarity != against]
    picked: list[Sentence] = []
    for candidates in (_one_each(going_along, touchpoints), going_along, sentences):
        for sentence in candidates:
            if len(picked) < QUOTES and _is_new(sentence, picked):
                picked.append(sentence)
    return picked


def _one_each(
    sentences: Sequence[Sentence], touchpoints: Iterable[str]
) -> Iterator[Sentence]:
    heard: set[int] = set()
    for touchpoint in touchpoints:
        for sentence in sentences:
            if sentence.touchpoint == touchpoint and sentence.respondent_id not in heard:
                heard.add(sentence.respondent_id)
                yield sentence
                break


def _is_new(sentence: Sentence, picked: Collection[Sentence]) -> bool:
    return not any(_same(sentence, other) for other in picked)


def _same(sentence: Sentence, other: Sentence) -> bool:
    return sentence.respondent_id == other.respondent_id
