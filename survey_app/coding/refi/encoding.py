"""The bytes of a text file beside a project, as characters."""

import codecs
import re

from survey_app.coding.file_notices import Notices

MARKS = (  # the longer first: one of UTF-32 begins like one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
GARBLED = re.compile(r"�|Ã[\x80-\xbf©¨«¶¼¤]|â€[™œ“”]|ðŸ")


def decoded(content: bytes, place: str, notices: Notices) -> str:
    """A byte order mark stays in front, for positions may count it.

    What is not UTF-8 is read as old Windows programs write it, and that is said.
    """
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError:
        notices.note("guessed_encoding", place)
        text = content.decode("cp1252", "replace")
    if GARBLED.search(text):
        notices.note("garbled_text", place)
    return text


def _encoding(content: bytes) -> str:
    return next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
