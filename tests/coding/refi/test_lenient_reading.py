"""What is odd in a file is told, and nothing is lost for it."""

from uuid import UUID

import pytest

from survey_app.coding.refi.project import Code
from survey_app.coding.refi.reading import ReadCodebook, read_qdc, read_qdpx
from tests.coding.refi.archives import CODE, SOURCE, project, selection, source

TEXT = b"De prijs was goed."


def codebook(codes: str, namespace: str = "1.0", sets: str = "") -> ReadCodebook:
    return read_qdc(
        f'<CodeBook xmlns="urn:QDA-XML:codebook:{namespace}"><Codes>{codes}</Codes>'
        f"{sets}</CodeBook>".encode()
    )


def code(name: str, attributes: str = "", inside: str = "", number: int = 1) -> str:
    guid = f"11111111-1111-4111-8111-{number:012d}"
    return f'<Code guid="{guid}" name="{name}" {attributes}>{inside}</Code>'


def told(read: ReadCodebook) -> dict[str, tuple[str, ...]]:
    return {notice.code: notice.places for notice in read.notices}


def test_siblings_of_one_name_get_numbers_and_others_do_not() -> None:
    cousin = code("Online", number=9)
    read = codebook(
        code("Online")
        + code("ONLINE ", number=2)
        + code("online", number=3)
        + code("Fase", inside=cousin, number=4)
    )

    names = [each.name for each in read.codes]
    assert names == ["Online", "ONLINE (2)", "online (3)", "Fase", "Online"]
    assert told(read) == {"renamed_code": ("ONLINE (2)", "online (3)")}


@pytest.mark.parametrize(
    ("written", "color", "notice"),
    [
        ("#ABC", "#aabbcc", None),
        ("#A0b1C2", "#a0b1c2", None),
        ("#FFA0B1C2", "#a0b1c2", "changed_color"),
        ("#A0B1C280", "#a0b1c2", "changed_color"),
        ("rgb(160, 177, 300)", "#a0b1ff", "changed_color"),
        ("A0B1C2", "#a0b1c2", "changed_color"),
        ("paars", None, "no_color"),
    ],
)
def test_colors_are_read_however_they_are_written(
    written: str, color: str | None, notice: str | None
) -> None:
    read = codebook(code("Prijs", f'color="{written}"'))

    assert read.codes[0].color == color
    assert list(told(read)) == ([notice] if notice else [])


@pytest.mark.parametrize(
    ("guid", "notice"),
    [
        ("{AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA}", None),
        ("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", None),
        ("code-12", "odd_guid"),
        ("", "odd_guid"),
    ],
)
def test_guids_are_read_however_they_are_written(guid: str, notice: str | None) -> None:
    read = codebook(f'<Code guid="{guid}" name="Prijs"/>')

    same = codebook(f'<Code guid="{guid}" name="Prijs"/>')
    assert read.codes == same.codes
    assert list(told(read)) == ([notice] if notice else [])
    if notice is None:
        assert read.codes[0].guid == UUID("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")


@pytest.mark.parametrize("namespace", ["1.0", "0:4"])
def test_codebooks_of_other_versions_are_read(namespace: str) -> None:
    read = codebook(
        code("Fase", 'isCodable="false"', code("Zoeken", number=2)), namespace
    )

    assert [(each.name, each.is_codable) for each in read.codes] == [
        ("Fase", False),
        ("Zoeken", True),
    ]
    assert list(told(read)) == (["other_version"] if namespace != "1.0" else [])


def test_kinds_and_state_come_from_sets_of_ours() -> None:
    member = '<MemberCode guid="11111111-1111-4111-8111-000000000001"/>'
    sets = (
        f'<Sets><Set guid="{SOURCE}" name="kind:pain_point">{member}</Set>'
        f'<Set guid="{CODE}" name="state:archived">{member}</Set>'
        f'<Set guid="{CODE}" name="Belangrijk">{member}</Set></Sets>'
    )
    read = codebook(code("Wachten"), sets=sets)

    [found] = read.codes
    assert (found.kind, found.is_archived) == ("pain_point", True)
    assert told(read) == {"uncarried_set": ("Belangrijk",)}


def test_rules_of_a_code_come_back_from_its_description() -> None:
    text = "Wat het is\n\nInclude: wel dit\n\nExample: zo"
    read = codebook(code("Prijs", inside=f"<Description>{text}</Description>"))

    expected = Code(
        guid=read.codes[0].guid,
        name="Prijs",
        definition="Wat het is",
        include_rule="wel dit",
        example="zo",
    )
    assert read.codes == (expected,)


