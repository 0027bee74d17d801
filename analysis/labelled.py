"""Reads texts with their labels, and judgements on what the analysis found."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.records import Language, Polarity, QuestionRole, Text

Labels = frozenset[tuple[str, Polarity]]

_MARKS = {
    "+": Polarity.POSITIVE,
    "-": Polarity.NEGATIVE,
    "0": Polarity.NEUTRAL,
}
_NOT_TOUCHPOINTS = frozenset({None, "overall", ""})
_HELD_OUT = 8  # one in so many
_COLUMNS = 3  # that a line has at least


@dataclass(frozen=True, slots=True)
class Span:
    """The words of a text that carry one of its labels."""

    start: int
    end: int
    touchpoint: str
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class LabelledText:
    text: Text
    labels: Labels
    spans: tuple[Span, ...] = ()  # where the file tells which words carry a label


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader thought of one mention that the analysis found."""

    text: Text
    found: tuple[str, Polarity]
    right: bool


def read_labelled(path: Path) -> list[LabelledText]:
    """The labelled texts of a file; raises ValueError for another kind of file.

    Of ``.jsonl`` files, texts without any touchpoint label count as naming none.
    """
    readers = {".tsv": _read_tsv, ".jsonl": _read_jsonl}
    if path.suffix not in readers:
        raise ValueError(f"{path.name} is neither .tsv nor .jsonl")
    try:
        return list(readers[path.suffix](path.read_text("utf-8").splitlines()))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error


def _read_tsv(lines: Iterable[str]) -> Iterator[LabelledText]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            one = _labelled(line)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error
        yield one


def _labelled(line: str) -> LabelledText:
    columns = line.split("\t")
    if len(columns) < _COLUMNS:
        raise ValueError("language, question and text must be parted by tabs")
    language, role, text, labels = [*columns, ""][:4]
    question = QuestionRole(role) if role else None
    read = Text(text, question, Language(language))
    if "=" in labels:
        spans = tuple(_span(text, label) for label in labels.split(" | "))
        named = frozenset((span.touchpoint, span.polarity) for span in spans)
        return LabelledText(read, named, spans)
    return LabelledText(read, frozenset(map(_touchpoint, labels.split())))


def _touchpoint(label: str) -> tuple[str, Polarity]:
    """A label such as ``price+``."""
    if label[-1:] not in _MARKS:
        raise ValueError(f"{label!r} ends in none of {' '.join(_MARKS)}")
    return label[:-1], _MARKS[label[-1]]


def _span(text: str, label: str) -> Span:
    """A label with the words that carry it: ``price-=te duur``."""
    code, _, words = label.partition("=")
    start = text.find(words)
    if start < 0:
        raise ValueError(f"{words!r} is not in {text!r}")
    return Span(start, start + len(words), *_touchpoint(code))


def _read_jsonl(lines: Iterable[str]) -> Iterator[LabelledText]:
    for line in lines:
        item: dict[str, Any] = json.loads(line)
        yield LabelledText(
            Text(item["text"], QuestionRole.REVIEW, Language(item["lang"])),
            frozenset(
                (label["touchpoint"], Polarity(label["polarity"]))
                for label in item["labels"]
                if label["touchpoint"] not in _NOT_TOUCHPOINTS
                and label["polarity"] in set(Polarity)
            ),
        )


def is_held_out(key: str) -> bool:
    """Whether a text is kept for choosing thresholds; the same on every machine."""
    return hashlib.sha256(key.encode()).digest()[0] % _HELD_OUT == 0


def review_key(item: Mapping[str, Any]) -> str:
    """By what a review is held out: sentences of one review stay together."""
    return str(item.get("doc", item["id"]))


def read_held_out(path: Path) -> list[LabelledText]:
    """The part of a file that nothing is trained on."""
    if path.suffix == ".tsv":
        return [one for one in read_labelled(path) if is_held_out(one.text.text)]
    items = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        one
        for one, item in zip(read_labelled(path), items, strict=True)
        if is_held_out(review_key(item))
    ]


def read_judgements(path: Path) -> list[Judgement]:
    """The judgements in a ``.tsv``: language, question, text, label, 1 or 0."""
    rows = (
        line.split("\t")
        for line in path.read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
    return [
        Judgement(
            Text(text, QuestionRole(role), Language(language)),
            _touchpoint(label),
            right == "1",
        )
        for language, role, text, label, right in rows
    ]
