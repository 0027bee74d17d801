"""Files that other tools wrote; they lie beside the checkout, never in it."""

from pathlib import Path

import pytest

from survey_app.coding.refi.reading import ReadProject, read_qdc, read_qdpx

FAMILY = "\U0001f469\u200d\U0001f467"
QUOTES = [
    "searched \U0001f600 online",
    "online & compared <prices>",
    f"The caf\u00e9 visit was slow {FAMILY}, honestly.\nInterviewer",
    "The price",
    "Interviewer: What decided it?",
]
DIALECTS = [
    "bom_lf_codepoint",
    "capital_sources_named_qde",
    "crlf_as_one_codepoint_atlas_style",
    "crlf_counted_utf16_bom_nvivo_style",
    "lf_codepoint",
]


def read(path: Path) -> ReadProject:
    with path.open("rb") as file:
        return read_qdpx(file)


@pytest.mark.parametrize("name", DIALECTS)
def test_five_dialects_give_the_same_quotes(foreign: Path, name: str) -> None:
    told = read(foreign / "synthetic" / f"{name}.qdpx")

    [source] = told.project.sources
    assert [each.quote for each in source.selections] == QUOTES
    assert told.undecided == ()
    assert "\r" not in (source.text or "\r")


def test_codings_users_cases_and_memos_come_along(foreign: Path) -> None:
    project = read(foreign / "synthetic" / "lf_codepoint.qdpx").project

    names = {code.guid: code.name for code in project.codes}
    first = project.sources[0].selections[0]
    users = {user.guid: user.name for user in project.users}
    [case] = project.cases
    memos = {note.guid: note for note in project.notes}
    assert [code.name for code in project.codes] == [
        *("Phase", "Search", "Online", "Touchpoint", "Pain", "Decider")
    ]
    assert [names[each.code] for each in first.codings] == ["Search", "Online"]
    assert {users[each.user] for each in first.codings if each.user} == {"Bob"}
    assert memos[first.notes[0]].text == "memo searc"
    assert memos[first.notes[0]].author is None
    assert (case.name, case.values[0].value) == ("Anna", 34)
    assert project.codes[1].definition == "def <x>"
    assert project.codes[0].is_codable is False


@pytest.mark.parametrize("name", ["lf", "crlf"])
def test_exports_of_qualcoder_give_the_right_quotes(foreign: Path, name: str) -> None:
    told = read(foreign / "peer" / f"qualcoder_export_{name}.qdpx")

    [source] = told.project.sources
    quotes = [each.quote for each in source.selections]
    assert quotes == [QUOTES[0], *QUOTES]  # one selection for each coding
    assert source.selections[-1].codings == ()  # an annotation
    memos = {note.guid: note.text for note in told.project.notes}
    assert memos[source.selections[-1].notes[0]] == "memo Inter"


def test_project_without_its_texts_still_offers_its_codes(foreign: Path) -> None:
    told = read(foreign / "standard_annex_project.qdpx")

    codes = {notice.code: notice for notice in told.notices}
    assert len(told.project.codes) == 14
    assert {source.text for source in told.project.sources} == {None}
    assert "Mabel.txt" in codes["missing_source"].places
    assert codes["lost_selection"].count == 8
    assert codes["media_source"].places == (
        "cornflakes-n-milk.jpg",
        "Jeanine's Breakfast.m4a",
    )
    assert codes["area_selection"].count == 5
    assert {"uncarried_links", "uncarried_graphs"} <= set(codes)
    assert len(told.project.sets) == 16
    assert "unknown_element" not in codes


def test_codebook_of_taguette_comes_in_with_a_warning(foreign: Path) -> None:
    content = (foreign / "peer" / "taguette_1.5.2_codebook.qdc").read_bytes()

    told = read_qdc(content)

    assert [code.name for code in told.codes] == [
        *("interesting", "phase.search", "phase.purchase", "pain point / déçu")
    ]
    assert [notice.code for notice in told.notices] == ["empty_sets"]
