"""Quotes for a persona: what members said of what sets them apart, and the dissent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.orm import Session

from survey_app.insights.sentences import Sentence, read_sentences
from survey_app.personas.models import Persona
from survey_app.personas.queries import Leaning, find_leaning, list_quotable
from survey_app.personas.readings import NEUTRAL_BAND

WORDS = range(8, 41)  # of a text that speaks for itself and can be read at a glance
QUOTES = 3
MIN_DISSENT = 0.20  # of members, before a voice against the rest is heard


@dataclass(frozen=True, slots=True)
class Quotes:
    """Up to three voices, one from each touchpoint where possible, and a dissenter."""

    typical: tuple[Sentence, ...] = ()
    dissent: Sentence | None = None
    dissenting_share: float = 0.0


def choose_quotes(
    session: Session, persona: Persona, feelings: Mapping[str, str], language: str
) -> Quotes:
    """Nobody is quoted twice; people who wrote in ``language`` come first.

    ``feelings`` says how members mostly feel at each touchpoint to quote from, the
    most telling one first; a typical voice goes along with that.
    """
    found = read_sentences(session, list_quotable(session, persona, list(feelings)))
    readable = [each for each in found if len(each.text.split()) in WORDS]
    readable.sort(key=lambda each: each.language != language)  # stays surest first
    leaning = find_leaning(session, persona, band=NEUTRAL_BAND)
    against, share = _against(leaning)
    dissent = None
    if share >= MIN_DISSENT:
        contrary = (each for each in readable if each.polarity == against)
        dissent = next((e for e in contrary if feelings[e.touchpoint] != against), None)
    others = [each for each in readable if dissent is None or not _same(each, dissent)]
    return Quotes(tuple(_pick(others, feelings)), dissent, share if dissent else 0.0)


def _against(leaning: Leaning) -> tuple[str, float]:
    """The feeling that fewer members have, and how many that are."""
    if not leaning.base:
        return "negative", 0.0
    if leaning.negative > leaning.positive:
        return "positive", leaning.positive / leaning.base
    return "negative", leaning.negative / leaning.base


def _pick(sentences: Sequence[Sentence], feelings: Mapping[str, str]) -> list[Sentence]:
    """One for each touchpoint in turn, then whatever else fits, up to three."""
    typical = [each for each in sentences if _goes_along(each, feelings)]
    picked: list[Sentence] = []
    for touchpoint in feelings:
        here = (each for each in typical if each.touchpoint == touchpoint)
        picked.extend(islice((each for each in here if _is_new(each, picked)), 1))
    for sentence in typical:
        if _is_new(sentence, picked):
            picked.append(sentence)
    return picked[:QUOTES]


def _goes_along(sentence: Sentence, feelings: Mapping[str, str]) -> bool:
    return feelings[sentence.touchpoint] in (sentence.polarity, "neutral")


def _is_new(sentence: Sentence, picked: Collection[Sentence]) -> bool:
    return not any(_same(sentence, other) for other in picked)


def _same(sentence: Sentence, other: Sentence) -> bool:
    return sentence.respondent_id == other.respondent_id
