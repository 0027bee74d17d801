"""Only what a text may hold: one kind of line break, and no controls but the tab."""

import re
from collections import Counter

from survey_app.interviews.reading.document import Warned

LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
SURROGATES = re.compile(r"[\ud800-\udfff]+")
BYTE_ORDER_MARK = "\ufeff"
REPLACEMENT = "\ufffd"
# UTF-8 read as Windows-1252: its first byte as a letter, the next as a sign or a letter
# that hardly follows it.
MOJIBAKE = re.compile("Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\xa0-\xbf]|â€.|ðŸ.")
SAMPLE = 8


def clean(text: str, dropped: Counter[str] | None = None) -> str:
    r"""The text as it may be stored; what is taken out is counted.

    >>> clean("\ufeffA\r\nB\x00")
    'A\nB'
    """
    if text.isprintable() and BYTE_ORDER_MARK not in text:
        return text
    text = LINE_BREAKS.sub("\n", text).replace(BYTE_ORDER_MARK, "")
    text, controls = CONTROLS.subn("", text)
    if dropped is not None and controls:
        dropped["controls"] += controls
    return SURROGATES.sub(_whole, text)


def doubts(text: str) -> list[Warned]:
    """Signs that the text was spoilt before, or read in the wrong encoding."""
    found = []
    if lost := text.count(REPLACEMENT):
        found.append(Warned("replacement_characters", {"count": lost}))
    if pairs := MOJIBAKE.findall(text):
        examples = " ".join(dict.fromkeys(pairs[: SAMPLE * SAMPLE]))[: 3 * SAMPLE]
        found.append(Warned("mojibake", {"count": len(pairs), "examples": examples}))
    return found


def _whole(found: re.Match[str]) -> str:
    """Pairs of surrogates as their character; halves stand for none."""
    return found[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
