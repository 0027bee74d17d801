"""What reading a file gives: a text, its blocks, who speaks, and what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["turn", "paragraph", "heading", "question"]
Role = Literal["interviewer", "participant", "other"]
Evidence = Literal["byte order mark", "declared", "valid", "chosen"]

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 5_000_000
LONGEST_NAME = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChoices:
    """What a person knows that the file does not tell; names are compared folded."""

    encoding: str | None = None
    speakers: frozenset[str] = frozenset()  # names that count though seen once
    not_speakers: frozenset[str] = frozenset()  # labels that are none
    renamed: Mapping[str, str] = field(default_factory=dict)  # to merge or pseudonymise
    roles: Mapping[str, Role] = field(default_factory=dict)  # by the name in the end
    unnamed: str | None = None  # who speaks where nobody is named
    longest_pause_ms: int = 2_000  # between cues of one turn
    max_bytes: int = MAX_BYTES
    max_characters: int = MAX_CHARACTERS
    max_seconds: float = 20.0  # for a format that can keep one busy


@dataclass(frozen=True, slots=True)
class Encoding:
    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Block:
    """``text[start:end]``; of a turn the words begin after the speaker's name."""

    start: int
    end: int
    kind: Kind
    speaker: str | None = None
    t_start_ms: int | None = None
    t_end_ms: int | None = None
    label_length: int = 0  # the name and what belongs to it, with the space behind it

    @property
    def words_start(self) -> int:
        return self.start + self.label_length


@dataclass(frozen=True, slots=True)
class Mark:
    """At this moment of the recording this place of the text is said."""

    position: int
    t_ms: int


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    role: Role
    turns: int
    words: int
    is_guessed: bool  # the role is read off the name


@dataclass(frozen=True, slots=True)
class Memo:
    """A comment in the file, offered as a memo; its range may be unknown."""

    text: str
    author: str = ""
    written_at: str = ""  # as the file says it
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to look at: a code, and details for the sentence that tells it."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """Codes with how many; nothing is left out in silence."""

    dropped: Mapping[str, int]
    kept: Mapping[str, int]
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """Positions are code points of `text`, ranges half-open."""

    text: str
    blocks: tuple[Block, ...]
    speakers: tuple[Speaker, ...]
    source_format: str
    encoding: Encoding | None  # none where the format itself settles it
    memos: tuple[Memo, ...]
    marks: tuple[Mark, ...]
    report: Report

    @property
    def turns(self) -> tuple[Block, ...]:
        """What somebody is known to have said; a name without words is no turn."""
        return tuple(
            block
            for block in self.blocks
            if block.speaker is not None and block.words_start < block.end
        )
