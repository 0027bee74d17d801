import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.interviews.reading import ReadingError, read_document
from survey_app.interviews.words import in_words, told
from tests.interviews.documents import archive, open_document, p, pdf, word
from tests.interviews.seen import check, read, refusal

NAMES = ("a.txt", "a.md", "a.docx", "a.odt", "a.pdf", "a.html", "a.vtt", "a.srt", "a")
GOOD = {
    "a.docx": word(p("Anna: ja") + p("Anna: nee"), footnotes="", comments=""),
    "a.odt": open_document("<text:p>Anna: ja</text:p><text:p>Anna: nee</text:p>"),
    "a.pdf": pdf(["Anna: ja", "Anna: nee"]),
    "a.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>ja &amp; nee</v>\n",
    "a.html": b"<meta charset=utf-8><p>Anna: ja<table><tr><td>a<td>b</table>",
    "a.txt": b"[00:01] Anna: ja\n\nAnna (0:02): nee\nNote: \xc3\xa9",
}
PIECES = [
    *("Anna", ":", " ", "\n", "\r\n", "[0:01]", "00:01.000 --> 00:02.000", "<v A>"),
    *("\t", "é", "\U0001f600", "\x00", "\ufeff", "\u2028", "# ", "**", "<p>", "<td>"),
    *(
        "<pre>",
        "</p>",
        "&amp;",
        "&#0;",
        "&#xd800;",
        "<script>",
        "NOTE",
        "WEBVTT",
        "-->",
    ),
    *("1", "a b", "e\u0301", "<", "</v>", "\x0b", "\x85", "Ã©"),
]
DTD = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


def read_or_refused(data: bytes, name: str) -> None:
    """A document of which the rules hold, or an error with a sentence; nothing else."""
    try:
        document = read_document(data, name)
    except ReadingError as error:
        told_of = str(told(error))
    else:
        check(document)
        told_of = " ".join(map(str, in_words(document.report)))
    assert "%(" not in told_of


@given(st.binary(max_size=300), st.sampled_from(NAMES))
def test_any_bytes(data: bytes, name: str) -> None:
    read_or_refused(data, name)


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=40,
    ),
    st.sampled_from(["a.txt", "a.md", "a.html", "a.vtt", "a.srt"]),
)
def test_any_text_of_what_matters(pieces: list[str], name: str) -> None:
    read_or_refused("".join(pieces).encode(), name)


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_any_damage(name: str, data: st.DataObject) -> None:
    content = bytearray(GOOD[name])
    for _time in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(len(content) // 2, len(content)))
    read_or_refused(bytes(content[:end]), name)


@given(st.text(alphabet=st.sampled_from("<>/pwtrb:= '\"x\nA"), max_size=80))
def test_any_markup_inside_a_word_document(inside: str) -> None:
    read_or_refused(word(inside), "a.docx")


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"../x": "a"}, "unsafe_archive"),
        ({"/etc/x": "a"}, "unsafe_archive"),
        ({"a\\..\\x": "a"}, "unsafe_archive"),
        ({"C:x": "a"}, "unsafe_archive"),
        ({"word/x.xlsx": archive({"a": "b"})}, "nested_archive"),
        ({str(number): "" for number in range(2001)}, "archive_bomb"),
        ({"word/document.xml": b"<a/>" + b" " * 15_000_000}, "archive_bomb"),
        ({"word/document.xml": f"{DTD}<x>&b;</x>"}, "unsafe_markup"),
        ({"word/document.xml": f"{DTD}<x>&b;</x>".encode("utf-16")}, "unsafe_markup"),
        ({"word/document.xml": "<a>" * 5_000}, "broken_file"),
        ({"word/document.xml": "geen xml"}, "broken_file"),
        ({"a": "b"}, "broken_file"),
    ],
    ids=[
        *("up", "root", "backslash", "drive", "nested", "many", "squeezed"),
        *("entities", "wide entities", "deep", "no markup", "no document"),
    ],
)
def test_archives_that_are_no_documents(parts: dict[str, str], code: str) -> None:
    content = archive({"[Content_Types].xml": "<Types/>"} | parts)

    assert refusal(content, "a.docx") == code


def test_a_link_in_an_archive() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")

    assert refusal(content.getvalue(), "a.docx") == "unsafe_archive"


def test_a_part_that_lies_about_its_size_is_cut_off() -> None:
    honest = archive({"[Content_Types].xml": "", "word/document.xml": " " * 9_000_000})
    size = (9_000_000).to_bytes(4, "little")

    assert refusal(honest.replace(size, (99).to_bytes(4, "little")), "a.docx") == (
        "broken_file"
    )


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"{\\rtf1 Note: woorden}", "a.txt", "unsupported_format"),
        (b"\xd0\xcf\x11\xe0 oud", "a.doc", "unsupported_format"),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "encrypted",
        ),
        (b"\x00\x00\x00\x20ftypM4A ", "a.m4a", "unsupported_format"),
        (b"tekst", "a.xlsx", "unsupported_format"),
        (b"tekst", "a.docx", "broken_file"),
        (b"%PDF-1.4\nNote: woorden", "a.txt", "broken_file"),
        (b"PK\x03\x04Note: woorden", "a.txt", "broken_file"),
        (b"A: \x00B: \x01 woorden", "a.txt", "unsupported_format"),
        (
            archive({"xl/workbook.xml": "", "[Content_Types].xml": ""}),
            "a.docx",
            "unsupported_format",
        ),
        (archive({"foto.txt": "x"}), "a.zip", "unsupported_format"),
        (
            archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "a.odt",
            "unsupported_format",
        ),
        (open_document("", manifest="<m><encryption-data/></m>"), "a.odt", "encrypted"),
        (open_document("<text:p> </text:p>"), "a.odt", "no_text"),
        (word(""), "a.docx", "no_text"),
    ],
)
def test_files_of_another_kind(data: bytes, name: str, code: str) -> None:
    assert refusal(data, name) == code


def test_limits() -> None:
    assert refusal(b"x" * 11, max_bytes=10) == "too_large"
    assert refusal(b"x" * 11, max_characters=10) == "too_long"
    assert refusal(word(p("x" * 11)), "a.docx", max_characters=10) == "too_long"
    assert refusal(b"\n" * 200_001) == "too_many_lines"


@pytest.mark.parametrize(
    "text", [" " * 300_000, "A" + " " * 300_000, "1:" * 90_000, "[ " * 90_000]
)
def test_lines_made_to_keep_us_busy_do_not(text: str) -> None:
    assert refusal(text) in {"read", "no_text"}


@pytest.mark.parametrize(
    "name", ["=cmd().txt", "<script>.txt", "../../x.txt", "é" * 500]
)
def test_the_name_of_a_file_is_only_looked_at(name: str, tmp_path: Path) -> None:
    assert read("Anna: ja", name).source_format == "txt"
    assert not list(tmp_path.iterdir())
