"""What an import did, row by row where something was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_KEPT = 10_000  # rejected rows that are told of one by one


def N_(text: str) -> str:  # noqa: N802 - the name by which translators' tools find it
    """Marks a text for translation; it is translated where it is shown."""
    return text


class ImportComplaintError(ValueError):
    """``template`` can be translated; ``words`` go into its gaps."""

    def __init__(self, template: str, **words: str) -> None:
        super().__init__(template % words if words else template)
        self.template = template
        self.words = words


class ImportFileError(ImportComplaintError):
    """A file that cannot be read on. What came before may be stored; try it again."""


class InvalidRowError(ImportComplaintError):
    """A row that cannot be stored; the message is the reason."""

    def __init__(self, template: str, column: str | None = None, **words: str) -> None:
        super().__init__(template, **words)
        self.column = column

    @property
    def reason(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """``template`` and ``words`` make the reason in whatever language."""

    line: int
    reason: str
    column: str | None = None
    template: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ImportReport:
    """Counts of responses; ``ignored_columns`` were there but mean nothing to us."""

    encoding: str
    delimiter: str | None = None
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)
    ignored_columns: set[str] = field(default_factory=set)

    def reject(self, line: int, error: InvalidRowError) -> None:
        """Counted always; kept as far as anybody will read."""
        self.refused += 1
        if len(self.rejected) < MOST_KEPT:
            self.rejected.append(
                RejectedRow(
                    line, error.reason, error.column, error.template, error.words
                )
            )
