import pytest

from survey_app.interviews.reading import (
    Encoding,
    ReadingError,
    UnknownEncodingError,
    read_document,
)
from tests.interviews.seen import read, refusal

TEXT = "Zoë: Café “mooi” € 5.\nZoë: \U0001f600"


@pytest.mark.parametrize(
    "name", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-be"]
)
def test_a_byte_order_mark_is_believed_and_not_kept(name: str) -> None:
    mark = "\ufeff" if name.endswith("be") else ""

    document = read((mark + TEXT).encode(name))

    assert document.text == TEXT
    assert document.encoding is not None
    assert document.encoding.evidence == "byte order mark"


def test_strict_utf_8_needs_no_mark() -> None:
    assert read(TEXT).encoding == Encoding("utf-8", "valid")


def test_what_may_be_several_encodings_is_asked() -> None:
    data = "Anna: Café naïef\r\nAnna: “ja”\r\n".encode("cp1252")

    with pytest.raises(UnknownEncodingError) as caught:
        read_document(data, "a.txt")

    first = caught.value.candidates[0]
    assert (first.encoding, first.preview) == ("cp1252", "Anna: Café naïef\nAnna: “ja”")
    assert len({each.preview for each in caught.value.candidates}) > 1


def test_what_a_person_chose_is_used() -> None:
    document = read("Anna: Café\nAnna: ja".encode("cp1252"), encoding="windows-1252")

    assert document.text.startswith("Anna: Café")
    assert document.encoding == Encoding("cp1252", "chosen")


def test_a_choice_that_loses_characters_says_so() -> None:
    document = read("Anna: Café".encode("cp1252"), encoding="utf-8")

    assert document.report.warnings[0].code == "replacement_characters"


@pytest.mark.parametrize("name", ["zip", "idna", "klingon", "unicode_escape"])
def test_no_other_codecs(name: str) -> None:
    assert refusal(b"Anna: ja", encoding=name) == "no_such_encoding"


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_mark_is_asked(name: str) -> None:
    with pytest.raises(UnknownEncodingError) as caught:
        read_document("Anna: Café. Anna: nee.".encode(name), "a.txt")

    previews = {each.encoding: each.preview for each in caught.value.candidates}
    assert previews[name] == "Anna: Café. Anna: nee."


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta charset="ISO-8859-1">', "cp1252"),
        ("<meta http-equiv=x content='text/html; charset=windows-1252'>", "cp1252"),
        ('<?xml version="1.0" encoding="iso-8859-15"?>', "iso8859-15"),
    ],
)
def test_a_page_declares_its_encoding(head: str, name: str) -> None:
    document = read(f"{head}<p>café".encode(name), "a.html")

    assert document.text.strip() == "café"
    assert document.encoding == Encoding(name, "declared")


def test_a_false_declaration_is_not_believed() -> None:
    page = "<meta charset=utf-8><p>café"

    assert refusal(page.encode("cp1252"), "a.html") == "unknown_encoding"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Anna: CafÃ© en zoâ€™n\nAnna: ja", "mojibake"),
        ("Anna: Caf\ufffd\nAnna: ja", "replacement_characters"),
    ],
)
def test_text_that_was_spoilt_before(text: str, code: str) -> None:
    assert [each.code for each in read(text).report.warnings] == [code]


def test_signs_without_meaning_are_taken_out_and_counted() -> None:
    long = "woord " * 200

    document = read(f"Anna: a\x07b\r\nc\rd\x0be\u2028f\ufeff {long}\nAnna: \te")

    assert document.text.startswith("Anna: ab\nc\nd\ne\nf woord")
    assert document.text.endswith("\te")
    assert document.report.dropped == {"controls": 1}


def test_letters_are_not_composed() -> None:
    assert read("e\u0301 é").text == "e\u0301 é"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_to_read(data: bytes) -> None:
    assert refusal(data) == "no_text"


def test_an_error_carries_what_its_sentence_needs() -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(b"a,b", "answers.csv")

    assert caught.value.code == "unsupported_format"
    assert caught.value.details["found"] == "csv"
    assert "docx" in str(caught.value.details["accepted"])