def test_selections_that_cannot_be_kept_are_listed() -> None:
    selections = (
        selection(1, 3, 8)
        + selection(2, 4, 4)
        + selection(3, 90, 95)
        + selection(4, 8, 3)
    )
    read = read_qdpx(project(source(selections), TEXT))

    [found] = read.project.sources
    notices = {notice.code: notice.places for notice in read.notices}
    assert [each.quote for each in found.selections] == ["prijs"]
    assert notices["empty_selection"] == ("i1: 4–4",)
    assert notices["outside_text"] == ("i1: 90–95", "i1: 8–3")


def test_unknown_parts_are_counted_and_left_out() -> None:
    read = read_qdpx(project("<Odd><Code/></Odd><Odd/><Links><Link/></Links>"))

    assert {(each.code, each.count) for each in read.notices} == {
        ("unknown_element", 2),
        ("uncarried_links", 1),
    }
    assert [code.name for code in read.project.codes] == ["Prijs"]


def test_text_of_a_pdf_is_its_representation() -> None:
    pdf = (
        f'<Sources><PDFSource guid="{SOURCE}" name="d.pdf" path="internal://d.pdf">'
        '<PDFSelection guid="33333333-3333-4333-8333-000000000001" page="0" firstX="1"'
        ' firstY="1" secondX="2" secondY="2"/>'
        '<Representation guid="55555555-5555-4555-8555-555555555555"'
        f' plainTextPath="internal://i1.txt">{selection(1, 3, 8)}</Representation>'
        f'<Coding guid="{CODE}"><CodeRef targetGUID="{CODE}"/></Coding>'
        "</PDFSource></Sources>"
    )
    read = read_qdpx(project(pdf, TEXT))

    [found] = read.project.sources
    assert (found.name, found.format, found.text) == ("d.pdf", "pdf", TEXT.decode())
    assert [each.quote for each in found.selections] == ["prijs"]
    assert len(found.codings) == 1
    assert read.notices == ()


def test_transcript_of_a_recording_is_selected_by_its_marks_of_time() -> None:
    points = "".join(
        f'<SyncPoint guid="66666666-6666-4666-8666-{place:012d}" position="{place}"/>'
        for place in (3, 8)
    )
    video = (
        f'<Sources><VideoSource guid="{SOURCE}" name="v.mp4"><Transcript'
        ' guid="55555555-5555-4555-8555-555555555555" plainTextPath="i1.txt">'
        f"{points}<TranscriptSelection"
        ' guid="33333333-3333-4333-8333-000000000001"'
        ' fromSyncPoint="66666666-6666-4666-8666-000000000003"'
        ' toSyncPoint="66666666-6666-4666-8666-000000000008"/>'
        "</Transcript></VideoSource></Sources>"
    )
    read = read_qdpx(project(video, TEXT))

    [found] = read.project.sources
    assert (found.guid, found.format) == (UUID(SOURCE), "video")
    assert [each.quote for each in found.selections] == ["prijs"]


def test_text_that_is_not_utf8_is_read_and_told() -> None:
    read = read_qdpx(project(source(""), "Het café".encode("cp1252")))

    assert read.project.sources[0].text == "Het café"
    assert [notice.code for notice in read.notices] == ["guessed_encoding"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_text_with_a_byte_order_mark_is_read(encoding: str) -> None:
    read = read_qdpx(project(source(selection(1, 4, 8)), "Het café".encode(encoding)))

    assert read.project.sources[0].selections[0].quote == "café"


def test_garbled_text_is_told() -> None:
    read = read_qdpx(project(source(""), "Het cafÃ© zei â€™nee".encode()))

    assert [notice.code for notice in read.notices] == ["garbled_text"]


def test_coders_whom_the_file_does_not_name_are_still_coders() -> None:
    unknown = "77777777-7777-4777-8777-777777777777"
    inside = source(selection(1, 3, 8)).replace(
        "<Coding ", f'<Coding creatingUser="{unknown}" '
    )
    read = read_qdpx(project(inside, TEXT))

    assert [(user.guid, user.name) for user in read.project.users] == [
        (UUID(unknown), "")
    ]
    assert [notice.code for notice in read.notices] == ["unknown_user"]
