"""A table of a question set file, read key by key, with every complaint collected."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from survey_app.questionnaires.problems import (
    Message,
    Path,
    Problem,
)
from survey_app.questionnaires.problems import message as _

CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,48}")
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,48}")
LONG_NUMBER = 10**18
LONGEST_QUOTE = 40
Kind = TypeVar("Kind", bound=StrEnum)


class Table:
    """Takes keys out of a table; what is left over at the end is a mistake.

    A wrong value is noted and replaced by a harmless one, so that one reading finds
    everything that is wrong with a file.
    """

    def __init__(
        self,
        data: Mapping[str, Any],
        path: Path,
        problems: list[Problem],
        languages: Sequence[str] = (),
    ) -> None:
        self._data = dict(data)
        self.path = path
        self.problems = problems
        self.languages = tuple(languages)

    def complain(
        self, code: str, key: str | Path, sentence: Message, fix: Message
    ) -> None:
        self.problems.append(Problem(code, self.at(key), sentence, fix))

    def at(self, key: str | Path) -> Path:
        return (*self.path, *((key,) if isinstance(key, str) else key))

    def has(self, key: str) -> bool:
        return key in self._data

    def holds_text(self, key: str) -> bool:
        return isinstance(self._data.get(key), str)

    def raw(self, key: str) -> Any:  # noqa: ANN401 - anything a TOML file can hold
        return self._data.pop(key, None)

    def string(self, key: str) -> str:
        value = self._data.pop(key, None)
        if isinstance(value, str) and value.strip():
            return value
        self._wrong(key, value, _("Write a text that is not empty."))
        return ""

    def identifier(self, key: str, pattern: re.Pattern[str] = IDENTIFIER) -> str:
        value = self._data.get(key)
        if isinstance(value, bool | int | float | date):
            self._data.pop(key)
            self._complain_of_code(key, value)
            return ""
        name = self.string(key)
        if name and (not pattern.fullmatch(name) or "__" in name):
            self.complain(
                "E_BAD_ID",
                key,
                _("“%(name)s” cannot be an id or code.", name=name),
                _(
                    "Use small letters, digits and single underscores; an id starts"
                    " with a letter."
                ),
            )
        return name

    def whole(
        self,
        key: str,
        low: int,
        high: int,
        default: int | None = None,
        code: str = "E_SCHEMA",
    ) -> int | None:
        value = self._data.pop(key, default)
        if value is None or (type(value) is int and low <= value <= high):
            return value
        fix = _("Write a whole number from %(low)s to %(high)s.", low=low, high=high)
        self._wrong(key, value, fix, code)
        return default

    def flag(self, key: str, *, default: bool = False) -> bool:
        value = self._data.pop(key, default)
        if isinstance(value, bool):
            return value
        self._wrong(key, value, _("Write true or false."))
        return default

    def day(self, key: str) -> date | None:
        value = self._data.pop(key, None)
        if value is None or type(value) is date:  # a moment is a date too
            return value
        self._wrong(key, value, _("Write a day without quotes, such as 2026-01-31."))
        return None

    def one_of(self, key: str, kinds: type[Kind], default: Kind) -> Kind:
        value = self._data.pop(key, default)
        if isinstance(value, str) and value in set(kinds):
            return kinds(value)
        known = ", ".join(kinds)
        self._wrong(key, value, _("Choose from %(known)s.", known=known))
        return default

    def strings(self, key: str) -> tuple[str, ...]:
        value = self._data.pop(key, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._wrong(key, value, _("Write a list of texts, each between quotes."))
        return ()

    def texts(self, key: str) -> dict[str, str]:
        """The same text in each language of the file; all are needed."""
        return self.optional_texts(key) or self._missing_texts(key)

    def same_or_texts(self, key: str) -> dict[str, str] | None:
        """A text in each language, or one for all of them."""
        if not self.holds_text(key):
            return self.optional_texts(key)
        text = self.raw(key)
        self._check_text((key,), text)
        return dict.fromkeys(self.languages, text)

    def optional_texts(self, key: str) -> dict[str, str] | None:
        value = self._data.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong(key, value, _in_each_language())
            return self._blank()
        for language in self.languages:
            self._check_text((key, language), value.get(language))
        for language in value:
            if language not in self.languages:
                self.complain(
                    "E_UNKNOWN_LANG",
                    (key, language),
                    _("“%(name)s” is not a language of this file.", name=language),
                    _("Add it to languages, or leave this text out."),
                )
        return {name: str(value.get(name, "")) for name in self.languages}

    def table(self, key: str) -> "Table | None":
        value = self._data.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong(key, value, _("Write a table."))
            return None
        return Table(value, self.at(key), self.problems, self.languages)

    def tables(self, key: str) -> "list[Table]":
        value = self._data.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self._wrong(key, value, _("Write a list of tables."))
            return []
        return [
            Table(item, self.at((key, number)), self.problems, self.languages)
            for number, item in enumerate(value)
        ]

    def refuse_unknown(self) -> None:
        for key in self._data:
            self.complain(
                "E_SCHEMA",
                key,
                _("The key “%(key)s” is not known here.", key=key),
                _("Check the spelling; question_sets/README.md lists the keys."),
            )

    def _check_text(self, key: Path, value: object) -> None:
        if value is None:
            self.complain(
                "E_MISSING_LANG", key, _("This language has no text."), _("Write it.")
            )
        elif not isinstance(value, str) or not value.strip():
            self.complain(
                "E_EMPTY_TEXT",
                key,
                _("This text is empty."),
                _("Write it, or leave it out."),
            )

    def _missing_texts(self, key: str) -> dict[str, str]:
        self._wrong(key, None, _in_each_language())
        return self._blank()

    def _blank(self) -> dict[str, str]:
        return dict.fromkeys(self.languages, "")

    def _complain_of_code(self, key: str, value: object) -> None:
        self.complain(
            "E_CODE_NOT_STRING",
            key,
            _("The code %(code)s is not a text.", code=as_written(value)),
            _('Write it between quotes: "%(code)s".', code=as_written(value)),
        )

    def _wrong(
        self, key: str, value: object, fix: Message, code: str = "E_SCHEMA"
    ) -> None:
        missing = _("“%(key)s” is missing.", key=key)
        found = _("%(value)s will not do here.", value=as_written(value))
        self.complain(code, key, missing if value is None else found, fix)


def as_written(value: object) -> str:
    """A value as it stands in a TOML file, cut short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= LONG_NUMBER:
        return hex(value)[:20] + "…"  # Python refuses to spell those out
    words = f"“{value}”" if isinstance(value, str) else str(value)
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"


def _in_each_language() -> Message:
    return _('Write a text in each language: { nl = "…", en = "…" }.')
