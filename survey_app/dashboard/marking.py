"""Texts cut where their evidence begins and ends, for the templates to mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from survey_app.insights.sentences import Sentence

ROOM = 140  # code points of context on either side
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    before: str
    evidence: str
    after: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a text; ``polarity`` None: nothing was found in it."""

    text: str
    polarity: str | None


def excerpt(sentence: Sentence, room: int = ROOM) -> Excerpt:
    """The evidence with as much around it as there is room for, cut between words."""
    text, start, end = sentence.text, sentence.start, sentence.end
    return Excerpt(
        _last_words(text[:start], room), text[start:end], _first_words(text[end:], room)
    )


def _last_words(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    kept = text[-room:]
    return ELLIPSIS + kept[kept.find(" ") + 1 :]


def _first_words(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    kept = text[:room]
    space = kept.rfind(" ")
    return (kept[:space] if space > 0 else kept) + ELLIPSIS


def stretches(text: str, spans: Sequence[tuple[int, int, str]]) -> tuple[Stretch, ...]:
    """The text cut by spans of (start, end, polarity); neutral where they disagree."""
    edges = {0, len(text)}
    for start, end, _ in spans:
        edges |= {min(start, len(text)), min(end, len(text))}
    ordered = sorted(edges)
    cut = (
        Stretch(text[low:high], _polarity_over(low, high, spans))
        for low, high in pairwise(ordered)
    )
    return tuple(_joined(list(cut)))


def _polarity_over(
    low: int, high: int, spans: Sequence[tuple[int, int, str]]
) -> str | None:
    over = {polarity for start, end, polarity in spans if start < high and low < end}
    if len(over) > 1:
        return "neutral"
    return over.pop() if over else None


def _joined(cut: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in cut:
        if joined and joined[-1].polarity == stretch.polarity:
            last = joined.pop()
            stretch = Stretch(last.text + stretch.text, last.polarity)  # noqa: PLW2901 - grows
        joined.append(stretch)
    return joined
