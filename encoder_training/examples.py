"""Examples to train on: our labelled answers, and the reviews that may ship."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.encoder import OVERALL
from analysis.labelled import LabelledText, Span, read_labelled, review_key
from analysis.records import Language, Polarity, QuestionRole
from analysis.training import SHIPPED

NEGATIVE, NEUTRAL, POSITIVE, MIXED = range(4)
_SIGNS = {
    Polarity.NEGATIVE: NEGATIVE,
    Polarity.NEUTRAL: NEUTRAL,
    Polarity.POSITIVE: POSITIVE,
}
_SELDOM = 5  # a source's category seen less often is not asked about
_SHORTEST_CLAUSE = 2  # words
_NHS_LICENSED = "NHS FFT v6"  # the rows under the MIT licence


@dataclass(frozen=True, slots=True)
class Example:
    """One text, what it is asked about, and what is right.

    ``labels`` gives the polarity of each label named; ``asked`` the labels that the
    text's annotators looked for, so that the others are known not to be named.
    """

    text: str
    role: QuestionRole | None
    language: Language
    labels: Mapping[str, int]
    asked: frozenset[str]
    spans: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    group: str = "reviews"
    source: str = ""
    key: str = ""


def merged(polarities: Iterable[int]) -> int:
    """One polarity for a label that was given several.

    >>> merged([POSITIVE, NEUTRAL]) == POSITIVE, merged([POSITIVE, NEGATIVE]) == MIXED
    (True, True)
    """
    found = set(polarities)
    if MIXED in found or {NEGATIVE, POSITIVE} <= found:
        return MIXED
    opinions = found - {NEUTRAL}
    return opinions.pop() if opinions else NEUTRAL


def answers(folder: Path, touchpoints: Sequence[str]) -> Iterator[Example]:
    """Our own labelled answers, whole."""
    asked = frozenset(touchpoints)
    for path in sorted(folder.glob("*.tsv")):
        for one in read_labelled(path):
            yield _answer(one, asked, path.stem)


def _answer(one: LabelledText, asked: frozenset[str], source: str) -> Example:
    signs: dict[str, list[int]] = defaultdict(list)
    for touchpoint, polarity in sorted(one.labels):
        signs[touchpoint].append(_SIGNS[polarity])
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for span in one.spans:
        spans[span.touchpoint].append((span.start, span.end))
    return Example(
        text=one.text.text,
        role=one.text.question,
        language=one.text.language or Language.DUTCH,
        labels={name: merged(found) for name, found in signs.items()},
        asked=asked,
        spans={name: tuple(found) for name, found in spans.items()},
        group="answers",
        source=source,
        key=one.text.text,
    )


def clauses(one: LabelledText, touchpoints: frozenset[str]) -> Iterator[Example]:
    """The words that carry a label, read by themselves."""
    whole = len(one.text.text)
    for start, end in sorted({(span.start, span.end) for span in one.spans}):
        words = one.text.text[start:end]
        if end - start >= whole or len(words.split()) < _SHORTEST_CLAUSE:
            continue
        inside = [s for s in one.spans if s.start >= start and s.end <= end]
        near = {s.touchpoint for s in one.spans if s.start < end and s.end > start} - {
            s.touchpoint for s in inside
        }
        yield _clause(one, words, inside, touchpoints - near, start)


def _clause(
    one: LabelledText,
    words: str,
    inside: Sequence[Span],
    asked: frozenset[str],
    start: int,
) -> Example:
    names = sorted({span.touchpoint for span in inside})
    return Example(
        text=words,
        role=one.text.question,
        language=one.text.language or Language.DUTCH,
        labels={
            name: merged(_SIGNS[s.polarity] for s in inside if s.touchpoint == name)
            for name in names
        },
        asked=asked,
        spans={
            name: tuple(
                (s.start - start, s.end - start) for s in inside if s.touchpoint == name
            )
            for name in names
        },
        group="clauses",
        source="clauses",
        key=one.text.text,
    )


def answer_clauses(folder: Path, touchpoints: Sequence[str]) -> Iterator[Example]:
    for path in sorted(folder.glob("*.tsv")):
        for one in read_labelled(path):
            yield from clauses(one, frozenset(touchpoints))


def reviews(folder: Path) -> Iterator[Example]:
    """Shipped reviews, asked about touchpoints and about their source's categories."""
    for name in SHIPPED:
        lines = (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
        items = [json.loads(line) for line in lines]
        counts = Counter(
            label["category"] for item in items for label in item["labels"]
        )
        asked = {
            category_name(category)
            for category, count in counts.items()
            if category and count >= _SELDOM
        }
        touchpoints = {
            label["touchpoint"] for item in items for label in item["labels"]
        } - {None, ""}
        for item in items:
            yield _review(item, frozenset(asked | touchpoints), name)


def category_name(category: str) -> str:
    """A source's category as words that can be asked about.

    >>> category_name("Battery/Longevity#Battery Life")
    'about: battery longevity, battery life'
    """
    words = category.replace("_", " ").replace("/", " ").replace("#", ", ")
    return f"about: {words.casefold()}"


def _review(item: Mapping[str, Any], asked: frozenset[str], source: str) -> Example:
    signs: dict[str, list[int]] = defaultdict(list)
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    unsure = set()
    for label in item["labels"]:
        names = [label["touchpoint"] or OVERALL]
        if label["category"]:
            names.append(category_name(label["category"]))
        for name in names:
            if label["polarity"] not in set(Polarity):
                unsure.add(name)
                continue
            signs[name].append(_SIGNS[Polarity(label["polarity"])])
            spans[name].extend(_places(item["text"], label))
    return Example(
        text=item["text"],
        role=QuestionRole.REVIEW,
        language=Language(item["lang"]),
        labels={name: merged(found) for name, found in signs.items()},
        asked=asked - (unsure - signs.keys()),
        spans={name: tuple(found) for name, found in spans.items() if found},
        source=source,
        key=review_key(item),
    )


def _places(text: str, label: Mapping[str, Any]) -> list[tuple[int, int]]:
    return [
        (start, start + len(part))
        for part in (label.get("target"), label.get("expression"))
        if part and part != "NULL" and (start := text.find(part)) >= 0
    ]


def patient_answers(path: Path) -> Iterator[Example]:
    """Real survey answers whose feeling is known, for the polarity of a whole text."""
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        mark = item["sentiment_1verypos_5veryneg"]
        if item["source"] == _NHS_LICENSED and mark in {1, 2, 4, 5}:
            yield Example(
                text=item["text"],
                role=None,
                language=Language.ENGLISH,
                labels={OVERALL: POSITIVE if mark < 3 else NEGATIVE},  # noqa: PLR2004
                asked=frozenset({OVERALL}),
                source="nhs",
                key=item["id"],
            )
