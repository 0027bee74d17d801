"""How often mentions of a kind turned out right, as measured on labelled answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analysis.mentions import Draft
from analysis.records import Polarity

_UNMEASURED = 0.5


def kind_of(draft: Draft) -> str:
    """The kind of a mention, fine enough to tell safe from doubtful ones.

    What found it, how plain its cue was, and whether an opinion was read.
    """
    strength = draft.strength.name.lower()
    neutral = draft.polarity is Polarity.NEUTRAL
    opinion = "signed" if draft.signed else "bare" if neutral else "judged"
    return f"{draft.method}/{strength}/{opinion}"


@dataclass(frozen=True, slots=True)
class Confidence:
    """The share that was right, by kind of mention."""

    shares: Mapping[str, float]

    def of(self, draft: Draft) -> float:
        return self.shares.get(kind_of(draft), _UNMEASURED)


@cache
def load_confidence() -> Confidence:
    source = files("analysis") / "heads" / "confidence.json"
    return Confidence(json.loads(source.read_text("utf-8"))["shares"])
