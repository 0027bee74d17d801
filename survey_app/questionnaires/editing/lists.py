"""Lists in a draft: an entry added, moved or taken out, by the button pressed."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from survey_app.questionnaires.document import Data

MOVES = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class Press:
    """A button, as it is sent: ``remove:options:2`` is a verb, a list, a place."""

    verb: str = "save"
    what: str = ""
    place: int = -1

    @classmethod
    def read(cls, sent: str | None) -> "Press":
        verb, _, rest = (sent or "save").partition(":")
        what, _, number = rest.rpartition(":") if ":" in rest else (rest, "", "")
        is_place = number.isascii() and number.isdecimal() and len(number) < 5  # noqa: PLR2004 - no list is longer
        return cls(verb, what, int(number) if is_place else -1)


def rearrange(entries: list[Any], press: Press) -> None:
    """Move or remove one entry; a place that is not there changes nothing."""
    if not 0 <= press.place < len(entries):
        return
    if press.verb == "remove":
        del entries[press.place]
    other = press.place + MOVES.get(press.verb, 0)
    if press.verb in MOVES and 0 <= other < len(entries):
        entries[press.place], entries[other] = entries[other], entries[press.place]


def name_of(words: str, taken: set[str], otherwise: str) -> str:
    """A code or id that begins like these words, and that nothing else has."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z0-9]+", plain.casefold())[:4]
    name = "_".join(parts)[:40].strip("_")
    if not name or not name[0].isalpha():
        name = f"{otherwise}_{name}".strip("_")
    return name if name not in taken else free_name(taken, name)


def free_name(taken: set[str], stem: str) -> str:
    numbered = (f"{stem}_{number}" for number in range(1, len(taken) + 2))
    return next(name for name in numbered if name not in taken)


def names_in(entries: list[Data], key: str) -> set[str]:
    return {str(entry.get(key)) for entry in entries}
