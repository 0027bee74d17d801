"""One row for each response: what is known of it, then a column for each answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from survey_app.exports.catalogue import Catalogue
from survey_app.exports.columns import Column, Kind
from survey_app.exports.records import ResponseRecord
from survey_app.exports.values import Gap, Value
from survey_app.exports.wording import words

SEPARATOR = "; "  # between flags, tags and question ids in one cell
PREFILL = "prefill__"
LABEL = "__label_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A column with something known of the response itself."""

    name: str
    read: Callable[[ResponseRecord], Value]

    def title(self, language: str) -> str:
        return words(language).facts[self.name]


FACTS = (
    Fact(name="response_id", read=lambda record: record.response_id),
    Fact(name="receipt", read=lambda record: record.receipt),
    Fact(name="version", read=lambda record: record.version),
    Fact(name="wave", read=lambda record: record.wave),
    Fact(name="source", read=lambda record: record.source),
    Fact(name="state", read=lambda record: record.state),
    Fact(name="language_started", read=lambda record: record.language_started),
    Fact(name="language_submitted", read=lambda record: record.language_submitted),
    Fact(name="started_at", read=lambda record: record.begun),
    Fact(name="submitted_at", read=lambda record: record.sent),
    Fact(name="changed_at", read=lambda record: record.changed),
    Fact(name="duration_s", read=lambda record: record.seconds),
    Fact(name="device_class", read=lambda record: record.device),
    Fact(name="quality_flags", read=lambda record: SEPARATOR.join(record.flags)),
    Fact(name="tags", read=lambda record: SEPARATOR.join(record.tags)),
    Fact(name="note", read=lambda record: record.note),
)
NOT_SHOWN = "not_shown"  # which questions routing went past, in one cell
TAKEN = (*(fact.name for fact in FACTS), NOT_SHOWN)


@dataclass(frozen=True, slots=True)
class WideTable:
    """``labels`` are the languages in which each code is also told in words."""

    catalogue: Catalogue
    labels: tuple[str, ...] = ()

    def header(self) -> list[str]:
        return [
            *(fact.name for fact in FACTS),
            NOT_SHOWN,
            *(f"{PREFILL}{name}" for name in self.catalogue.prefill),
            *(
                name
                for column in self.catalogue.columns
                for name in self._names(column)
            ),
        ]

    def row(self, record: ResponseRecord) -> list[Value]:
        return [
            *(fact.read(record) for fact in FACTS),
            SEPARATOR.join(self._not_shown(record)),
            *(record.prefill.get(name) for name in self.catalogue.prefill),
            *self._answers(record),
        ]

    def _names(self, column: Column) -> Iterator[str]:
        yield column.name
        if column.kind is Kind.CODE:
            yield from (f"{column.name}{LABEL}{language}" for language in self.labels)

    def _answers(self, record: ResponseRecord) -> Iterator[Value]:
        for column in self.catalogue.columns:
            value = record.value(column)
            yield value
            if column.kind is Kind.CODE:
                for language in self.labels:
                    yield _in_words(column, value, language)

    def _not_shown(self, record: ResponseRecord) -> list[str]:
        return [
            question.id
            for question in self.catalogue.questions
            if question.id not in record.shown
        ]


def _in_words(column: Column, value: Value, language: str) -> Value:
    return value if isinstance(value, Gap) else column.label(str(value), language)


def titles(catalogue: Catalogue, language: str) -> Mapping[str, str]:
    """What each column of the table holds, in words."""
    facts: dict[str, str] = {fact.name: fact.title(language) for fact in FACTS}
    facts[NOT_SHOWN] = words(language).facts[NOT_SHOWN]
    answers = {column.name: column.title(language) for column in catalogue.columns}
    return facts | answers
