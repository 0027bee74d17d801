"""Lists of people to ask, read from a CSV file or from pasted lines."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

LONGEST_NAME = 200
# What spreadsheets call their columns, in both languages, letters only.
ADDRESS_COLUMNS = frozenset(
    {"email", "emailadres", "emailaddress", "mail", "mailadres", "eadres"}
)
NAME_COLUMNS = frozenset({"naam", "name", "volledigenaam", "fullname"})
# The parts of a Dutch name, in the order in which they are said.
FIRST_COLUMNS = frozenset({"voornaam", "firstname", "givenname"})
BETWEEN_COLUMNS = frozenset({"tussenvoegsel", "tussenvoegsels", "infix"})
LAST_COLUMNS = frozenset({"achternaam", "lastname", "surname", "familyname"})
NAME_PARTS = (NAME_COLUMNS, FIRST_COLUMNS, BETWEEN_COLUMNS, LAST_COLUMNS)
LANGUAGE_COLUMNS = frozenset({"taal", "language", "lang", "taalcode"})
LANGUAGES = {
    **dict.fromkeys(("nl", "nederlands", "dutch", "nld", "dut"), "nl"),
    **dict.fromkeys(("en", "engels", "english", "eng"), "en"),
}
IN_BRACKETS = re.compile(r"([^<>]*)<([^<>]*)>[\s,;]*")


@dataclass(frozen=True, slots=True)
class Listed:
    """A person on a list, with an address that can exist."""

    line: int
    address: str
    name: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Unusable:
    """A line that gives nobody to mail; the reason is a word that pages translate."""

    line: int
    text: str
    reason: str  # no_address, invalid_address or unreadable


@dataclass(frozen=True, slots=True)
class AddressList:
    people: tuple[Listed, ...]
    unusable: tuple[Unusable, ...]
    encoding: str


def decode(content: bytes) -> tuple[str, str]:
    """The text and what it was read as: Excel in the Netherlands writes either."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "Windows-1252"


def read_address_list(content: bytes | str) -> AddressList:
    """Read a CSV file with a header, or lines such as "Anna Bakker <anna@…>"."""
    text, encoding = (content, "text") if isinstance(content, str) else decode(content)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header = next((place for place, line in enumerate(lines) if line.strip()), None)
    rows: Iterator[Listed | Unusable] = iter(())
    if header is not None:
        delimiter = _delimiter(lines[header])
        columns = _columns(next(csv.reader([lines[header]], delimiter=delimiter), []))
        if columns is None:
            rows = _read_lines(lines)
        else:
            rows = _read_table(lines[header + 1 :], delimiter, columns, header + 1)
    read = list(rows)
    return AddressList(
        people=tuple(row for row in read if isinstance(row, Listed)),
        unusable=tuple(row for row in read if isinstance(row, Unusable)),
        encoding=encoding,
    )


def checked_address(text: str) -> str | None:
    """The address in the one form in which we keep it; None when it cannot exist."""
    try:
        checked = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError:
        return None
    return checked.ascii_email or checked.normalized


def clean_name(text: str | None) -> str | None:
    """One line without control characters, or None."""
    if not text:
        return None
    printable = "".join(
        " " if unicodedata.category(each) in {"Cc", "Cf", "Zl", "Zp", "Cs"} else each
        for each in unicodedata.normalize("NFC", text)
    )
    return " ".join(printable.split())[:LONGEST_NAME].strip(" \"'") or None


@dataclass(frozen=True, slots=True)
class _Columns:
    address: int
    name: tuple[int, ...]
    language: int | None


def _delimiter(header: str) -> str:
    return max(";,\t", key=header.count)


def _columns(header: Sequence[str]) -> _Columns | None:
    names = [re.sub(r"[^a-z]", "", cell.casefold()) for cell in header]
    address = _place(names, ADDRESS_COLUMNS)
    if address is None:
        return None
    parts = [_place(names, part) for part in NAME_PARTS]
    return _Columns(
        address=address,
        name=tuple(place for place in parts if place is not None),
        language=_place(names, LANGUAGE_COLUMNS),
    )


def _place(names: Sequence[str], wanted: frozenset[str]) -> int | None:
    return next((place for place, name in enumerate(names) if name in wanted), None)


def _read_table(
    lines: Sequence[str], delimiter: str, columns: _Columns, before: int
) -> Iterator[Listed | Unusable]:
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter)
    while True:
        line = before + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a quote that never ends, a cell beyond all measure
            yield Unusable(line, "", "unreadable")
            continue
        if any(cell.strip() for cell in cells):
            yield _listed(
                line,
                _cell(cells, columns.address),
                " ".join(_cell(cells, place) for place in columns.name),
                _cell(cells, columns.language),
            )


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _read_lines(lines: Sequence[str]) -> Iterator[Listed | Unusable]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        bracketed = IN_BRACKETS.findall(line)
        if bracketed:
            for name, address in bracketed:
                yield _listed(number, address, name.strip(" ,;\t"), "")
        else:
            yield from _read_cells(number, line)


def _read_cells(number: int, line: str) -> Iterator[Listed | Unusable]:
    """Addresses with something between, or one with a name and a language beside."""
    cells = [cell.strip() for cell in re.split(r"[;,\t]", line) if cell.strip()]
    addresses = [cell for cell in cells if "@" in cell]
    others = [cell for cell in cells if "@" not in cell]
    if len(addresses) > 1 and not others:
        for address in addresses:
            yield _listed(number, address, "", "")
        return
    language = next((cell for cell in others if cell.casefold() in LANGUAGES), "")
    name = " ".join(cell for cell in others if cell != language)
    yield _listed(number, "".join(addresses[:1]), name, language)


def _listed(line: int, address: str, name: str, language: str) -> Listed | Unusable:
    if "@" not in address:
        return Unusable(line, (address or name)[:80], "no_address")
    checked = checked_address(address)
    if checked is None:
        return Unusable(line, address.strip()[:80], "invalid_address")
    spoken = re.split(r"[-_]", language.strip().casefold())[0]
    return Listed(line, checked, clean_name(name), LANGUAGES.get(spoken))
