"""Figures of each question and wave, for who may not see single responses.

Each wave is counted by itself and each person once, so that no two figures differ in
a few people. Every count went through `protect`: whom routing led to the question,
for that tells what they answered before, and then what they answered. Who left a
question open is not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from survey_app.exports.columns import Column, Kind
from survey_app.exports.extracts import Extract, Reads, read_records
from survey_app.exports.records import ResponseRecord
from survey_app.exports.suppression import protect
from survey_app.exports.values import Gap, Value

HEADER = (
    "wave",
    "question",
    "title",
    "code",
    "label",
    "base",
    "count",
    "share",
    "mean",
    "too_few",
    "versions",
)
FEWEST = 5  # whatever a questionnaire says, no group is smaller
MEANS = frozenset({Kind.POINT, Kind.NUMBER, Kind.RANK})
TICKED, NOT_TICKED = "1", "0"


@dataclass(slots=True)
class Tally:
    """What the people of one wave said in one column."""

    codes: Counter[str] = field(default_factory=Counter)
    sum: float = 0.0
    not_answered: int = 0
    not_shown: int = 0

    def add(self, value: Value) -> None:
        if value is Gap.NOT_SHOWN:
            self.not_shown += 1
        elif value is Gap.NOT_ANSWERED:
            self.not_answered += 1
        else:
            self.codes[str(value)] += 1
            if isinstance(value, int | float):
                self.sum += value

    @property
    def answered(self) -> int:
        return self.codes.total()


@dataclass(slots=True)
class WaveFigures:
    people: int = 0
    versions: set[str] = field(default_factory=set)
    tallies: Mapping[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def add(self, record: ResponseRecord, extract: Extract) -> None:
        self.people += 1
        self.versions.add(record.version)
        for column in extract.catalogue.columns:
            self.tallies[column.name].add(record.value(column))


def least_people(extract: Extract) -> int:
    asked = (each.question_set.settings.min_group for each in extract.editions)
    return max(FEWEST, *asked)


def tally(
    source: Reads, extract: Extract, figures: dict[str, WaveFigures]
) -> Iterator[int]:
    """Fill the figures of each wave, a batch at a time."""
    done = 0
    for records in read_records(source, extract):
        for record in records:
            wave = record.wave or ""
            figures.setdefault(wave, WaveFigures()).add(record, extract)
        done += len(records)
        yield done


def figure_rows(
    extract: Extract, figures: Mapping[str, WaveFigures], language: str
) -> Iterator[list[Value]]:
    least = least_people(extract)
    for wave, counted in sorted(figures.items()):
        if counted.people < least:
            continue
        versions = _versions(extract, counted)
        for column in extract.catalogue.columns:
            told = counted.tallies[column.name]
            yield from (
                [wave, column.name, column.title(language), *row, versions]
                for row in _column_rows(column, told, least, language)
            )


def _versions(extract: Extract, counted: WaveFigures) -> str:
    """Which a wave draws from, the oldest first."""
    names = (edition.version for edition in reversed(extract.editions))
    return " ".join(name for name in names if name in counted.versions)


def _column_rows(
    column: Column, told: Tally, least: int, language: str
) -> Iterator[list[Value]]:
    """One row for each answer, or a single one where few answered or all is text."""
    base = told.answered
    shown, _past = protect([base + told.not_answered, told.not_shown], least=least)
    if shown is None or base < least:
        yield [None, None, None, None, None, None, 1]
        return
    codes = _codes(column, told)
    counts = protect([told.codes[code] for code in codes], least=least)
    mean = _mean(column, told, is_whole=None not in counts)
    if not codes:
        yield [None, None, base, None, None, mean, 0]
    for code, count in zip(codes, counts, strict=True):
        share = None if count is None else round(count / base, 4)
        label = column.label(code, language)
        yield [code, label, base, count, share, mean, int(count is None)]


def _codes(column: Column, told: Tally) -> list[str]:
    """What was offered, and then what some import brought besides."""
    if column.kind is Kind.TICK:
        return [TICKED, NOT_TICKED]
    if not column.is_coded:
        return []
    offered = [option.code for option in column.options]
    return [*offered, *sorted(set(told.codes) - set(offered))]


def _mean(column: Column, told: Tally, *, is_whole: bool) -> float | None:
    """Beside counts only where none is hidden: else the two would tell it."""
    if column.kind not in MEANS or not is_whole:
        return None
    return round(told.sum / told.answered, 4)
