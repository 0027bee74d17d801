"""The texts to measure on, and what was seen of them before."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from analysis.labelled import (
    LabelledText,
    is_held_out,
    read_held_out,
    read_labelled,
    review_key,
)
from analysis.records import Language, Polarity
from analysis.training import SHIPPED

_ROOT = Path(__file__).parents[1]
REVIEWS = _ROOT.parent / "shared" / "data" / "dev"
_TEST = _ROOT / "labelled_answers" / "test"
_TRAIN = _ROOT / "labelled_answers" / "train"
_OLDER = _ROOT / "tests" / "analysis" / "data"
_NEVER = "never seen: nothing trained, chosen or written on it"
_CHOSEN = "not trained on; thresholds chosen and weights fitted on it"
_RULES = "rules written with it in view"
_REVIEW_PART = (
    "not trained on, but thresholds chosen on it; of `--fast` the linear model was"
    " trained on it"
)
_RESEARCH = "never trained on: research data"
_ENOUGH = 100  # texts of an organisation to be shown apart


@dataclass(frozen=True, slots=True)
class Material:
    """Texts that are measured together.

    ``groups`` gives each text a part of its own name, measured apart as well.
    ``signs`` gives texts whose opinions all have one sign that sign.
    """

    name: str
    texts: Sequence[LabelledText]
    seen: str
    groups: Sequence[str] = ()
    signs: Sequence[Polarity | None] = ()
    shows_examples: bool = False

    def parts(self) -> Iterator[tuple[str, list[int]]]:
        """The whole and its parts, as places of texts."""
        yield self.name, list(range(len(self.texts)))
        for group in sorted(set(self.groups)):
            yield group, [at for at, one in enumerate(self.groups) if one == group]


@dataclass(frozen=True, slots=True)
class Source:
    """Material that may be absent."""

    name: str
    path: Path
    read: Callable[[], Material] = field(repr=False)


def sources(reviews: Path = REVIEWS) -> list[Source]:
    """Everything that is measured, in the order of the page."""
    return [
        Source("survey answers", _TEST / "answers_nl.tsv", _survey_answers),
        Source("contrast", _TEST / "negation_and_contrast.tsv", _contrast),
        Source("training answers, held out", _TRAIN, _training_answers),
        *(
            _older(name)
            for name in ("answers_nl", "answers_en", "blind_nl", "blind_en")
        ),
        _sample(reviews / "survey_answers_sample.tsv"),
        *(_held_out(reviews / f"{name}.jsonl") for name in _REVIEW_FILES),
        *(_research(reviews / f"{name}.jsonl") for name in _RESEARCH_FILES),
    ]


_REVIEW_FILES = (
    "mabsa_nl_phone",
    "mabsa_nl_hotel",
    "mabsa_en_phone",
    "mabsa_en_hotel",
    "mams_en_restaurants",
    "opener_nl_hotel",
)
_RESEARCH_FILES = ("semeval16_nl_restaurants", "semeval16_en_restaurants", "fabsa_en")


def taught_and_held_out(
    reviews: Path = REVIEWS,
) -> tuple[list[LabelledText], list[LabelledText]]:
    """What a baseline may learn from, and what it may choose thresholds on.

    The reviews that ship where they are there, and our own training answers.
    """
    paths = [*sorted(_TRAIN.glob("*.tsv"))]
    paths += [reviews / f"{name}.jsonl" for name in SHIPPED]
    taught: list[LabelledText] = []
    kept: list[LabelledText] = []
    for path in filter(Path.is_file, paths):
        held = read_held_out(path)
        names = {one.text for one in held}
        kept += held
        taught += [one for one in read_labelled(path) if one.text not in names]
    return taught, kept


def _survey_answers() -> Material:
    parts = {name: read_labelled(_TEST / f"{name}.tsv") for name in _ANSWERS}
    return Material(
        "survey answers",
        [one for texts in parts.values() for one in texts],
        _NEVER,
        groups=[name for name, texts in parts.items() for _ in texts],
    )


_ANSWERS = ("answers_nl", "answers_en")


def _contrast() -> Material:
    texts = read_labelled(_TEST / "negation_and_contrast.tsv")
    languages = [one.text.language or Language.UNDETERMINED for one in texts]
    return Material(
        "contrast", texts, _NEVER, groups=[f"contrast {one}" for one in languages]
    )


def _training_answers() -> Material:
    texts = [
        one for path in sorted(_TRAIN.glob("*.tsv")) for one in read_held_out(path)
    ]
    return Material("training answers, held out", texts, _CHOSEN, shows_examples=True)


def _older(name: str) -> Source:
    path = _OLDER / f"{name}.tsv"
    title = f"older {name}"
    return Source(
        title,
        path,
        lambda: Material(title, read_labelled(path), _RULES, shows_examples=True),
    )


def _sample(path: Path) -> Source:
    return Source(
        path.stem, path, lambda: Material(path.stem, read_labelled(path), _RULES)
    )


def _held_out(path: Path) -> Source:
    title = f"{path.stem}, held out"
    return Source(
        title,
        path,
        lambda: Material(title, read_held_out(path), _REVIEW_PART, signs=_signs(path)),
    )


def _signs(path: Path) -> list[Polarity | None]:
    """Of OpeNER, where each opinion is marked, whether it names a touchpoint or not."""
    if not path.stem.startswith("opener"):
        return []
    return [_sign(item) for item in _items(path) if is_held_out(review_key(item))]


def _sign(item: Mapping[str, Any]) -> Polarity | None:
    found = {label["polarity"] for label in item["labels"]}
    if found in ({"positive"}, {"negative"}):
        return Polarity(found.pop())
    return None


def _research(path: Path) -> Source:
    return Source(path.stem, path, lambda: _new_texts(path))


def _new_texts(path: Path) -> Material:
    """What stands in no file that was trained on; research data went around."""
    trained = _trained_texts(path.parent)
    pairs = [
        (one, item)
        for one, item in zip(read_labelled(path), _items(path), strict=True)
        if _bare(one.text.text) not in trained
    ]
    organisations = [item["org"] for _, item in pairs if "org" in item]
    counts = Counter(organisations)
    return Material(
        path.stem,
        [one for one, _ in pairs],
        _RESEARCH,
        groups=[
            f"{path.stem} {item['industry']} {item['org']}"
            if counts[item["org"]] >= _ENOUGH
            else f"{path.stem} smaller ones"
            for _, item in pairs
            if counts
        ],
    )


@cache
def _trained_texts(reviews: Path) -> frozenset[str]:
    paths = [reviews / f"{name}.jsonl" for name in SHIPPED]
    return frozenset(
        _bare(item["text"])
        for path in filter(Path.is_file, paths)
        for item in _items(path)
    )


def _bare(text: str) -> str:
    """Letters and digits: files part words and signs in their own ways."""
    return "".join(filter(str.isalnum, text.casefold()))


def _items(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)
