"""What is written is read again as it was, and twice the same."""

from dataclasses import replace
from io import BytesIO

from hypothesis import HealthCheck, given, settings

from survey_app.coding.refi.choosing import ExportOptions
from survey_app.coding.refi.positions import STANDARD
from survey_app.coding.refi.project import Project, Selection
from survey_app.coding.refi.reading import read_qdc, read_qdpx
from survey_app.coding.refi.writing import write_qdc, write_qdpx
from tests.coding.refi.projects import projects, words_project

BOUNDED = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def written(project: Project, options: ExportOptions | None = None) -> bytes:
    file = BytesIO()
    assert write_qdpx(project, file, options) == ()
    return file.getvalue()


def chosen_standard(content: bytes) -> Project:
    """As a person would choose where the words alone do not decide."""
    first = read_qdpx(BytesIO(content))
    choices = {each.source: STANDARD for each in first.undecided}
    return read_qdpx(BytesIO(content), choices).project


@BOUNDED
@given(project=projects())
def test_project_is_read_again_as_it_was_and_written_the_same(
    project: Project,
) -> None:
    content = written(project)

    back = chosen_standard(content)

    assert back == project
    assert written(back) == content


@BOUNDED
@given(project=projects())
def test_codebook_is_read_again_as_it_was(project: Project) -> None:
    codes = tuple(replace(code, notes=()) for code in project.codes)
    if not codes:
        return
    file = BytesIO()

    faults = write_qdc(codes, file)

    assert (faults, read_qdc(file.getvalue()).codes) == ((), codes)


def test_line_breaks_for_maxqda_change_the_text_but_no_position() -> None:
    text = "Eerste 😀 regel.\nTweede regel.\n\nDerde, met de prijs."
    places = [(0, 6), (17, 23), (32, 37), (text.index("prijs"), len(text) - 1)]
    project = words_project(text, *places)

    content = written(project, ExportOptions(crlf=True))

    read = read_qdpx(BytesIO(content))
    assert [_place(each) for each in read.project.sources[0].selections] == [
        (start, end, text[start:end]) for start, end in places
    ]


def _place(selection: Selection) -> tuple[int, int, str]:
    return selection.start, selection.end, selection.quote
