"""A table of a question set file, read key by key, with every complaint collected."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,48}")
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,48}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what would put it right."""

    code: str
    place: str
    sentence: str
    fix: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence} {self.fix} [{self.code}]"


class InvalidQuestionSetError(ValueError):
    """A question set that must not reach a respondent."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{name}: {problem}" for problem in problems))


class Table:
    """Takes keys out of a table; what is left over at the end is a mistake.

    A wrong value is noted and replaced by a harmless one, so that one reading finds
    everything that is wrong with a file.
    """

    def __init__(
        self,
        data: Mapping[str, Any],
        place: str,
        problems: list[Problem],
        languages: Sequence[str] = (),
    ) -> None:
        self._data = dict(data)
        self.place = place
        self.problems = problems
        self.languages = tuple(languages)

    def complain(self, code: str, key: str, sentence: str, fix: str) -> None:
        self.problems.append(Problem(code, self.at(key), sentence, fix))

    def at(self, key: str) -> str:
        return ".".join(part for part in (self.place, key) if part)

    def has(self, key: str) -> bool:
        return key in self._data

    def holds_text(self, key: str) -> bool:
        return isinstance(self._data.get(key), str)

    def raw(self, key: str) -> Any:  # noqa: ANN401 - anything a TOML file can hold
        return self._data.pop(key, None)

    def string(self, key: str, default: str | None = None) -> str:
        value = self._data.pop(key, default)
        if isinstance(value, str) and value.strip():
            return value
        self._wrong(key, value, "a text that is not empty")
        return default or ""

    def identifier(self, key: str, pattern: re.Pattern[str] = IDENTIFIER) -> str:
        value = self.string(key)
        if value and (not pattern.fullmatch(value) or "__" in value):
            self.complain(
                "E_BAD_ID",
                key,
                f"'{value}' cannot be an id or code.",
                "Use small letters, digits and single underscores; an id starts"
                " with a letter.",
            )
        return value

    def whole(self, key: str, low: int, high: int, default: int | None) -> int | None:
        value = self._data.pop(key, default)
        if value is None or (type(value) is int and low <= value <= high):
            return value
        self._wrong(key, value, f"a whole number from {low} to {high}")
        return default

    def flag(self, key: str) -> bool:
        value = self._data.pop(key, False)
        if not isinstance(value, bool):
            self._wrong(key, value, "true or false")
        return value is True

    def strings(self, key: str) -> tuple[str, ...]:
        value = self._data.pop(key, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._wrong(key, value, "a list of texts")
        return ()

    def texts(self, key: str) -> dict[str, str]:
        """The same text in each language of the file; all are needed."""
        return self.optional_texts(key) or self._missing_texts(key)

    def optional_texts(self, key: str) -> dict[str, str] | None:
        value = self._data.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong(key, value, 'a text in each language, { nl = "…", en = "…" }')
            return self._blank()
        for language in self.languages:
            self._check_text(f"{key}.{language}", value.get(language))
        for language in set(value) - set(self.languages):
            self.complain(
                "E_UNKNOWN_LANG",
                f"{key}.{language}",
                f"'{language}' is no language of this file.",
                "Add it to languages, or leave this text out.",
            )
        return {**self._blank(), **{k: str(v) for k, v in value.items()}}

    def table(self, key: str) -> "Table | None":
        value = self._data.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong(key, value, "a table")
            return None
        return Table(value, self.at(key), self.problems, self.languages)

    def tables(self, key: str) -> "list[Table]":
        value = self._data.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self._wrong(key, value, "a list of tables")
            return []
        return [
            Table(item, f"{self.at(key)}[{number}]", self.problems, self.languages)
            for number, item in enumerate(value)
        ]

    def refuse_unknown(self) -> None:
        for key in self._data:
            self.complain(
                "E_SCHEMA",
                key,
                "This key is not known here.",
                "Check the spelling; question_sets/README.md lists the keys.",
            )

    def _check_text(self, key: str, value: object) -> None:
        if value is None:
            self.complain(
                "E_MISSING_LANG", key, "This language has no text.", "Write it."
            )
        elif not isinstance(value, str) or not value.strip():
            self.complain(
                "E_EMPTY_TEXT", key, "This text is empty.", "Write it, or leave it out."
            )

    def _missing_texts(self, key: str) -> dict[str, str]:
        self._wrong(key, None, 'a text in each language, { nl = "…", en = "…" }')
        return self._blank()

    def _blank(self) -> dict[str, str]:
        return dict.fromkeys(self.languages, "")

    def _wrong(self, key: str, value: object, wanted: str) -> None:
        found = "It is missing." if value is None else f"{value!r} will not do."
        self.complain("E_SCHEMA", key, found, f"Write {wanted}.")
