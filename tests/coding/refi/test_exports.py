"""What leaves the house: how it is named, and what stays inside."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pytest

from survey_app.coding.refi.choosing import ExportOptions, pseudonyms_for
from survey_app.coding.refi.grouping import Passage, grouped
from survey_app.coding.refi.project import (
    Case,
    Code,
    Coding,
    Note,
    Project,
    Selection,
    SpokenRange,
    User,
)
from survey_app.coding.refi.reading import read_qdpx
from survey_app.coding.refi.writing import write_qdc, write_qdpx
from tests.coding.refi.projects import words_project

TEXT = "De prijs was goed.\nDe winkel niet."
AT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def written(project: Project, **options: object) -> bytes:
    file = BytesIO()
    assert write_qdpx(project, file, ExportOptions(**options)) == ()  # type: ignore[arg-type] # any of them
    return file.getvalue()


def read(content: bytes) -> Project:
    return read_qdpx(BytesIO(content)).project


def inside(content: bytes, name: str = "project.qde") -> str:
    with zipfile.ZipFile(BytesIO(content)) as zipped:
        return zipped.read(name).decode()


def test_names_text_and_dates_are_as_importers_want_them() -> None:
    project = words_project(TEXT, (3, 8))
    content = written(project)

    with zipfile.ZipFile(BytesIO(content)) as zipped:
        entries = zipped.infolist()
        text = zipped.read(entries[1])
    assert [each.filename for each in entries] == [
        "project.qde",
        f"sources/{project.sources[0].guid}.txt",
    ]
    assert {each.date_time for each in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert text == TEXT.encode()


def test_selection_is_called_by_the_beginning_of_its_quote() -> None:
    long = "Woord " * 30
    content = written(words_project(long, (0, 100)))

    assert f'name="{long[:64]}"' in inside(content)


def test_nothing_empty_is_written() -> None:
    content = written(Project(name="Leeg"))

    assert inside(content).partition("\n")[2] == (
        '<Project xmlns="urn:QDA-XML:project:1.0" name="Leeg" origin="Klantreis">'
        "</Project>"
    )


def test_memo_is_a_note_and_a_description_and_comes_back_once() -> None:
    memo = Note(
        guid=UUID(int=50), text="Let op\nde toon", author=UUID(int=1), created_at=AT
    )
    project = words_project(TEXT, (3, 8), notes=(memo,))
    [source] = project.sources
    [selection] = source.selections
    noted = replace(selection, notes=(memo.guid,))
    content = written(replace(project, sources=(replace(source, selections=(noted,)),)))

    back = read(content)
    xml = inside(content)
    assert xml.count("Let op\nde toon") == 2
    assert f'<NoteRef targetGUID="{memo.guid}"/>' in xml
    assert back.notes == (memo,)
    assert back.sources[0].selections[0].notes == (memo.guid,)


def test_coders_can_go_by_other_names() -> None:
    project = words_project(TEXT, (3, 8))
    names = pseudonyms_for(project.users, "Codeur")
    content = written(project, pseudonyms=names)

    assert "Anna" not in inside(content)
    assert [user.name for user in read(content).users] == ["Codeur 1"]


def test_coder_without_a_pseudonym_goes_without_a_name() -> None:
    content = written(words_project(TEXT, (3, 8)), pseudonyms={})

    assert [user.name for user in read(content).users] == [""]


def test_address_is_nobodys_name_outside() -> None:
    users = (User(UUID(int=1), "anna@example.org"),)
    content = written(words_project(TEXT, (3, 8), users=users))

    assert "example.org" not in inside(content)
    assert [user.name for user in read(content).users] == ["anna"]


def test_only_chosen_rounds_leave_with_their_memos_and_coders() -> None:
    project = two_rounds()
    content = written(project, rounds=frozenset({"eerste"}))

    back = read(content)
    [selection] = back.sources[0].selections
    assert [each.guid for each in selection.codings] == [UUID(int=200)]
    assert [note.text for note in back.notes] == ["van het project", "van de eerste"]
    assert [user.name for user in back.users] == ["Anna"]
    assert back.cases[0].selections == (selection.guid,)
    assert "tweede" not in inside(content)


def two_rounds() -> Project:
    """Anna in the first round, Bram in the second, each with a memo."""
    bram = User(UUID(int=9), "Bram")
    project = words_project(TEXT, (3, 8), (22, 28))
    [source] = project.sources
    first, second = source.selections
    notes = (
        Note(guid=UUID(int=50), text="van het project"),
        Note(guid=UUID(int=51), text="van de eerste", author=UUID(int=1)),
        Note(guid=UUID(int=52), text="van de tweede", author=bram.guid),
    )

    def placed(selection: Selection, name: str, note: Note, user: UUID) -> Selection:
        [coding] = selection.codings
        own = replace(coding, round=name, notes=(note.guid,), user=user)
        return replace(selection, user=user, codings=(own,))

    selections = (
        placed(first, "eerste", notes[1], UUID(int=1)),
        placed(second, "tweede", notes[2], bram.guid),
        replace(second, guid=UUID(int=60), codings=(), round="tweede", user=bram.guid),
    )
    guids = tuple(each.guid for each in selections)
    return replace(
        project,
        users=(*project.users, bram),
        notes=notes,
        sources=(replace(source, selections=selections),),
        cases=(Case(guid=UUID(int=70), name="Klant", selections=guids),),
    )


def with_speakers() -> Project:
    speakers = (User(UUID(int=80), "Anna"), User(UUID(int=81), "Interviewer"))
    project = words_project(TEXT, (3, 8), speakers=speakers, user=UUID(int=1))
    spoken = (
        SpokenRange(UUID(int=80), 0, 18),
        SpokenRange(UUID(int=81), 19, len(TEXT)),
    )
    source = replace(project.sources[0], spoken=spoken, modified_at=AT)
    return replace(project, sources=(source,))


def test_speakers_are_sets_of_the_sources_in_which_they_speak() -> None:
    project = with_speakers()

    back = read(written(project))

    assert [(each.name, each.sources) for each in back.sets] == [
        ("speaker:Anna", (UUID(int=3),)),
        ("speaker:Interviewer", (UUID(int=3),)),
    ]


def test_speakers_can_be_codings_on_what_they_say() -> None:
    back = read(written(with_speakers(), speakers="codings", speakers_title="Sprekers"))

    names = {code.guid: code.name for code in back.codes}
    said = {
        names[coding.code]: each.quote
        for each in back.sources[0].selections
        for coding in each.codings
    }
    assert list(names.values()) == ["Prijs", "Sprekers", "Anna", "Interviewer"]
    assert said == {
        "Prijs": "prijs",
        "Anna": TEXT[:18],
        "Interviewer": TEXT[19:],
    }
    assert read(written(with_speakers(), speakers="none")).sets == ()


def test_equal_ranges_of_one_coder_are_one_selection() -> None:
    anna, bram = UUID(int=1), UUID(int=9)
    passages = [
        Passage(guid=UUID(int=1), start=3, end=8, code=UUID(int=2), user=anna, at=AT),
        Passage(guid=UUID(int=2), start=3, end=8, code=UUID(int=3), user=anna),
        Passage(guid=UUID(int=3), start=3, end=8, code=UUID(int=2), user=bram),
        Passage(guid=UUID(int=4), start=3, end=8, code=None, user=anna),
    ]

    selections = grouped(passages, TEXT)

    assert [len(each.codings) for each in selections] == [2, 1, 0]
    assert {each.quote for each in selections} == {"prijs"}
    assert len({each.guid for each in selections}) == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sources": "outside"}, "outside_text"),
        ({"sources": "quote"}, "quote_differs"),
        ({"sources": "code"}, "dangling_reference"),
        ({"sources": "missing"}, "missing_text"),
        ({"sources": "control"}, "unwritable"),
        ({"name": "bel\x07"}, "unwritable"),
        ({"users": ()}, "dangling_reference"),
        ({"codes": "color"}, "wrong_attribute"),
        ({"codes": "circle"}, "dangling_reference"),
        ({"codes": "twice"}, "repeated_guid"),
    ],
)
def test_what_is_wrong_is_told_beside_the_file(
    change: dict[str, object], code: str
) -> None:
    project = replace(words_project(TEXT, (3, 8)), **_changed(change))  # type: ignore[arg-type] # one of its fields
    file = BytesIO()

    faults = write_qdpx(project, file)

    assert code in {fault.code for fault in faults}
    assert all(str(fault) for fault in faults)
    assert read(file.getvalue()).name


def _changed(change: dict[str, object]) -> dict[str, object]:
    project = words_project(TEXT, (3, 8))
    [source], [code] = project.sources, project.codes
    [selection] = source.selections
    coding = Coding(guid=UUID(int=99), code=UUID(int=98))
    sources = {
        "outside": replace(source, selections=(replace(selection, end=999),)),
        "quote": replace(source, selections=(replace(selection, quote="anders"),)),
        "code": replace(source, codings=(coding,)),
        "missing": replace(source, text=None, selections=()),
        "control": replace(source, text=TEXT + "\x07"),
    }
    codes = {
        "color": (replace(code, color="paars"),),
        "circle": (replace(code, parent=UUID(int=97)),),
        "twice": (code, code),
    }
    found = dict(change)
    if found.get("sources") in sources:
        found["sources"] = (sources[str(found["sources"])],)
    if found.get("codes") in codes:
        found["codes"] = codes[str(found["codes"])]
    return found


def test_codebook_without_codes_is_a_fault() -> None:
    faults = write_qdc((), BytesIO())

    assert [(fault.code, fault.place) for fault in faults] == [
        ("missing_child", "Codes")
    ]


def test_code_below_itself_stands_alone() -> None:
    one = Code(guid=UUID(int=1), name="a", parent=UUID(int=2))
    two = Code(guid=UUID(int=2), name="b", parent=UUID(int=1))
    file = BytesIO()

    write_qdpx(Project(name="p", codes=(one, two)), file)

    assert [(code.name, code.parent) for code in read(file.getvalue()).codes] == [
        ("a", None),
        ("b", None),
    ]
