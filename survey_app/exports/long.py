"""One row for each answer, in the form of a feedback record."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from survey_app.exports.catalogue import Catalogue
from survey_app.exports.columns import Column, Kind, in_language
from survey_app.exports.records import ResponseRecord
from survey_app.exports.values import Gap, Value
from survey_app.questionnaires.question_set import QuestionType

HEADER = (
    "submission_id",
    "collected_at",
    "source_type",
    "source_id",
    "field_group_id",
    "field_id",
    "field_label",
    "field_type",
    "value_text",
    "value_number",
    "value_boolean",
    "value_date",
    "value_id",
    "language",
    "metadata",
)
_TYPES = {
    Kind.TEXT: "text",
    Kind.CODE: "categorical",
    Kind.TICK: "categorical",
    Kind.RANK: "ranking",
    Kind.POINT: "rating",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
}
_OWN_TYPES = {QuestionType.NPS: "nps", QuestionType.YES_NO: "boolean"}


@dataclass(frozen=True, slots=True)
class LongTable:
    """``language`` is that of labels; what was written stands as it was written."""

    catalogue: Catalogue
    slug: str
    language: str

    def header(self) -> list[str]:
        return list(HEADER)

    def rows(self, record: ResponseRecord) -> Iterator[list[Value]]:
        metadata = self._metadata(record)
        sent = record.sent or record.begun
        for column in self.catalogue.columns:
            value = record.value(column)
            if isinstance(value, Gap) or (column.kind is Kind.TICK and not value):
                continue
            yield [
                record.response_id,
                sent,
                record.source,
                self.slug,
                *self._field(column),
                *self._values(column, value),
                record.language,
                metadata,
            ]

    def _field(self, column: Column) -> tuple[str, str, str, str]:
        own = column.stored_as == column.question.id and column.kind is not Kind.TEXT
        kind = _OWN_TYPES.get(column.question.type) if own else None
        return (
            column.question.id,
            column.name,
            column.title(self.language),
            kind or _TYPES[column.kind],
        )

    def _values(self, column: Column, value: Value) -> tuple[Value, ...]:
        """Text, number, yes or no, date, code: those that the answer has."""
        if column.kind in {Kind.TICK, Kind.RANK}:
            label = in_language(column.titles[-1], self.language)
            rank = value if column.kind is Kind.RANK else None
            return label, rank, None, None, column.part
        if column.kind is Kind.CODE:
            return self._coded(column, str(value))
        if column.kind is Kind.TEXT or isinstance(value, str):
            return value, None, None, None, None
        if column.kind is Kind.DATE:
            return None, None, None, value, None
        return None, value, None, None, None

    def _coded(self, column: Column, code: str) -> tuple[Value, ...]:
        is_yes = {"yes": "true", "no": "false"}
        told = column.question.type is QuestionType.YES_NO
        truth = is_yes.get(code) if told else None
        return column.label(code, self.language), None, truth, None, code

    def _metadata(self, record: ResponseRecord) -> str:
        known = {
            "version": record.version,
            "wave": record.wave,
            "state": record.state,
            "receipt": record.receipt,
            "device_class": record.device,
            "duration_s": record.seconds,
            "quality_flags": list(record.flags),
            "tags": list(record.tags),
            "note": record.note,
            "prefill": dict(record.prefill),
        }
        said = {name: value for name, value in known.items() if value not in (None, [])}
        return json.dumps(said, ensure_ascii=False, sort_keys=True)
