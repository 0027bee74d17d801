"""What may stand where in REFI-QDA 1.0, in our own words.

The reader counts what is not in it, the writer keeps to it. Children are written as
``Name?`` (at most one), ``Name*`` (any number), ``Name+`` (at least one), ``Name!``
(exactly one), in their order; ``|`` before them means in any order.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from survey_app.coding.refi.project import VariableType
from survey_app.coding.refi.values import is_guid

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
COLOR = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
WHOLE = re.compile(r"[+-]?\d+")
DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")

Check = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    sign: str


@dataclass(frozen=True, slots=True)
class Shape:
    """Its attributes, those that it must have, its children; or only text."""

    attributes: Mapping[str, Check]
    required: tuple[str, ...] = ()
    children: tuple[Child, ...] = ()
    is_in_any_order: bool = False
    text: Check | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(child.name for child in self.children)


def _is_text(_text: str) -> bool:
    return True


def _is_flag(text: str) -> bool:
    return text in {"true", "false", "1", "0"}


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return "T" in text


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_color(text: str) -> bool:
    return COLOR.fullmatch(text) is not None


def _is_whole(text: str) -> bool:
    return WHOLE.fullmatch(text) is not None


def _is_decimal(text: str) -> bool:
    return DECIMAL.fullmatch(text) is not None


def _is_variable_type(text: str) -> bool:
    return text in set(VariableType)


CHECKS: dict[str, Check] = {
    "isCodable": _is_flag,
    "color": _is_color,
    "typeOfVariable": _is_variable_type,
    **dict.fromkeys(
        [
            *("guid", "targetGUID", "creatingUser", "modifyingUser"),
            *("creatingUserGUID", "modifyingUserGUID", "representedGUID"),
            *("originGUID", "sourceVertex", "targetVertex"),
            *("fromSyncPoint", "toSyncPoint"),
        ],
        is_guid,
    ),
    **dict.fromkeys(["creationDateTime", "modifiedDateTime"], _is_moment),
    **dict.fromkeys(
        [
            *("startPosition", "endPosition", "begin", "end", "page", "position"),
            *("firstX", "firstY", "secondX", "secondY", "timeStamp"),
        ],
        _is_whole,
    ),
}
STAMP = "creatingUser? creationDateTime? modifyingUser? modifiedDateTime?"
PATHS = "name? richTextPath? plainTextPath?"
AREA = "firstX firstY secondX secondY"


def _shape(attributes: str = "", children: str = "") -> Shape:
    names = attributes.split()
    parts = children.removeprefix("|").split()
    return Shape(
        {name.rstrip("?"): _check(name.rstrip("?")) for name in names},
        tuple(name for name in names if not name.endswith("?")),
        tuple(Child(part[:-1], part[-1]) for part in parts),
        children.startswith("|"),
    )


def _check(name: str) -> Check:
    return CHECKS.get(name, _is_text)


def _text(check: Check = _is_text) -> Shape:
    return Shape({}, text=check)


def _selection(attributes: str, more: str = "") -> Shape:
    return _shape(
        f"guid name? {attributes} {STAMP}", f"Description? {more} Coding* NoteRef*"
    )


def _media(attributes: str, children: str) -> Shape:
    return _shape(
        f"guid name? {attributes} {STAMP}",
        f"Description? {children} Coding* NoteRef* VariableValue*",
    )


_TEXT_SOURCE = _media(
    PATHS.removeprefix("name? "), "PlainTextContent? PlainTextSelection*"
)
_REFERENCE = _shape("targetGUID")
_FILE = "path? currentPath?"
SHAPES: dict[str, Shape] = {
    "Project": _shape(
        "name origin? creatingUserGUID? creationDateTime? modifyingUserGUID?"
        " modifiedDateTime? basePath?",
        "Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs?"
        " Description? NoteRef*",
    ),
    "Users": _shape("", "User+"),
    "User": _shape("guid name? id?"),
    "CodeBook": _shape("", "Codes!"),
    "Codes": _shape("", "Code+"),
    "Code": _shape("guid name isCodable color?", "Description? NoteRef* Code*"),
    "Variables": _shape("", "Variable+"),
    "Variable": _shape("guid name typeOfVariable", "Description?"),
    "Cases": _shape("", "Case+"),
    "Case": _shape(
        "guid name?",
        "Description? CodeRef* VariableValue* SourceRef* SelectionRef*",
    ),
    "VariableValue": _shape(
        "",
        "VariableRef! TextValue? BooleanValue? IntegerValue? FloatValue? DateValue?"
        " DateTimeValue?",
    ),
    "Sources": _shape(
        "", "|TextSource* PictureSource* PDFSource* AudioSource* VideoSource*"
    ),
    "TextSource": _TEXT_SOURCE,
    "Note": _TEXT_SOURCE,
    "Representation": _TEXT_SOURCE,
    "TextDescription": _TEXT_SOURCE,
    "PlainTextSelection": _selection("startPosition endPosition"),
    "PictureSource": _media(_FILE, "TextDescription? PictureSelection*"),
    "PictureSelection": _selection(AREA),
    "PDFSource": _media(_FILE, "PDFSelection* Representation?"),
    "PDFSelection": _selection(f"page {AREA}", "Representation?"),
    "AudioSource": _media(_FILE, "Transcript* AudioSelection*"),
    "AudioSelection": _selection("begin end"),
    "VideoSource": _media(_FILE, "Transcript* VideoSelection*"),
    "VideoSelection": _selection("begin end"),
    "Transcript": _shape(
        f"guid {PATHS} {STAMP}",
        "Description? PlainTextContent? SyncPoint* TranscriptSelection* NoteRef*",
    ),
    "TranscriptSelection": _selection("fromSyncPoint? toSyncPoint?"),
    "SyncPoint": _shape("guid timeStamp? position?"),
    "Coding": _shape("guid creatingUser? creationDateTime?", "CodeRef! NoteRef*"),
    "Notes": _shape("", "Note+"),
    "Links": _shape("", "Link+"),
    "Link": _shape("guid name? direction? color? originGUID? targetGUID?", "NoteRef*"),
    "Sets": _shape("", "Set+"),
    "Set": _shape("guid name", "Description? MemberCode* MemberSource* MemberNote*"),
    "Graphs": _shape("", "Graph+"),
    "Graph": _shape("guid name?", "Vertex* Edge*"),
    "Vertex": _shape(
        "guid representedGUID? name? firstX firstY secondX? secondY? shape? color?"
    ),
    "Edge": _shape(
        "guid representedGUID? name? sourceVertex targetVertex color? direction?"
        " lineStyle?"
    ),
    **dict.fromkeys(["CodeRef", "SourceRef", "SelectionRef", "NoteRef"], _REFERENCE),
    **dict.fromkeys(["VariableRef", "MemberCode", "MemberSource"], _REFERENCE),
    "MemberNote": _REFERENCE,
    **dict.fromkeys(["Description", "PlainTextContent", "TextValue"], _text()),
    "BooleanValue": _text(_is_flag),
    "IntegerValue": _text(_is_whole),
    "FloatValue": _text(_is_decimal),
    "DateValue": _text(_is_date),
    "DateTimeValue": _text(_is_moment),
}
CODEBOOK_SHAPES: dict[str, Shape] = {
    **SHAPES,
    "CodeBook": _shape("origin?", "Codes! Sets?"),
    "Code": _shape("guid name isCodable color?", "Description? Code*"),
    "Set": _shape("guid name", "Description? MemberCode*"),
    "MemberCode": _shape("guid"),
}
