"""Opening a package that may come from anywhere: nothing is unpacked to disk.

Every file is looked at whole, against its checksum, before a line of it is believed.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from survey_app.exports.package import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    RESPONSES,
    shape,
    version_file,
)
from survey_app.exports.package.checks import InvalidPackageError
from survey_app.questionnaires.problems import InvalidQuestionSetError
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import read_question_set

NAMES = re.compile(
    r"manifest\.json|responses\.jsonl|versions/[0-9.]{1,20}\.(toml|json)"
)
MOST_FILES = 2_000
LARGEST = 4 << 30  # bytes, unpacked and all together
LARGEST_MANIFEST = 16 << 20
LARGEST_VERSION = 2 << 20
LONGEST_LINE = 16 << 20
MOST_SQUEEZED = 400  # times smaller than unpacked: text never is
SMALL = 1 << 20
CHUNK = 1 << 18
ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose files are what its manifest says they are."""

    zip: ZipFile
    manifest: Mapping[str, Any]
    sources: Mapping[str, str]  # of versions, as published
    question_sets: Mapping[str, QuestionSet]

    @property
    def name(self) -> str:
        """Short, and of exactly this content."""
        return str(self.manifest["files"][RESPONSES]["sha256"])[:12]

    def responses(self) -> Iterator[dict[str, Any]]:
        """Each line, checked; wrong ones are told by their number."""
        with self.zip.open(RESPONSES) as file:
            number = 0
            while line := file.readline(LONGEST_LINE):
                number += 1
                yield self._response(number, line)
        if number != self.manifest["responses"]:
            raise InvalidPackageError("there are more or fewer responses than it says")

    def _response(self, number: int, line: bytes) -> dict[str, Any]:
        try:
            row: dict[str, Any] = shape.RESPONSE(_json(line))
            self._check_references(row)
        except InvalidPackageError as error:
            raise InvalidPackageError(f"response {number}: {error}") from None
        return row

    def _check_references(self, row: Mapping[str, Any]) -> None:
        if row["version"] not in self.sources:
            raise InvalidPackageError(f"there is no version {row['version']}")
        waves = {wave["code"] for wave in self.manifest["waves"]}
        if row["wave"] is not None and row["wave"] not in waves:
            raise InvalidPackageError(f"there is no wave {row['wave']}")
        texts = {}
        for answer in row["answers"]:
            place = (answer["question_id"], answer["position"])
            if place in texts or (answer["code"] is None and answer["text"] is None):
                raise InvalidPackageError("an answer stands there twice, or is empty")
            texts[place] = answer["text"] or ""
        self._check_judged(row, texts)

    @staticmethod
    def _check_judged(
        row: Mapping[str, Any], texts: Mapping[tuple[str, int], str]
    ) -> None:
        for each in row["corrections"]:
            said = texts.get((each["question_id"], each["position"]))
            if said is None or said[each["start"] : each["end"]] != each["quote"]:
                raise InvalidPackageError("a correction is of words that are not there")
        for each in row["judgements"]:
            if not texts.get((each["question_id"], each["position"])):
                raise InvalidPackageError("a judgement is of a text that is not there")


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The package, all of it checked but the lines, which are checked as they come."""
    try:
        with ZipFile(path) as archive:
            _check_entries(archive.infolist())
            manifest = _read_manifest(archive)
            _check_files(archive, manifest["files"])
            sources = _read_sources(archive, manifest)
            yield Package(archive, manifest, sources, _question_sets(sources))
    except (BadZipFile, EOFError, NotImplementedError) as error:
        raise InvalidPackageError(f"it cannot be unpacked: {error}") from None


def _check_entries(entries: list[ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MOST_FILES or len(set(names)) != len(names):
        raise InvalidPackageError("it holds too many files, or one twice")
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > LARGEST:
        raise InvalidPackageError("it unpacks to far too much")
    if missing := {MANIFEST, RESPONSES} - set(names):
        raise InvalidPackageError(f"{min(missing)} is missing")


def _check_entry(entry: ZipInfo) -> None:
    if not NAMES.fullmatch(entry.filename):
        odd = entry.filename[:80]
        raise InvalidPackageError(f"{odd!r} does not belong in a package")
    if entry.flag_bits & ENCRYPTED:
        raise InvalidPackageError("it is locked with a password")
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise InvalidPackageError("it is packed in a way that is not read here")
    if _is_bomb(entry):
        raise InvalidPackageError(f"{entry.filename} unpacks to far too much")


def _is_bomb(entry: ZipInfo) -> bool:
    squeezed = entry.file_size > MOST_SQUEEZED * max(entry.compress_size, 1)
    return entry.file_size > SMALL and squeezed


def _read_manifest(archive: ZipFile) -> dict[str, Any]:
    data = _json(_read(archive, MANIFEST, LARGEST_MANIFEST))
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InvalidPackageError("it is no package of Klantreis")
    if data.get("format_version") != FORMAT_VERSION:
        raise InvalidPackageError(
            f"its format is {str(data.get('format_version'))[:20]}; this version reads"
            f" {FORMAT_VERSION}"
        )
    try:
        manifest: dict[str, Any] = shape.MANIFEST(data)
    except InvalidPackageError as error:
        raise InvalidPackageError(f"{MANIFEST}: {error}") from None
    return manifest


def _check_files(archive: ZipFile, files: Any) -> None:  # noqa: ANN401 - out of a file
    names = {entry.filename for entry in archive.infolist()} - {MANIFEST}
    if not isinstance(files, dict) or files.keys() != names:
        raise InvalidPackageError("its files are not those that it says it has")
    for name in sorted(names):
        with archive.open(name) as file:
            digest = _digest(file, archive.getinfo(name).file_size)
        told = files[name]
        if not isinstance(told, dict) or told.get("sha256") != digest:
            raise InvalidPackageError(f"{name} was damaged or changed")


def _digest(file: IO[bytes], size: int) -> str:
    """Never more is unpacked than was announced."""
    digest, left = hashlib.sha256(), size
    while chunk := file.read(CHUNK):
        left -= len(chunk)
        if left < 0:
            raise InvalidPackageError("it unpacks to more than it says")
        digest.update(chunk)
    return digest.hexdigest()


def _read_sources(archive: ZipFile, manifest: Mapping[str, Any]) -> dict[str, str]:
    sources = {}
    for version in manifest["versions"]:
        name = version_file(version["version"], "toml")
        if name not in manifest["files"]:
            raise InvalidPackageError(f"{name} is missing")
        sources[version["version"]] = _utf8(_read(archive, name, LARGEST_VERSION))
    return sources


def _question_sets(sources: Mapping[str, str]) -> dict[str, QuestionSet]:
    """What each version asks: a text that nobody could have published is refused."""
    read = {}
    for version, source in sources.items():
        try:
            read[version] = read_question_set(source, version_file(version, "toml"))
        except InvalidQuestionSetError:
            raise InvalidPackageError(f"version {version} is not valid") from None
        if read[version].version != version:
            raise InvalidPackageError(f"version {version} calls itself otherwise")
    return read


def _read(archive: ZipFile, name: str, limit: int) -> bytes:
    with archive.open(name) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise InvalidPackageError(f"{name} is too large")
    return content


def _json(content: bytes) -> Any:  # noqa: ANN401 - whatever stands there
    try:
        return json.loads(_utf8(content))
    except (json.JSONDecodeError, RecursionError):
        raise InvalidPackageError("is not JSON") from None


def _utf8(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise InvalidPackageError("is not UTF-8") from None
