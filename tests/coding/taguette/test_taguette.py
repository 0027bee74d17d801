"""Projects of Taguette: bytes of a text without tags, and hostile databases."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey_app.coding.file_notices import RefusedFileError
from survey_app.coding.taguette.reading import list_projects, read_taguette
from survey_app.coding.taguette.text import TaglessText

TABLES = """
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT, description TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, project_id INTEGER, name TEXT,
    description TEXT, contents TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path TEXT,
    description TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER,
    start_offset INTEGER, end_offset INTEGER, snippet TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
INSERT INTO projects VALUES (1, 'Studie', 'over de winkel');
INSERT INTO documents VALUES (1, 1, 'i1', 'memo', '<p>De café 😀</p><p>was vol.</p>');
INSERT INTO tags VALUES (1, 1, 'fase.zoeken', 'd'), (2, 1, 'fase', '');
"""
HTML = "<p>Een café</p><p>en 😀 nog</p>"


def database(*more: str, tables: str = TABLES) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(tables)
    for statement in more:
        connection.execute(statement)
    connection.commit()
    content = connection.serialize()
    connection.close()
    return content


def highlight(number: int, start: int, end: int, snippet: str = "") -> str:
    values = f"({number}, 1, {start}, {end}, '{snippet}')"
    return "INSERT INTO highlights VALUES " + values  # noqa: S608 - a database of ours


def refusal(content: bytes) -> str:
    with pytest.raises(RefusedFileError) as caught:
        read_taguette(content)
    return caught.value.code


def test_project_of_taguette_is_read(foreign: Path) -> None:
    content = (foreign / "peer" / "taguette_1.5.2_project.sqlite3").read_bytes()

    told = read_taguette(content)

    [source] = told.project.sources
    [selection] = source.selections
    codes = {code.guid: code for code in told.project.codes}
    [coding] = selection.codings
    assert selection.quote == "and the café"
    assert source.text == (
        "Anna: I booked online 😀 and the café was lovely.\nInterviewer: What then?"
    )
    assert codes[coding.code].name == "search"
    assert (coding.user, told.project.users) == (None, ())
    assert [(notice.code, notice.places) for notice in told.notices] == [
        ("made_folder", ("phase",))
    ]
    assert read_taguette(content) == told


def test_bytes_lead_to_characters_and_paragraphs_stay_apart() -> None:
    content = database(
        highlight(1, 3, 8, "<p>café</p>"),
        highlight(2, 3, 16, "<p>café 😀</p><p>was</p>"),
        highlight(3, 0, 13, "De café 😀"),
        "INSERT INTO highlight_tags VALUES (1, 1), (1, 2), (2, 99)",
    )

    told = read_taguette(content)

    [source] = told.project.sources
    assert source.text == "De café 😀\nwas vol."
    assert [each.quote for each in source.selections] == [
        *("café", "café 😀\nwas", "De café 😀")
    ]
    assert [len(each.codings) for each in source.selections] == [2, 0, 0]
    assert [(code.name, code.is_codable) for code in told.project.codes] == [
        ("fase", True),
        ("zoeken", True),
    ]
    assert [note.text for note in told.project.notes] == ["memo"]
    assert told.notices == ()


def test_highlights_that_cannot_be_kept_are_listed() -> None:
    content = database(
        highlight(1, 8, 3),
        highlight(2, 5, 5, ""),
        highlight(3, 0, 99_999),
        highlight(4, -3, 5),
        highlight(5, 0, 2, "<p>vroeger</p>"),
        "INSERT INTO highlights VALUES (6, 1, 'a', 2, '')",
        "INSERT INTO highlights VALUES (7, 1, 9223372036854775807, NULL, x'00')",
    )

    told = {notice.code: notice for notice in read_taguette(content).notices}

    assert told["outside_text"].count == 5
    assert told["empty_selection"].places == ("i1: 5–5",)
    assert told["shifted_snippet"].places == ("i1: 0–2",)


def test_of_several_projects_one_is_chosen() -> None:
    content = database("INSERT INTO projects VALUES (7, 'Andere', '')")

    assert list_projects(content) == ((1, "Studie"), (7, "Andere"))
    assert refusal(content) == "several_projects"
    assert read_taguette(content, 7).project.name == "Andere"
    assert read_taguette(content, 1).project.description == "over de winkel"
    with pytest.raises(RefusedFileError):
        read_taguette(content, 3)


@pytest.mark.parametrize(
    "tables",
    [
        TABLES + "DROP TABLE tags",
        TABLES.replace("contents TEXT", "contents TEXT AS (hex(zeroblob(9)))").replace(
            "'memo', '<p>De café 😀</p><p>was vol.</p>'", "'memo'"
        ),
        TABLES.replace(
            "CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER)",
            "CREATE VIEW highlight_tags AS WITH RECURSIVE n(i) AS"
            " (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS highlight_id,"
            " i AS tag_id FROM n",
        ),
        "CREATE TABLE projects (id INTEGER)",
    ],
)
def test_database_that_is_no_project_is_refused(tables: str) -> None:
    assert refusal(database(tables=tables)) == "no_taguette"


def test_database_whose_columns_are_others_is_refused() -> None:
    tables = TABLES.replace("start_offset INTEGER", "begins INTEGER")

    assert refusal(database(tables=tables)) == "no_taguette"


@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(data=st.data())
def test_damaged_database_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(database(highlight(1, 3, 8)))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(16, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    try:
        read_taguette(bytes(content))
    except RefusedFileError:
        return


def test_what_is_no_database_is_refused() -> None:
    assert refusal(b"") == "no_taguette"
    assert refusal(b"SQLite format 3\0" + b"\0" * 600) == "no_taguette"


@given(html=st.text(st.sampled_from("<>/pbr!-\"' &amp;é😀\n\r")))
def test_any_text_is_read_and_every_position_lies_in_it(html: str) -> None:
    read = TaglessText(html)

    places = [read.start(place) for place in range(80)]
    known = [place for place in places if place is not None]
    assert known == sorted(known)
    assert all(place <= len(read.text) for place in known)
    assert "\r" not in read.text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (HTML, "Een café\nen 😀 nog"),
        ("<p>a &lt; b &amp; c</p>\n<p>d</p>", "a < b & c\nd"),
        ("a < b", "a < b"),
        ("een<br>twee<br/>drie", "een\ntwee\ndrie"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1\t2"),
        ("<pre>\nx</pre>", "x"),
        ("<script>weg</script>blijft", "blijft"),
        ('<a title="x > y">z</a>', "z"),
        ("a<b", "a<b"),
    ],
)
def test_text_without_its_tags(html: str, text: str) -> None:
    assert TaglessText(html).text == text
