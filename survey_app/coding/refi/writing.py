"""Projects (.qdpx) and codebooks (.qdc) for other tools, the same bytes each time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from survey_app.coding.file_notices import Fault
from survey_app.coding.refi.checking import check_project
from survey_app.coding.refi.choosing import ExportOptions, chosen
from survey_app.coding.refi.code_writing import write_codes, write_sets
from survey_app.coding.refi.project import Code, Project
from survey_app.coding.refi.project_writing import ProjectWriter
from survey_app.coding.refi.schema import CODEBOOK, CODEBOOK_SHAPES, PROJECT, SHAPES
from survey_app.coding.refi.xml_writing import CheckedXml

ORIGIN = "Klantreis"
PROJECT_FILE = "project.qde"
DAY = (1980, 1, 1, 0, 0, 0)  # the first that an archive can hold
MODE, UNIX = 0o644 << 16, 3


def write_qdpx(
    project: Project, file: IO[bytes], options: ExportOptions | None = None
) -> tuple[Fault, ...]:
    """Writes the project; what is wrong with the file is a fault of ours."""
    options = options or ExportOptions()
    project = chosen(project, options)
    faults = list(check_project(project))
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        with _member(archive, PROJECT_FILE) as member:
            xml = CheckedXml(member, SHAPES, PROJECT)
            ProjectWriter(xml, project, project.origin or ORIGIN).write()
            faults += xml.faults
        for source in project.sources:
            if source.text is not None:
                with _member(archive, f"sources/{source.guid}.txt") as member:
                    member.write(_content(source.text, crlf=options.crlf))
    return tuple(faults)


def write_qdc(codes: Sequence[Code], file: IO[bytes]) -> tuple[Fault, ...]:
    """Writes the codes with their descriptions, kinds and state."""
    xml = CheckedXml(file, CODEBOOK_SHAPES, CODEBOOK)
    with xml.element("CodeBook", {"origin": ORIGIN}):
        write_codes(xml, codes, with_notes=False)
        write_sets(xml, codes, (), reference="guid")
    alone = tuple(replace(code, notes=()) for code in codes)
    faults = check_project(Project(name="", codes=alone))
    return (*faults, *xml.faults)


@contextmanager
def _member(archive: ZipFile, name: str) -> Iterator[IO[bytes]]:
    info = ZipInfo(name, DAY)
    info.compress_type = ZIP_DEFLATED
    info.external_attr, info.create_system = MODE, UNIX
    with archive.open(info, "w") as member:
        yield member


def _content(text: str, *, crlf: bool) -> bytes:
    written = text.replace("\n", "\r\n") if crlf else text
    return written.encode("utf-8", "replace")
