"""What a project for qualitative analysis holds, whichever tool it comes from.

Positions are code points of the source's text, half-open; times are UTC.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid5

OURS = UUID("6f3f6f0e-5b0c-5c7e-9d0c-2f6a2c1d7b11")  # under which we derive GUIDs

Value = str | bool | int | Decimal | date | datetime | None
Guids = tuple[UUID, ...]


def derived_guid(*parts: object) -> UUID:
    """The same for the same parts, so that a file is the same twice.

    >>> derived_guid("kind", "theme") == derived_guid("kind", "theme")
    True
    """
    return uuid5(OURS, "\x1f".join(str(part) for part in parts))


class SourceFormat(StrEnum):
    TEXT = "text"
    PDF = "pdf"
    PICTURE = "picture"
    AUDIO = "audio"
    VIDEO = "video"


class VariableType(StrEnum):
    TEXT = "Text"
    BOOLEAN = "Boolean"
    INTEGER = "Integer"
    FLOAT = "Float"
    DATE = "Date"
    DATE_TIME = "DateTime"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who coded; the file's name for them may be empty."""

    guid: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    guid: UUID
    name: str
    parent: UUID | None = None
    kind: str | None = None
    definition: str = ""
    include_rule: str = ""
    exclude_rule: str = ""
    example: str = ""
    color: str | None = None  # #rrggbb
    is_codable: bool = True
    is_archived: bool = False
    notes: Guids = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A memo. ``author`` is None where the file tells nobody."""

    guid: UUID
    text: str
    name: str = ""
    author: UUID | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    guid: UUID
    name: str
    type: VariableType
    description: str = ""


@dataclass(frozen=True, slots=True)
class VariableValue:
    variable: UUID
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    guid: UUID
    name: str
    description: str = ""
    codes: Guids = ()
    values: tuple[VariableValue, ...] = ()
    sources: Guids = ()
    selections: Guids = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """A code laid on a selection, or on a whole source. ``round`` stays with us."""

    guid: UUID
    code: UUID
    user: UUID | None = None
    at: datetime | None = None
    notes: Guids = ()
    round: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """``text[start:end]`` is ``quote``; without codings it is a highlight."""

    guid: UUID
    start: int
    end: int
    quote: str
    name: str = ""  # as the file called it; ours is written from the quote
    user: UUID | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None
    codings: tuple[Coding, ...] = ()
    notes: Guids = ()
    round: str = ""  # of a highlight; a coding has its own


@dataclass(frozen=True, slots=True)
class SpokenRange:
    """What a speaker says at one go, for the export of speakers."""

    speaker: UUID
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document; ``text`` is None where the file lacks it."""

    guid: UUID
    name: str
    text: str | None
    format: SourceFormat = SourceFormat.TEXT
    user: UUID | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None
    selections: tuple[Selection, ...] = ()
    codings: tuple[Coding, ...] = ()
    notes: Guids = ()
    values: tuple[VariableValue, ...] = ()
    spoken: tuple[SpokenRange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSet:
    """A set of codes, sources or notes, as the person named it."""

    guid: UUID
    name: str
    description: str = ""
    codes: Guids = ()
    sources: Guids = ()
    notes: Guids = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    name: str
    origin: str = ""
    description: str = ""
    user: UUID | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()  # parents before children
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    sets: tuple[CodeSet, ...] = ()
    memos: Guids = ()  # notes about the project as a whole
    speakers: tuple[User, ...] = field(default=())  # for the export only
