"""What an import did, row by row where something was wrong."""

from dataclasses import dataclass, field


class ImportFileError(ValueError):
    """A file that cannot be read on. What came before may be stored; try it again."""


class InvalidRowError(ValueError):
    """A row that cannot be stored; the message is the reason."""

    def __init__(self, reason: str, column: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


@dataclass(frozen=True, slots=True)
class RejectedRow:
    line: int
    reason: str
    column: str | None = None


@dataclass(slots=True)
class ImportReport:
    """Counts of responses; ``ignored_columns`` were there but mean nothing to us."""

    encoding: str
    delimiter: str | None = None
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)
    ignored_columns: set[str] = field(default_factory=set)
