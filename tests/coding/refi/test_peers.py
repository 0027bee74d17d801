"""Others open what we write: pyrefiqda, and the standard's own schema."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from hypothesis import HealthCheck, given, settings
from lxml import etree
from pyrefiqda import RefiCodebook, RefiProject

from survey_app.coding.refi.project import Project
from survey_app.coding.refi.writing import write_qdc, write_qdpx
from tests.coding.refi.projects import projects

BOUNDED = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)


@BOUNDED
@given(project=projects())
def test_pyrefiqda_finds_the_same_counts(tmp_path: Path, project: Project) -> None:
    path = tmp_path / "study.qdpx"
    with path.open("wb") as file:
        assert write_qdpx(project, file) == ()

    opened = RefiProject.load(path, str(tmp_path / "opened"))

    sources = opened.sources.text_source if opened.sources else []
    marks = [mark for each in sources for mark in each.plain_text_selection]
    codings = [coding for mark in marks for coding in mark.coding]
    assert len(sources) == len(project.sources)
    assert [(mark.start_position, mark.end_position) for mark in marks] == [
        (each.start, each.end)
        for source in project.sources
        for each in source.selections
    ]
    assert len(codings) == sum(
        len(each.codings) for source in project.sources for each in source.selections
    )
    assert len(opened.notes.note if opened.notes else []) == len(project.notes)
    assert len(opened.users.user if opened.users else []) == len(project.users)
    assert len(opened.cases.case if opened.cases else []) == len(project.cases)
    assert _count(opened.code_book) == len(project.codes)


@BOUNDED
@given(project=projects())
def test_pyrefiqda_finds_the_same_codes(tmp_path: Path, project: Project) -> None:
    if not project.codes:
        return
    path = tmp_path / "study.qdc"
    with path.open("wb") as file:
        assert write_qdc(project.codes, file) == ()

    assert _count(RefiCodebook.load(path)) == len(project.codes)


@BOUNDED
@given(project=projects())
def test_files_are_valid_by_the_standard(foreign: Path, project: Project) -> None:
    schema = etree.XMLSchema(etree.parse(foreign / "Project.xsd"))
    codebooks = etree.XMLSchema(etree.parse(foreign / "Codebook.xsd"))
    file, codebook = BytesIO(), BytesIO()
    write_qdpx(project, file)
    write_qdc(project.codes, codebook)

    schema.assertValid(_project_in(file))
    if project.codes:
        codebooks.assertValid(etree.fromstring(codebook.getvalue()))


def _project_in(file: BytesIO) -> Any:
    with ZipFile(file) as zipped:
        return etree.fromstring(zipped.read("project.qde"))


def _count(book: object) -> int:
    top = getattr(book, "codes", None)
    stack = list(top.code) if top else []
    count = 0
    while stack:
        code = stack.pop()
        count += 1
        stack += code.code
    return count
