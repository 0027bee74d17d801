"""How often mentions of a kind turned out right, as measured on labelled texts."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from analysis.mentions import Draft
from analysis.records import Method, Polarity, QuestionRole

TABLE = "confidence.json"
OPEN_ROLES = frozenset({QuestionRole.REVIEW, None})
_UNMEASURED = 0.6
_PRIOR_WEIGHT = 12  # mentions of any kind that each kind is taken to have had
_WORDS_PER_STEP = 25  # long texts are read less surely than short answers
_LAST_STEP = 3


def kind_of(draft: Draft, role: QuestionRole | None, words: int) -> str:
    """The kind of a mention, fine enough to tell safe from doubtful ones.

    Whether we asked, what found it, how plain its cue was, whether it holds an
    opinion, how sure the model was, and how long the text is.
    """
    if draft.method is Method.MODEL and draft.chance is not None:
        sureness = f"{draft.chance:.1f}"
    else:
        sureness = draft.strength.name.lower()
    neutral = draft.polarity is Polarity.NEUTRAL
    opinion = "signed" if draft.signed else "bare" if neutral else "judged"
    asked = "open" if role in OPEN_ROLES else "asked"
    length = min(_LAST_STEP, words // _WORDS_PER_STEP)
    return f"{asked}/{draft.method}/{sureness}/{opinion}/{length}"


@dataclass(frozen=True, slots=True)
class Confidence:
    """The share that was right, by kind of mention."""

    shares: Mapping[str, float]

    def of(self, draft: Draft, role: QuestionRole | None, words: int) -> float:
        kind = kind_of(draft, role, words)
        asked = kind.partition("/")[0]
        return self.shares.get(kind, self.shares.get(asked, _UNMEASURED))


def shares_right(judged: Iterable[tuple[str, bool]]) -> dict[str, float]:
    """The share right by kind, drawn towards that of all kinds where few were seen.

    >>> shares_right([("asked/a", True), ("asked/a", False)])["asked"]
    0.5
    """
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for kind, correct in judged:
        for key in (kind, kind.partition("/")[0]):
            seen[key] += 1
            right[key] += correct
    shares = {}
    for kind in sorted(seen):
        asked = kind.partition("/")[0]
        prior = right[asked] / seen[asked]
        drawn = right[kind] + _PRIOR_WEIGHT * prior
        shares[kind] = round(drawn / (seen[kind] + _PRIOR_WEIGHT), 3)
    return shares


@cache
def load_confidence() -> Confidence:
    """The shipped table; an empty one where none was measured."""
    source = files("analysis") / "heads" / TABLE
    if not source.is_file():
        return Confidence({})
    return Confidence(json.loads(source.read_text("utf-8"))["shares"])


def save_shares(shares: Mapping[str, float], folder: Path) -> None:
    """Writes the table; the same shares give the same bytes."""
    text = json.dumps({"shares": dict(shares)}, indent=1, sort_keys=True)
    (folder / TABLE).write_text(text + "\n", "utf-8")
