"""From where somebody came, and what the address that brought them told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from survey_app.questionnaires.question_set import PrivacyMode, QuestionSet
from survey_app.responses.answer_text import clean_text

SOURCE = "src"  # its name in an address
SOURCES = frozenset({"link", "mail", "qr", "embed", "api"})
LONGEST = 200  # characters of one value
# In anonymous fielding a value may name a channel or a shop, but nobody.
MOST_DIGITS = 4
LONGEST_WORD = 24
WORDS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Arrival:
    """``prefill`` holds what the questionnaire asked of the address, as given."""

    source: str = "link"
    prefill: Mapping[str, str] = field(default_factory=dict)


def read_arrival(
    told: Mapping[str, str], question_set: QuestionSet, *, otherwise: str = "link"
) -> Arrival:
    """What an address tells, in so far as the questionnaire wants to know it."""
    settings = question_set.settings
    source = told.get(SOURCE, "")
    values = {name: _clean(told.get(name)) for name in settings.prefill}
    anonymous = settings.privacy_mode is PrivacyMode.ANONYMOUS
    return Arrival(
        source if source in SOURCES else otherwise,
        {
            name: value
            for name, value in values.items()
            if value and not (anonymous and identifies(value))
        },
    )


def telling(address: str, told: Mapping[str, str]) -> str:
    """An address that tells these things as well."""
    if not told:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode(told)}"


def identifies(value: str) -> bool:
    """Whether a value looks as if it were of one person: an address, a number."""
    digits = sum(character.isdigit() for character in value)
    longest = max((len(word) for word in WORDS.findall(value)), default=0)
    return "@" in value or digits > MOST_DIGITS or longest > LONGEST_WORD


def _clean(value: str | None) -> str:
    return (clean_text(value) or "").replace("\n", " ")[:LONGEST].strip()
