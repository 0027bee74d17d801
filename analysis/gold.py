"""An organisation's own judgements as labelled texts: to learn from, and to measure."""

import hashlib
import json
from dataclasses import dataclass

from analysis.records import Language, Polarity, QuestionRole

ABSENT = "absent"
_SIGNS = {Polarity.POSITIVE: "+", Polarity.NEGATIVE: "-", Polarity.NEUTRAL: "0"}


@dataclass(frozen=True, slots=True)
class GoldLabel:
    """What people say of one touchpoint in a text; None: it is not spoken of."""

    touchpoint: str
    polarity: Polarity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldText:
    """A text with what people judged in it.

    Of a complete text, a touchpoint without a label is absent; of another nobody
    knows. A touchpoint that is praised and blamed has two labels. Texts held out are
    never learned from: they tell whether what was learned is better.
    """

    text: str
    role: QuestionRole | None
    language: Language
    labels: tuple[GoldLabel, ...]
    is_complete: bool
    is_held_out: bool


def is_held_out(text: str) -> bool:
    """Half of all texts, always the same: also when somebody else says the same.

    >>> is_held_out("Te duur") == is_held_out(" te  DUUR ")
    True
    """
    words = " ".join(text.casefold().split())
    digest = hashlib.blake2b(words.encode(errors="replace"), digest_size=1).digest()
    return digest[0] % 2 == 1


def as_tsv(gold: GoldText) -> str:
    r"""A line of four columns, as ``analysis.labelled`` reads them.

    What is absent or unknown cannot be told there: for complete texts only.

    >>> as_tsv(GoldText(text="Te duur", role=None, language=Language.DUTCH,
    ...     labels=(GoldLabel("price", Polarity.NEGATIVE), GoldLabel("app", None)),
    ...     is_complete=True, is_held_out=False))
    'nl\t\tTe duur\tprice-'
    """
    labels = " ".join(
        f"{label.touchpoint}{_SIGNS[label.polarity]}"
        for label in gold.labels
        if label.polarity is not None
    )
    words = " ".join(gold.text.split())
    return "\t".join((gold.language.value, gold.role or "", words, labels))


def as_json(gold: GoldText) -> str:
    """A line with everything, in ASCII: no odd line end can cut it."""
    return json.dumps(
        {
            "text": gold.text,
            "lang": gold.language.value,
            "question": gold.role,
            "labels": [
                {"touchpoint": label.touchpoint, "polarity": label.polarity or ABSENT}
                for label in gold.labels
            ],
            "complete": gold.is_complete,
            "held_out": gold.is_held_out,
        }
    )
