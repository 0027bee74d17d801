"""The linear model: n-grams and lexicon findings, weighed by trained coefficients.

One-vs-rest logistic regression over TF-IDF of words (1-2) and letters (3-5), in the
manner of Wang and Manning (ACL 2012), read with numpy alone.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.cues import Word

Vector = Mapping[int, float]
Floats = npt.NDArray[np.float32]

HEAD = "linear.npz"
CARD = "linear.json"
TEXT_SHARE = 0.5  # what the rest of the text weighs beside the clause, for polarity
_LETTERS = (3, 4, 5)
_CACHE_LIMIT = 50_000
_LONGEST_WORD = 60  # what is longer is no word
_POLARITIES = 3  # negative, neutral, positive


class _LetterGrams(dict[str, tuple[str, ...]]):
    def __missing__(self, form: str) -> tuple[str, ...]:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        padded = f" {form[:_LONGEST_WORD]} "
        self[form] = tuple(
            padded[at : at + size]
            for size in _LETTERS
            for at in range(len(padded) - size + 1)
        )
        return self[form]


_LETTER_GRAMS = _LetterGrams()


def features(words: Sequence[Word], findings: Iterable[str] = ()) -> set[str]:
    """The names of what a text has: n-grams, and what the lexicons found in it.

    >>> from analysis.cues import words_in
    >>> sorted(features(words_in("Te duur"), ["price"]))[:4]
    [' du', ' duu', ' duur', ' te']
    """
    forms = [word.form for word in words]
    found = {f"={form}" for form in forms}
    found.update(f"={a} {b}" for a, b in pairwise(forms))
    for form in forms:
        found.update(_LETTER_GRAMS[form])
    found.update(f"#{finding}" for finding in findings)
    return found


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Coefficients by feature; a column for each touchpoint, then each polarity."""

    columns: Mapping[str, int]
    weights: Floats  # idf by feature
    touchpoints: tuple[str, ...]
    coefficients: npt.NDArray[np.float16]
    intercepts: Floats
    thresholds: Mapping[str, float]

    def vector(self, found: Iterable[str]) -> tuple[npt.NDArray[np.int64], Floats]:
        """The known features as rows and values of length one."""
        known = [row for row in map(self.columns.get, found) if row is not None]
        rows = np.array(sorted(known), np.int64)
        values = self.weights[rows]
        norm = float(np.sqrt((values * values).sum()))
        return rows, values / norm if norm else values

    def touchpoint_probabilities(self, found: Iterable[str]) -> dict[str, float]:
        """How likely it is, by touchpoint, that a text with these features has it."""
        rows, values = self.vector(found)
        split = len(self.touchpoints)
        margins = values @ self.coefficients[rows, :split].astype(np.float32)
        chances = 1 / (1 + np.exp(-(margins + self.intercepts[:split])))
        return dict(zip(self.touchpoints, chances.tolist(), strict=True))

    def polarity_score(self, clause: Iterable[str], text: Iterable[str]) -> float:
        """P(positive) - P(negative) of what the clause says, -1 .. +1."""
        split = len(self.touchpoints)
        margins = self.intercepts[split:].copy()
        for found, share in ((clause, 1.0), (text, TEXT_SHARE)):
            rows, values = self.vector(found)
            chosen = self.coefficients[rows, split:].astype(np.float32)
            margins += share * (values @ chosen)
        chances = np.exp(margins - margins.max())
        chances /= chances.sum()
        return float(chances[_POLARITIES - 1] - chances[0])


def save_model(model: LinearModel, card: Mapping[str, Any], folder: Path) -> None:
    """Writes the head and its card; the same model gives the same bytes."""
    names = sorted(model.columns, key=model.columns.__getitem__)
    np.savez_compressed(
        folder / HEAD,
        names=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        weights=model.weights.astype(np.float16),
        coefficients=model.coefficients,
        intercepts=model.intercepts,
    )
    findings = {
        **card,
        "touchpoints": model.touchpoints,
        "thresholds": dict(model.thresholds),
    }
    (folder / CARD).write_text(json.dumps(findings, indent=2) + "\n", "utf-8")


@cache
def load_model() -> LinearModel | None:
    """The shipped model, or None where none was trained."""
    folder = files("analysis") / "heads"
    if not (folder / HEAD).is_file():
        return None
    card = json.loads((folder / CARD).read_text("utf-8"))
    with (folder / HEAD).open("rb") as source, np.load(source) as head:
        names = head["names"].tobytes().decode().split("\n")
        return LinearModel(
            columns={name: row for row, name in enumerate(names)},
            weights=head["weights"].astype(np.float32),
            touchpoints=tuple(card["touchpoints"]),
            coefficients=head["coefficients"],
            intercepts=head["intercepts"],
            thresholds=card["thresholds"],
        )


def sentiment_findings(score: float) -> Iterator[str]:
    """The lexicon's score of a clause as features."""
    step = round(max(-1.0, min(1.0, score)) * 2)
    yield f"score {step}"
    if abs(score) > 0.1:  # noqa: PLR2004  (as for mentions: closer to 0 is no opinion)
        yield "praise" if score > 0 else "blame"
