"""SVG elements as text: escaped, with plain attributes only, the same bytes each time.

No style attribute and no style element: a page with a strict content security policy
may carry the picture inline.
"""

import unicodedata
from html import escape

import regex

NOT_XML = regex.compile(r"[\p{Cc}\p{Cs}\uFFFE\uFFFF]")
# Bidirectional embeddings and overrides would reorder the text around them.
BIDI_CONTROLS = regex.compile("[\u202a-\u202e\u2066-\u2069]")
STACKED_MARKS = regex.compile(r"(\p{M}{3})\p{M}+")  # towers of accents hide other lines
WHITE_SPACE = regex.compile(r"[ \t\r\n\f\v\u0085\u2028\u2029]+")


def clean(text: str) -> str:
    """Keep what XML and a line of text can hold; every white space is one space."""
    spaced = WHITE_SPACE.sub(" ", text)
    plain = BIDI_CONTROLS.sub("", NOT_XML.sub("", spaced))
    return STACKED_MARKS.sub(r"\1", unicodedata.normalize("NFC", plain)).strip()


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """One element; ``stroke_width`` is written stroke-width, ``class_`` class."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>"


def content(text: str) -> str:
    """Text between tags."""
    return escape(clean(text), quote=False)


def titled(title: str, *children: str, **attributes: str | float | None) -> str:
    """A group that tells its full text when pointed at."""
    words = element("title", content(title)) if clean(title) else ""
    return element("g", words, *children, **attributes)


def number(value: float) -> str:
    """At most two decimals, never a trailing or negative zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _value(value: str | float) -> str:
    return escape(clean(value)) if isinstance(value, str) else number(value)
