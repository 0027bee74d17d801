"""Lists of people: whatever a spreadsheet or a person makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.respondents.address_lists import (
    Listed,
    checked_address,
    clean_name,
    read_address_list,
)

DUTCH_EXCEL = (
    "Voornaam;Tussenvoegsel;Achternaam;E-mailadres;Taal;Klantnummer\r\n"
    "Zoë;van de;Berg;zoe@example.org;Nederlands;1\r\n"
    "Tom;;Smith;tom@example.org;en-GB;2\r\n"
)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("cp1252", "Windows-1252"),
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
    ],
)
def test_dutch_spreadsheet_is_read_in_every_encoding(encoding: str, said: str) -> None:
    read = read_address_list(DUTCH_EXCEL.encode(encoding))

    assert read.encoding == said
    assert read.people == (
        Listed(2, "zoe@example.org", "Zoë van de Berg", "nl"),
        Listed(3, "tom@example.org", "Tom Smith", "en"),
    )


@pytest.mark.parametrize(
    ("line", "address", "name", "language"),
    [
        ("anna@example.org", "anna@example.org", None, None),
        ("Anna Bakker <anna@example.org>", "anna@example.org", "Anna Bakker", None),
        ('"Bakker, Anna" <anna@example.org>', "anna@example.org", "Bakker, Anna", None),
        ("Anna; anna@example.org; en", "anna@example.org", "Anna", "en"),
        ("Anna\tanna@EXAMPLE.org", "anna@example.org", "Anna", None),
        ("piet@exämple.org", "piet@xn--exmple-cua.org", None, None),
    ],
)
def test_pasted_line_is_understood(
    line: str, address: str, name: str | None, language: str | None
) -> None:
    assert read_address_list(line).people == (Listed(1, address, name, language),)


def test_several_addresses_on_a_line_are_several_people() -> None:
    read = read_address_list("A <a@example.org>; B <b@example.org>\nc@x.nl, d@x.nl")

    assert [each.address for each in read.people] == [
        "a@example.org",
        "b@example.org",
        "c@x.nl",
        "d@x.nl",
    ]


def test_unusable_lines_are_named_with_their_number() -> None:
    read = read_address_list(
        "naam;e-mail\nAnna;anna@\nBram;\n\nCarla;c@example.org\nD;a..b@example.org"
    )

    assert [(each.line, each.reason) for each in read.unusable] == [
        (2, "invalid_address"),
        (3, "no_address"),
        (6, "invalid_address"),
    ]
    assert [each.line for each in read.people] == [5]


def test_cell_over_several_lines_keeps_the_line_numbers_right() -> None:
    read = read_address_list('email;naam\na@x.nl;"Anna\nBakker"\nnope;B')

    assert read.people == (Listed(2, "a@x.nl", "Anna Bakker", None),)
    assert [each.line for each in read.unusable] == [4]


def test_name_cannot_hold_a_line_end_or_a_control_character() -> None:
    name = clean_name("Anna\r\nBcc: everyone@example.org\x00\u202e")

    assert name == "Anna Bcc: everyone@example.org"


def test_address_that_would_add_a_header_cannot_exist() -> None:
    assert checked_address("anna@example.org\r\nBcc: x@example.org") is None


@given(st.binary(max_size=400))
def test_any_bytes_are_a_list_or_complaints(content: bytes) -> None:
    read = read_address_list(content)

    assert all(checked_address(each.address) for each in read.people)
    assert all("\n" not in (each.name or "") for each in read.people)


CELLS = st.text(st.sampled_from("ab@.<>;,\"'\t\n\r\\= é"), max_size=12)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=6))
def test_every_line_is_a_person_or_a_complaint_at_most_once(
    rows: list[list[str]],
) -> None:
    text = "\n".join(";".join(cells) for cells in rows)

    read = read_address_list(f"naam;email\n{text}")

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert len(read.people) + len(read.unusable) <= len(lines)
    assert all(2 <= each.line <= len(lines) + 1 for each in read.people)
