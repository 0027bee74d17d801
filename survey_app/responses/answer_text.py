"""What people write, made safe to keep without changing what they said."""

import unicodedata

import regex

PERCEIVED_CHARACTER = regex.compile(r"\X")
LINE_ENDS = regex.compile(r"\r\n?|\u2028|\u2029")
CONTROL = regex.compile(r"[^\P{Cc}\n\t]|\p{Cs}")
VISIBLE = regex.compile(r"[^\p{Z}\p{C}]")


def clean_text(text: str | None) -> str | None:
    r"""The text in one normal form, or None when there is nothing to see in it.

    >>> clean_text("  fijn\r\ngeholpen\x00 ")
    'fijn\ngeholpen'
    >>> clean_text(" \u200b ") is None
    True
    """
    if text is None:
        return None
    text = CONTROL.sub("", LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    return text.strip() if VISIBLE.search(text) else None


def count_characters(text: str) -> int:
    r"""How many characters a reader sees: an emoji with a skin tone is one.

    >>> count_characters("ge\u0301 👍🏽")
    4
    """
    return len(PERCEIVED_CHARACTER.findall(text))


def is_longer(text: str, limit: int) -> bool:
    """Counts only where code points alone do not settle it."""
    return len(text) > limit and count_characters(text) > limit
