"""Small changes to texts, as people make them: typing errors, no capitals, no stops."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.records import Language
from encoder_training.examples import Example, merged

_PLAIN = 0.45  # the share of texts left as they are
_LOWERED = 0.45
_WITHOUT_STOPS = 0.3
_SHOUTED = 0.03
_MISTYPED = 0.04  # of the words
_SHORTEST_MISTYPED = 4
_STOPS = re.compile(r"[.,!?;:]")
_JOINTS = {
    Language.DUTCH: (". ", ". ", ", maar ", "; ", ". Alleen ", ", en ", "\n"),
    Language.ENGLISH: (". ", ". ", ", but ", "; ", ". Only ", ", and ", "\n"),
}
Places = dict[str, tuple[tuple[int, int], ...]]


def changed(example: Example, chance: random.Random) -> Example:
    """A variant of an example that means the same; places of words stay right."""
    if chance.random() < _PLAIN:
        return example
    text = example.text
    if chance.random() < _LOWERED:
        text = _same_length(text, text.lower())
    elif chance.random() < _SHOUTED:
        text = _same_length(text, text.upper())
    if chance.random() < _WITHOUT_STOPS:
        text = _STOPS.sub(" ", text)
    return replace(example, text=_mistyped(text, chance))


def _same_length(text: str, other: str) -> str:
    return other if len(other) == len(text) else text


def _mistyped(text: str, chance: random.Random) -> str:
    """Two neighbouring letters change places, or one is struck in another's stead."""
    letters = list(text)
    for match in re.finditer(r"\w+", text):
        long = match.end() - match.start() >= _SHORTEST_MISTYPED
        if long and chance.random() < _MISTYPED:
            at = chance.randrange(match.start() + 1, match.end() - 1)
            if chance.random() < 0.5:  # noqa: PLR2004
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            else:
                letters[at] = letters[at + 1]
    return "".join(letters)


def joined(first: Example, second: Example, chance: random.Random) -> Example:
    """Two answers said in one breath."""
    joint = chance.choice(_JOINTS.get(first.language, (". ",)))
    start = first.text.rstrip(" .,!")
    tail = second.text
    if "." not in joint and tail[:2].istitle():
        tail = tail[0].lower() + tail[1:]
    shift = len(start) + len(joint)
    labels = {
        name: merged(e.labels[name] for e in (first, second) if name in e.labels)
        for name in sorted({*first.labels, *second.labels})
    }
    return replace(
        first,
        text=f"{start}{joint}{tail}",
        labels=labels,
        asked=first.asked & second.asked,
        spans=_spans_of(first.spans, second.spans, shift, len(start)),
        source=f"{first.source}+",
    )


def _spans_of(
    first: Mapping[str, Sequence[tuple[int, int]]],
    second: Mapping[str, Sequence[tuple[int, int]]],
    shift: int,
    limit: int,
) -> Places:
    places: dict[str, list[tuple[int, int]]] = {}
    for name, found in first.items():
        kept = [(start, min(end, limit)) for start, end in found if start < limit]
        places.setdefault(name, []).extend(kept)
    for name, found in second.items():
        moved = [(start + shift, end + shift) for start, end in found]
        places.setdefault(name, []).extend(moved)
    return {name: tuple(found) for name, found in places.items() if found}


def pairs(
    examples: Sequence[Example], share: float, chance: random.Random
) -> list[Example]:
    """Joined answers to the same question in the same language."""
    by_kind: dict[tuple[object, object], list[Example]] = {}
    for example in examples:
        by_kind.setdefault((example.role, example.language), []).append(example)
    made = []
    for example in examples:
        if chance.random() < share:
            other = chance.choice(by_kind[example.role, example.language])
            if other is not example:
                made.append(joined(example, other, chance))
    return made
