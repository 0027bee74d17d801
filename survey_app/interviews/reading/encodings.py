"""From bytes to text, by evidence: where there is none, a person chooses."""

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from survey_app.interviews.reading.cleaning import clean
from survey_app.interviews.reading.document import Encoding, Evidence
from survey_app.interviews.reading.errors import (
    Candidate,
    ReadingError,
    UnknownEncodingError,
)

# Those of 32 bits first: their mark begins with that of 16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# Python knows more; some of those decode to anything, or take forever.
ENCODINGS = (
    "utf-8",
    *WIDE,
    "cp1252",
    "mac_roman",
    "cp850",
    "cp437",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "iso8859-2",
    "iso8859-5",
    "iso8859-7",
    "iso8859-9",
    "iso8859-15",
    "koi8-r",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
)
# What the web calls Latin 1 is Windows-1252.
SAME = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-16-le",
    "gbk": "gb18030",
}
LIKELY = ("cp1252", "mac_roman", "cp850")
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOST_CONTROLS = 0.01  # of the bytes of a text
MANY_NULS = 0.1
PREVIEW_LINES, PREVIEW_BYTES = 3, 120
SAMPLE_BYTES = 16_000


def decode(
    data: bytes, *, chosen: str | None = None, declared: str | None = None
) -> tuple[str, Encoding]:
    """Byte order mark, what the file declares, strict UTF-8; else somebody is asked.

    An encoding that somebody chose is taken at its word: what it cannot read becomes
    U+FFFD, of which the report tells.
    """
    if chosen is not None:
        return _as_chosen(data, chosen)
    found = _marked(data) or _declared(data, declared)
    if found is None and not _is_wide(data):
        if len(CONTROLS.findall(data)) > MOST_CONTROLS * len(data):
            raise ReadingError("unsupported_format", found="?")
        found = _read(data, "utf-8", "valid")
    if found is None:
        raise UnknownEncodingError(tuple(_candidates(data)))
    return found


def known_name(name: str) -> str | None:
    """Our name of an encoding, by whatever name the file calls it.

    >>> known_name("ISO-8859-1"), known_name("UTF8"), known_name("zip")
    ('cp1252', 'utf-8', None)
    """
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    found = SAME.get(found, found)
    return found if found in ENCODINGS else None


def _as_chosen(data: bytes, chosen: str) -> tuple[str, Encoding]:
    name = known_name(chosen)
    if name is None:
        raise ReadingError(
            "no_such_encoding", encoding=chosen, accepted=", ".join(ENCODINGS)
        )
    return data.decode(name, "replace"), Encoding(name, "chosen")


def _marked(data: bytes) -> tuple[str, Encoding] | None:
    for mark, name in MARKS:
        if data.startswith(mark):
            found = _read(data[len(mark) :], name, "byte order mark")
            if found is None:
                raise UnknownEncodingError(tuple(_candidates(data, name)))
            return found
    return None


def _declared(data: bytes, declared: str | None) -> tuple[str, Encoding] | None:
    """Who can read the declaration byte by byte knows that it is of one byte."""
    name = known_name(declared or "")
    if name is None or name in WIDE:
        return None
    return _read(data, name, "declared")


def _read(data: bytes, name: str, evidence: Evidence) -> tuple[str, Encoding] | None:
    try:
        return data.decode(name), Encoding(name, evidence)
    except UnicodeError:
        return None


def _is_wide(data: bytes) -> bool:
    """Letters of two or four bytes leave zeros, which UTF-8 would let pass."""
    zeros = data.count(0)
    even = data[::2].count(0)
    is_sided = max(even, zeros - even) > 4 * min(even, zeros - even)
    return zeros > MANY_NULS * len(data) and (is_sided or 2 * zeros > len(data))


def _candidates(data: bytes, *first: str) -> Iterator[Candidate]:
    """Those that can read all of it, each in its own way; the likeliest is marked."""
    best = _best_guess(data)
    names = WIDE if _is_wide(data) else LIKELY
    seen: set[str] = set()
    for name in dict.fromkeys((*first, *names[:1], *(best or ()), *names)):
        if _read(data, name, "chosen") is None and name not in first:
            continue
        preview = _preview(data, name)
        if preview not in seen:
            seen.add(preview)
            yield Candidate(name, preview, is_best_guess=name in (best or ()))
    if not seen:
        yield Candidate("cp1252", _preview(data, "cp1252"))


def _best_guess(data: bytes) -> tuple[str, ...]:
    found = from_bytes(b"\n".join(_doubtful(data, SAMPLE_BYTES))).best()
    name = None if found is None else known_name(found.encoding)
    return () if name is None else (name,)


def _preview(data: bytes, name: str) -> str:
    if name in WIDE:
        return clean(data[:PREVIEW_BYTES].decode(name, "replace"))
    lines = list(_doubtful(data, PREVIEW_LINES * PREVIEW_BYTES))[:PREVIEW_LINES]
    return "\n".join(clean(x.decode(name, "replace")).strip() for x in lines)


def _doubtful(data: bytes, most: int) -> Iterator[bytes]:
    """Stretches with bytes that encodings read differently."""
    place = length = 0
    for found in re.finditer(rb"[\x80-\xff]", data):
        if found.start() < place:
            continue
        begin = max(place, found.start() - PREVIEW_BYTES // 2)
        line = data.rfind(b"\n", begin, found.start()) + 1
        stop = found.start() + PREVIEW_BYTES // 2
        end = data.find(b"\n", found.start(), stop)
        place = stop if end < 0 else end
        yield data[line or begin : place]
        length += place - begin
        if length >= most:
            return
