"""Writing a package, a batch of responses at a time."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select

from survey_app.clock import now
from survey_app.exports.extracts import Extract, Reads
from survey_app.exports.orders import Shape
from survey_app.exports.package import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    RESPONSES,
    version_file,
)
from survey_app.exports.package.compiled import compile_question_set
from survey_app.exports.package.rows import Numbers, read_rows
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion, Wave
from survey_app.questionnaires.published import question_set_of
from survey_app.questionnaires.question_set import QuestionType


@dataclass(slots=True)
class PackageFile:
    """A zip file that remembers the checksum of what goes into it."""

    zip: ZipFile
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, text: str) -> None:
        content = text.encode()
        self.zip.writestr(name, content)
        self.note(name, hashlib.sha256(content), len(content))

    def note(self, name: str, digest: Any, size: int) -> None:  # noqa: ANN401 - hashlib's
        self.files[name] = {"sha256": digest.hexdigest(), "size": size}


def write_package(
    path: Path, source: Reads, extract: Extract, shape: Shape
) -> Iterator[int]:
    del shape
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        package = PackageFile(archive)
        manifest = _describe(source, extract, package)
        yield from _write_responses(package, source, extract)
        manifest |= {"responses": extract.total, "files": package.files}
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))


def _write_responses(
    package: PackageFile, source: Reads, extract: Extract
) -> Iterator[int]:
    digest, size, done = hashlib.sha256(), 0, 0
    numbers, addresses = Numbers(), _addresses(extract)
    with package.zip.open(RESPONSES, "w", force_zip64=True) as file:
        for ids in extract.batches():
            with source.read() as session:
                rows = read_rows(session, ids, numbers, addresses)
                content = "".join(_line(row) for row in rows).encode()
            file.write(content)
            digest.update(content)
            size += len(content)
            done += len(ids)
            yield done
    package.note(RESPONSES, digest, size)


def _addresses(extract: Extract) -> frozenset[str]:
    return frozenset(
        question.id
        for edition in extract.editions
        for question in edition.question_set.questions.values()
        if question.type is QuestionType.EMAIL
    )


def _line(row: dict[str, Any]) -> str:
    return f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}\n"


def _describe(source: Reads, extract: Extract, package: PackageFile) -> dict[str, Any]:
    """All but the responses: the questionnaire, every version of it, its waves."""
    with source.read() as session:
        wanted = extract.selection.questionnaire_id
        questionnaire = session.get_one(Questionnaire, wanted)
        versions = session.scalars(
            select(QuestionnaireVersion)
            .where(QuestionnaireVersion.questionnaire_id == wanted)
            .order_by(QuestionnaireVersion.published_at, QuestionnaireVersion.id)
        ).all()
        waves = session.scalars(
            select(Wave).where(Wave.questionnaire_id == wanted).order_by(Wave.id)
        ).all()
        for version in versions:
            package.add(version_file(version.version, "toml"), version.source)
            compiled = compile_question_set(question_set_of(version))
            package.add(version_file(version.version, "json"), compiled)
        return {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "made_with": f"Klantreis {installed_version('klantreis')}",
            "made_at": now().isoformat(timespec="seconds"),
            "questionnaire": _questionnaire(questionnaire, versions),
            "versions": [_version(version) for version in versions],
            "waves": [_wave(wave) for wave in waves],
        }


def _questionnaire(
    questionnaire: Questionnaire, versions: Sequence[QuestionnaireVersion]
) -> dict[str, Any]:
    active = {each.id: each.version for each in versions}
    return {
        "slug": questionnaire.slug,
        "state": questionnaire.state,
        "active_version": active.get(questionnaire.active_version_id or 0),
        "opens_at": _time(questionnaire.opens_at),
        "closes_at": _time(questionnaire.closes_at),
        "max_responses": questionnaire.max_responses,
        "include_partial": questionnaire.include_partial,
    }


def _version(version: QuestionnaireVersion) -> dict[str, Any]:
    return {
        "version": version.version,
        "published_at": _time(version.published_at),
        "retired_at": _time(version.retired_at),
        "comparability": version.comparability,
    }


def _wave(wave: Wave) -> dict[str, Any]:
    return {
        "code": wave.code,
        "name": wave.name,
        "starts_on": wave.starts_on.isoformat(),
        "ends_on": wave.ends_on.isoformat() if wave.ends_on else None,
    }


def _time(at: Any) -> str | None:  # noqa: ANN401 - a time or none
    return at.isoformat() if at is not None else None
