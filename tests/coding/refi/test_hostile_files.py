"""Whatever is uploaded is read or refused in a sentence."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey_app.coding.file_notices import RefusedFileError
from survey_app.coding.refi.reading import read_qdc, read_qdpx
from tests.coding.refi.archives import CODES, START, archive, project

BOUNDED = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TAGS = [
    *("Project", "CodeBook", "Codes", "Code", "Sources", "TextSource", "Coding"),
    *("PlainTextSelection", "PlainTextContent", "CodeRef", "Notes", "Note", "Sets"),
    *("Set", "MemberCode", "Cases", "Case", "VariableValue", "VariableRef", "Odd"),
    *("PDFSource", "Representation", "VideoSource", "Transcript", "SyncPoint"),
    *("TranscriptSelection", "Users", "User", "Description", "NoteRef", "FloatValue"),
]
KEYS = [
    *("guid", "name", "targetGUID", "startPosition", "endPosition", "color"),
    *("creatingUser", "creationDateTime", "isCodable", "plainTextPath", "position"),
    *("fromSyncPoint", "toSyncPoint", "typeOfVariable"),
]
SAID = st.sampled_from(
    [
        *(
            "",
            "x",
            "1",
            "-1",
            "99",
            "10000000000000000000",
            "true",
            "#ff",
            "rgb(1,2,3)",
        ),
        *("{11111111-1111-4111-8111-111111111111}", "internal://i1.txt", "../x"),
        *(
            "2026-01-01T00:00:00Z",
            "0001-01-01T00:00:00+14:00",
            "1e999999",
            "kind:theme",
        ),
    ]
)
TREES = st.recursive(
    SAID,
    lambda inner: st.builds(
        lambda tag, attributes, children: (
            f"<{tag}"
            + "".join(f' {key}="{value}"' for key, value in attributes.items())
            + f">{''.join(children)}</{tag}>"
        ),
        st.sampled_from(TAGS),
        st.dictionaries(st.sampled_from(KEYS), SAID, max_size=5),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def refusal(file: BytesIO) -> str:
    with pytest.raises(RefusedFileError) as caught:
        read_qdpx(file)
    assert str(caught.value)
    return caught.value.code


@BOUNDED
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for made in (lambda: read_qdc(content), lambda: read_qdpx(BytesIO(content))):
        with pytest.raises(RefusedFileError):
            made()


@BOUNDED
@given(inside=st.lists(TREES, max_size=4))
def test_any_project_is_read(inside: list[str]) -> None:
    told = read_qdpx(project("".join(inside), "a😀\r\nb\ufeff".encode()))

    assert all(str(notice) for notice in told.notices)
    for each in told.project.sources:
        for one in each.selections:
            assert one.quote == (each.text or "")[one.start : one.end] != ""


@BOUNDED
@given(data=st.data())
def test_archive_with_any_byte_changed_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(project("", b"tekst").getvalue())
    for _ in range(3):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(
            st.integers(0, 255)
        )
    try:
        read_qdpx(BytesIO(bytes(content)))
    except RefusedFileError:
        return


def test_broken_archive_is_refused() -> None:
    whole = project("", b"tekst" * 100).getvalue()

    assert refusal(BytesIO(whole[:-30])) == "broken_archive"


def test_archive_that_unpacks_to_too_much_is_refused() -> None:
    assert refusal(archive(project__qde=b" " * 60_000_000)) == "too_much_inside"


def test_archive_with_too_many_parts_is_refused() -> None:
    parts = {f"f{number}__txt": b"" for number in range(2_001)}

    assert refusal(archive(**parts)) == "too_much_inside"


@pytest.mark.parametrize(
    "name",
    ["../project.qde", "/etc/x.qde", "C:\\x.qde", "a\\..\\..\\x.qde", "sources/b.zip"],
)
def test_archive_with_a_dangerous_name_is_refused(name: str) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("project.qde", f"{START}</Project>")
        zipped.writestr(name, b"x")

    assert refusal(file) == "unsafe_archive"


def test_link_in_an_archive_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        link = zipfile.ZipInfo("sources/a.txt")
        link.external_attr = 0o120777 << 16
        zipped.writestr(link, "/etc/passwd")

    assert refusal(file) == "unsafe_archive"


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><Project>&a;</Project>', "no_xml"),
        ('<!DOCTYPE Project SYSTEM "file:///etc/passwd"><Project/>', "no_xml"),
        ("<Project name='p'/>", "wrong_namespace"),
        ("<Project xmlns='urn:QDA:1.0' name='p'/>", "wrong_namespace"),
        ("<html/>", "no_refi"),
        ("<CodeBook xmlns='urn:QDA-XML:codebook:1.0'/>", "no_refi"),
        ("<Project", "no_xml"),
        (f"{START}{'<Code>' * 150}{'</Code>' * 150}</Project>", "too_much_inside"),
    ],
)
def test_xml_that_is_no_project_is_refused(xml: str, code: str) -> None:
    assert refusal(archive(project__qde=xml)) == code


def test_entity_bomb_is_refused() -> None:
    lol = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">'
        for n in range(10)
    )
    xml = f"<!DOCTYPE CodeBook [{lol}]><CodeBook>&l9;</CodeBook>"

    with pytest.raises(RefusedFileError) as caught:
        read_qdc(xml.encode())

    assert caught.value.code == "no_xml"


def test_archive_without_a_project_or_with_two_is_refused() -> None:
    xml = f"{START}{CODES}</Project>"

    assert refusal(archive(a__txt="x")) == "no_project"
    assert refusal(archive(a__qde=xml, b__qde=xml)) == "several_projects"
