"""Signs that nobody meant what was sent. Pure: texts and seconds in, a verdict out.

Each is careful rather than keen: who is flagged wrongly is left out of the analysis
until somebody looks.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

LONG = 25  # characters; shorter ones ("nothing to add") are said twice in good faith
MOST_LINKS = 2
LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
MARKUP_LINK = re.compile(r"<a\s|href\s*=|\[url|\[link", re.IGNORECASE)

LATIN = re.compile(r"[a-z]")
VOWELS = frozenset("aeiouy")
FEW_VOWELS, MANY_VOWELS = 0.18, 0.8  # of all letters; Dutch and English have 0.3–0.5
LEAST_LETTERS = 12
FEW_DIFFERENT = 3
KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
WALK = 4  # keys beside each other, one after another
MOSTLY = 0.4


class Flag(StrEnum):
    HONEYPOT = "honeypot"  # filled in a box that no person sees
    TOO_FAST = "too_fast"
    DUPLICATE_TEXT = "duplicate_text"
    LINK_SPAM = "link_spam"
    GIBBERISH = "gibberish"


def is_too_fast(seconds: float, pages: int, *, least_seconds: float) -> bool:
    """Whether the pages went by quicker than somebody can read them."""
    return seconds < pages * least_seconds


def repeats(texts: Sequence[str]) -> bool:
    """Whether a longer text was said twice."""
    long_ones = [mark for text in texts if (mark := fingerprint(text)) is not None]
    return len(set(long_ones)) < len(long_ones)


def fingerprint(text: str) -> int | None:
    """A number that texts share which differ by accident only; None for short ones."""
    words = plain(text)
    if len(words) < LONG:
        return None
    digest = hashlib.blake2b(words.encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def spams_links(texts: Sequence[str]) -> bool:
    """One address may point out what went wrong; more of them sell something."""
    written = "\n".join(texts)
    return len(LINK.findall(written)) > MOST_LINKS or bool(MARKUP_LINK.search(written))


def is_gibberish(texts: Sequence[str]) -> bool:
    """Whether most of what was written is fingers on a keyboard.

    >>> is_gibberish(["sdkfjh skdjfhg kdsjhf", "asdfasdfasdf"])
    True
    >>> is_gibberish(["Herfststorm: de bezorger kwam slechts schoorvoetend."])
    False
    """
    letters = [_letters(text) for text in texts]
    mashed = sum(len(these) for these in letters if _is_mashed(these))
    return mashed > sum(map(len, letters)) / 2


def plain(text: str) -> str:
    """A text without what differs by accident: capitals, spaces, line ends."""
    return " ".join(text.casefold().split())


def _letters(text: str) -> str:
    """Its Latin letters, without accents; other scripts we cannot judge."""
    return "".join(LATIN.findall(unicodedata.normalize("NFKD", text).casefold()))


def _is_mashed(letters: str) -> bool:
    if len(letters) < LEAST_LETTERS:
        return False
    vowels = sum(letter in VOWELS for letter in letters) / len(letters)
    return (
        not FEW_VOWELS <= vowels <= MANY_VOWELS
        or len(set(letters)) <= FEW_DIFFERENT
        or _walked(letters) > MOSTLY * len(letters)
    )


def _walked(letters: str) -> int:
    """How many letters stand in a walk along a row of keys."""
    in_walk: set[int] = set()
    for place in range(len(letters) - WALK + 1):
        piece = letters[place : place + WALK]
        if any(piece in row or piece[::-1] in row for row in KEY_ROWS):
            in_walk.update(range(place, place + WALK))
    return len(in_walk)
