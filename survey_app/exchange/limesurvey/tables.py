"""The tables of an .lss file, whichever version of LimeSurvey wrote it.

Since version 4 texts stand in tables of their own; before that, each row came once
for each language.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from survey_app.exchange.losses import UnreadableFileError
from survey_app.exchange.speech import OWN
from survey_app.questionnaires.problems import message as _

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000

Row = Mapping[str, str]


class Tables:
    def __init__(self, content: bytes) -> None:
        if len(content) > MAX_BYTES:
            raise UnreadableFileError(_("The file is too large."))
        try:
            root = fromstring(content)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise UnreadableFileError(_("This is no .lss file.")) from error
        if root.findtext("LimeSurveyDocType", "").strip() != "Survey":
            raise UnreadableFileError(_("This is no survey of LimeSurvey."))
        self._tables = {child.tag: _rows(child) for child in root}
        self.languages = [
            (element.text or "").strip() for element in root.iter("language")
        ][:20]
        self._texts = {
            name: self._by_id(name, key)
            for name, key in (
                ("group_l10ns", "gid"),
                ("question_l10ns", "qid"),
                ("answer_l10ns", "aid"),
            )
        }

    def rows(self, name: str) -> list[Row]:
        return self._tables.get(name, [])

    def once(self, name: str, key: str) -> list[Row]:
        """Each row once, not again for each language."""
        found: dict[tuple[str, ...], Row] = {}
        for row in self.rows(name):
            found.setdefault((row.get(key, ""), row.get("code", "")), row)
        return list(found.values())

    def texts(self, name: str, row: Row, key: str, column: str) -> dict[str, str]:
        """A column by language: of the table of texts, or of the rows themselves."""
        tables = {"groups": "group", "answers": "answer"}
        separate = f"{tables.get(name, 'question')}_l10ns"
        rows = self._texts[separate].get(row.get(key, ""), [])
        if not rows:
            rows = [
                other
                for other in self.rows(name)
                if all(other.get(k) == row.get(k) for k in (key, "code", "scale_id"))
            ]
        return {
            other.get("language", OWN): other[column]
            for other in rows
            if other.get(column)
        }

    def _by_id(self, name: str, key: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.rows(name):
            found.setdefault(row.get(key, ""), []).append(row)
        return found


def _rows(table: Element) -> list[Row]:
    return [
        {cell.tag: (cell.text or "").strip() for cell in row}
        for row in table.findall("rows/row")[:MAX_ROWS]
    ]


def number_in(row: Row, column: str) -> int:
    text = row.get(column, "")
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - longer is no place in a list
