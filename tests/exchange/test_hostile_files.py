"""Whatever is uploaded is read or refused in a sentence, and soon."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey_app.exchange.drafting import Conversion
from survey_app.exchange.expressions.grammar import parse
from survey_app.exchange.expressions.pieces import UncarriedConditionError
from survey_app.exchange.limesurvey.conditions import EQUATIONS
from survey_app.exchange.limesurvey.reading import read_lss
from survey_app.exchange.losses import UnreadableFileError
from survey_app.exchange.surveyjs.conditions import DIALECT
from survey_app.exchange.surveyjs.reading import read_surveyjs
from survey_app.exchange.xlsform.conditions import XPATH
from survey_app.exchange.xlsform.reading import read_xlsform
from survey_app.questionnaires.reading import inspect_question_set
from survey_app.questionnaires.writing import write_question_set

READERS = [read_xlsform, read_surveyjs, read_lss]
BOUNDED = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    *(
                        "type",
                        "name",
                        "title",
                        "elements",
                        "choices",
                        "rows",
                        "columns",
                    ),
                    *("visibleIf", "value", "text", "rateMin", "rateMax", "default"),
                    *("rateValues", "validators", "expression", "isRequired", "html"),
                ]
            )
            | st.text(max_size=5),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)
KINDS = st.sampled_from(
    [
        *("text", "comment", "radiogroup", "checkbox", "rating", "boolean"),
        *("matrix", "html", "ranking", "panel", "file", "imagepicker"),
    ]
)
RECORDS = JSON.map(lambda value: value if isinstance(value, dict) else {})
ELEMENTS = st.builds(
    lambda kind, name, rest: {**rest, "type": kind, "name": name},
    KINDS,
    st.text(max_size=8),
    RECORDS,
)
CELLS = st.text(max_size=12) | st.sampled_from(
    [
        *("text", "select_one a", "select_multiple a", "rank", "begin group", "note"),
        *("end group", "begin repeat", "select_one a or_other", "range", "image"),
        *("${q} = 'a'", "selected(${q}, 'a')", "not(", ". >= 1", "yes", "likert"),
        *("table-list", "q", "q__detail", "klantreis-notice"),
    ]
)


@pytest.mark.parametrize("read", READERS)
@BOUNDED
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(
    read: Callable[[bytes], Conversion], content: bytes
) -> None:
    try:
        read(content)
    except UnreadableFileError:
        return


@BOUNDED
@given(pages=st.lists(st.lists(ELEMENTS, max_size=4), max_size=3), rest=RECORDS)
def test_any_json_of_surveyjs_becomes_a_draft(
    pages: list[list[object]], rest: dict[str, object]
) -> None:
    survey = {
        **rest,
        "pages": [{"name": "p", "elements": elements} for elements in pages],
    }

    conversion = read_surveyjs(json.dumps(survey).encode())

    assert inspect_question_set(write_question_set(conversion.question_set))


@BOUNDED
@given(
    rows=st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=6),
    choices=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=3),
)
def test_any_workbook_becomes_a_draft(
    rows: list[list[str]], choices: list[list[str]]
) -> None:
    survey = ["type", "name", "label", "relevant", "constraint", "appearance"]
    content = workbook(
        survey=[[*survey, "required", "hint::en"], *rows],
        choices=[["list_name", "name", "label"], *choices],
    )

    conversion = read_xlsform(content)

    assert inspect_question_set(write_question_set(conversion.question_set))


@pytest.mark.parametrize("dialect", [XPATH, DIALECT, EQUATIONS])
@BOUNDED
@given(text=st.text(st.sampled_from("aq${}()[]'\"=<>!&|, 1.notrandelcu"), max_size=60))
def test_any_condition_is_read_or_refused(dialect: object, text: str) -> None:
    try:
        parse(text, dialect)  # type: ignore[arg-type] # one of three
    except UncarriedConditionError:
        return


@pytest.mark.parametrize("dialect", [XPATH, DIALECT, EQUATIONS])
@pytest.mark.parametrize("text", ["(" * 5000, "not(" * 3000, "!" * 5000, "[" * 5000])
def test_condition_that_is_nested_without_end_is_refused(
    dialect: object, text: str
) -> None:
    with pytest.raises(UncarriedConditionError):
        parse(text, dialect)  # type: ignore[arg-type] # one of three


def test_workbook_that_unpacks_to_too_much_is_refused() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"\0" * 60_000_000)

    with pytest.raises(UnreadableFileError, match="too large"):
        read_xlsform(buffer.getvalue())


@pytest.mark.parametrize("content", [b"[" * 100_000, b"{}", b"[]", b'{"pages": 3}'])
def test_json_that_is_no_survey_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read_surveyjs(content)


def test_workbook_without_a_survey_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="survey"):
        read_xlsform(workbook(choices=[["list_name"]]))


def workbook(**sheets: list[list[str]]) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    sheet.write_string(
                        number, place, cell.encode("ascii", "ignore").decode()
                    )
    return buffer.getvalue()
