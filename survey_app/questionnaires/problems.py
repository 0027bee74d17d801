"""What is wrong with a question set: a code, a place, a sentence, and what to do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]  # ("pages", 0, "title", "nl")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that pages say in their own language; commands speak English."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.msgid % self.values if self.values else self.msgid

    def translated(self, gettext: Callable[..., Any]) -> str:
        return str(gettext(self.msgid, **self.values))


def message(msgid: str, **values: object) -> Message:
    """Imported as ``_``, so that the sentences reach the catalogues."""
    return Message(msgid, values)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; codes that begin with W_ are warnings."""

    code: str
    path: Path
    sentence: Message
    fix: Message
    line: int | None = None
    column: int | None = None

    @property
    def is_error(self) -> bool:
        return self.code.startswith("E_")

    @property
    def place(self) -> str:
        return place_of(self.path)

    def __str__(self) -> str:
        at = f"{self.place}: " if self.path else ""
        return f"{at}{self.sentence} {self.fix} [{self.code}]"

    def in_file(self, name: str) -> str:
        """One line, as editors and terminals take one to the place."""
        where = "" if self.line is None else f":{self.line}:{self.column}"
        return f"{name}{where}: {self}"

    def as_data(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "line": self.line,
            "column": self.column,
            "path": self.place,
            "sentence": str(self.sentence),
            "fix": str(self.fix),
        }


class InvalidQuestionSetError(ValueError):
    """A question set that must not reach a respondent."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.name = name
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.in_file(name) for problem in problems))


def place_of(path: Path) -> str:
    """A path as it is written: ``pages[0].title.nl``."""
    words = ""
    for step in path:
        words += f"[{step}]" if isinstance(step, int) else f".{step}"
    return words.removeprefix(".")
