"""What the columns and codes of an export mean, in Dutch and English."""

import json
from collections.abc import Iterator
from importlib.metadata import version as installed_version

from survey_app.exports.catalogue import Catalogue
from survey_app.exports.columns import Column, Kind, in_language
from survey_app.exports.extracts import Extract
from survey_app.exports.values import Value
from survey_app.exports.wide import FACTS, NOT_SHOWN
from survey_app.exports.wording import LANGUAGES, words

CODEBOOK_HEADER = (
    "column",
    "question",
    "type",
    *(f"title_{language}" for language in LANGUAGES),
    "code",
    *(f"label_{language}" for language in LANGUAGES),
    "missing",
)
VERSIONS_HEADER = ("version", "newest", "question", "comparability")


def codebook_rows(catalogue: Catalogue) -> Iterator[list[Value]]:
    for name in (*(fact.name for fact in FACTS), NOT_SHOWN):
        told = [words(language).facts[name] for language in LANGUAGES]
        yield [name, None, None, *told, None, None, None, None]
    for column in catalogue.columns:
        yield from _column_rows(column)


def _column_rows(column: Column) -> Iterator[list[Value]]:
    told = [column.title(language) for language in LANGUAGES]
    start: list[Value] = [column.name, column.question.id, column.question.type, *told]
    if column.kind is Kind.TICK:
        for code in ("1", "0"):
            yield [*start, code, *(_tick_words(code, each) for each in LANGUAGES), None]
        return
    if not column.options:
        yield [*start, None, None, None, None]
    for option in column.options:
        labels = [in_language(option.label, language) for language in LANGUAGES]
        yield [*start, option.code, *labels, int(option.missing)]


def _tick_words(code: str, language: str) -> str:
    return words(language).ticked if code == "1" else words(language).not_ticked


def version_rows(extract: Extract) -> Iterator[list[Value]]:
    """How far each question may be compared with the version before."""
    for place, edition in enumerate(extract.editions):
        newest = int(place == 0)
        yield [edition.version, newest, None, None]
        for question, how in edition.comparability.items():
            told = how if isinstance(how, str) else json.dumps(how, ensure_ascii=False)
            yield [edition.version, newest, question, told]


def notes(extract: Extract, *, language: str, raw: bool) -> Iterator[str]:
    """What whoever opens the file must know before counting."""
    told = words(language)
    yield made_by(extract, language)
    yield from told.reading
    yield told.raw if raw else told.guarded
    yield from mixed_versions(extract, language)


def mixed_versions(extract: Extract, language: str) -> Iterator[str]:
    """Said where answers to several versions stand together."""
    if len(extract.editions) > 1:
        yield words(language).mixed.format(versions=_versions(extract))


def made_by(extract: Extract, language: str) -> str:
    return words(language).made_by.format(
        title=extract.title(language),
        responses=extract.total,
        version=installed_version("klantreis"),
    )


def _versions(extract: Extract) -> str:
    return ", ".join(edition.version for edition in reversed(extract.editions))
