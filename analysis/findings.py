"""What speaks for and against a touchpoint in a text, as numbers to be weighed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.encoder import Judgement, kind_of
from analysis.mentions import Draft
from analysis.records import Language, Method, QuestionRole
from analysis.touchpoints import Strength

Floats = npt.NDArray[np.float64]

_FURTHEST = 7.0  # log odds beyond these count as these
_TINY = 1e-3
_ROLES = tuple(QuestionRole)

SPOKEN_FINDINGS = (
    "always",
    "encoder",
    "encoder_of_clause",
    "encoder_of_next",
    "is_first",
    "clauses",
    "rules",
    "rules_weak",
    "rules_plain",
    "rules_signed",
    "rules_by_question",
    "rules_other",
    "open",
    "open_rules",
    "length",
    "english",
)
POLARITY_FINDINGS = (
    "always",
    "encoder_negative",
    "encoder_neutral",
    "encoder_positive",
    "encoder_both",
    "clause_negative",
    "clause_neutral",
    "clause_positive",
    "worst_clause",
    "best_clause",
    "rules",
    "rules_negative",
    "rules_neutral",
    "rules_positive",
    "rules_signed",
    "rules_score",
    "words_score",
    "open",
    "length",
    *_ROLES,
)


@dataclass(frozen=True, slots=True)
class Case:
    """One touchpoint in one text: what the encoder and the rules hold of it."""

    judgement: Judgement
    by_clause: Sequence[Judgement]  # of each clause read by itself
    drafts: Sequence[Draft]
    others: int  # other touchpoints that the rules name
    best_other: float  # log odds of the likeliest other touchpoint
    words_score: float  # -1 .. +1, of all opinion words in the text
    words: int
    role: QuestionRole | None
    language: Language

    def spoken_findings(self) -> list[float]:
        """What speaks for and against its being spoken of, as ``SPOKEN_FINDINGS``."""
        own = log_odds(self.judgement.probability)
        strengths = {draft.strength for draft in self.drafts}
        named = bool(self.drafts)
        asked = {draft.method for draft in self.drafts} == {Method.QUESTION}
        is_open = kind_of(self.role) == "open"
        return [
            1.0,
            own,
            max(log_odds(one.probability) for one in self.by_clause),
            self.best_other,
            own >= self.best_other,
            math.log(len(self.by_clause)),
            named,
            strengths == {Strength.WEAK},
            Strength.PLAIN in strengths,
            any(draft.signed for draft in self.drafts),
            asked,
            min(2, self.others),
            is_open,
            is_open and named,
            math.log1p(self.words) / 3,
            self.language is Language.ENGLISH,
        ]

    def polarity_findings(self) -> list[float]:
        """What tells how it is spoken of, in the order of ``POLARITY_FINDINGS``."""
        one = self.judgement
        scores = [draft.score for draft in self.drafts]
        shares = (one.negative, one.neutral, one.positive, one.mixed)
        signs = {draft.polarity.value for draft in self.drafts}
        return [
            1.0,
            *(math.log(max(share, _TINY)) for share in shares),
            *(math.log(max(share, _TINY)) for share in self._clause_shares()),
            max(one.probability * one.negative for one in self.by_clause),
            max(one.probability * one.positive for one in self.by_clause),
            bool(scores),
            "negative" in signs,
            "neutral" in signs,
            "positive" in signs,
            any(draft.signed for draft in self.drafts),
            sum(scores) / max(1, len(scores)),
            self.words_score,
            kind_of(self.role) == "open",
            math.log1p(self.words) / 3,
            *(self.role is role for role in _ROLES),
        ]

    def _clause_shares(self) -> tuple[float, float, float]:
        """Of the clause that speaks of it most plainly."""
        one = max(self.by_clause, key=lambda one: one.probability)
        return one.negative, one.neutral, one.positive


def log_odds(chance: float) -> float:
    """The logarithm of the odds, held within bounds.

    >>> log_odds(0.5), log_odds(1.0)
    (0.0, 7.0)
    """
    if not 0 < chance < 1:
        return math.copysign(_FURTHEST, chance - 0.5)
    return max(-_FURTHEST, min(_FURTHEST, math.log(chance / (1 - chance))))
