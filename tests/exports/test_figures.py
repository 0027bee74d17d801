"""What who may not see single responses takes along: groups, and never a small one."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.exports.selection import Selection
from survey_app.exports.suppression import protect
from survey_app.questionnaires.models import QuestionnaireVersion, Wave
from survey_app.responses.models import ResponseMark
from survey_app.responses.said import Said
from tests.exports.builders import SENT, answer_everything, publish_every
from tests.exports.reading import export, read_csv, read_sheet
from tests.factories import make_analysed_text, make_mention, make_wave

LEAST = 5


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(2, 9))
def test_hidden_counts_cannot_be_worked_out(counts: list[int], least: int) -> None:
    told = protect(counts, least=least)

    hidden = [n for n, shown in zip(counts, told, strict=True) if shown is None]
    assert all(shown in (None, n) for n, shown in zip(counts, told, strict=True))
    assert not any(0 < n < least for n in told if n is not None)
    if hidden and sum(counts) >= least:
        assert len(hidden) > 1
        assert sum(hidden) >= least


def fill(
    session: Session, version: QuestionnaireVersion, wave: Wave | None, answers: str
) -> None:
    """One person for each letter: y for yes, n for no."""
    for letter in answers:
        code = "yes" if letter == "y" else "no"
        said = {"bought": Said((code,)), "recommend": Said(("9",))}
        response = answer_everything(session, version, said, wave=wave, note="geheim")
        response.marks = [ResponseMark(kind="tag", name="geheim", marked_at=SENT)]


@pytest.fixture
def version(session: Session) -> QuestionnaireVersion:
    version = publish_every(session)
    fill(session, version, make_wave(session, version, code="w1"), "y" * 14 + "n" * 2)
    fill(session, version, make_wave(session, version, code="w2"), "y" * 6 + "n" * 7)
    fill(session, version, make_wave(session, version, code="w3"), "yyyn")
    session.commit()
    return version


def figures(database: Database, folder: Path, version: QuestionnaireVersion) -> Any:
    wanted = Selection(
        questionnaire_id=version.questionnaire_id,
        include_excluded=True,  # asked for, but not for figures of groups
        language="en",
    )
    rows = read_csv(export(database, folder, "figures-csv", wanted, raw=True))
    return {(row["wave"], row["question"], row["code"]): row for row in rows}


def test_small_counts_and_what_would_tell_them_are_hidden(
    database: Database, tmp_path: Path, version: QuestionnaireVersion
) -> None:
    told = figures(database, tmp_path, version)

    assert {wave for wave, _question, _code in told} == {"w1", "w2"}
    small = [told["w1", "bought", code] for code in ("yes", "no")]
    assert [(row["base"], row["count"], row["too_few"]) for row in small] == [
        ("16", "", "1"),
        ("16", "", "1"),
    ]
    large = [told["w2", "bought", code] for code in ("yes", "no")]
    assert [(row["count"], row["share"]) for row in large] == [
        ("6", "0.4615"),
        ("7", "0.5385"),
    ]
    assert told["w2", "recommend", "9"]["mean"] == "9"
    assert told["w1", "words", ""]["too_few"] == "1"


def test_each_wave_names_the_versions_that_it_draws_from(
    database: Database, session: Session, tmp_path: Path
) -> None:
    first = publish_every(session)
    wave = make_wave(session, first, code="w1")
    fill(session, first, wave, "yyyyynnnnn")
    second = publish_every(session, questionnaire=first.questionnaire, version="1.1.0")
    later = make_wave(session, first, code="w2")
    fill(session, second, wave, "y")
    fill(session, second, later, "yyyyynnnnn")
    session.commit()

    told = figures(database, tmp_path, first)
    book = export(
        database,
        tmp_path,
        "figures",
        Selection(questionnaire_id=first.questionnaire_id),
        language="en",
    )

    assert [told[code, "bought", "yes"]["versions"] for code in ("w1", "w2")] == [
        f"{first.version} 1.1.0",
        "1.1.0",
    ]
    assert {row["version"] for row in read_sheet(book, "versions")} == {
        first.version,
        "1.1.0",
    }


def test_people_are_counted_once(
    database: Database, session: Session, tmp_path: Path
) -> None:
    version = publish_every(session)
    wave = make_wave(session, version, code="w1")
    fill(session, version, wave, "yyyyy")
    again = answer_everything(session, version, {"bought": Said(("no",))}, wave=wave)
    for _ in range(6):
        answer_everything(
            session,
            version,
            {"bought": Said(("yes",))},
            wave=wave,
            respondent=again.respondent,
        )
    session.commit()

    told = figures(database, tmp_path, version)

    assert (
        told["w1", "bought", "yes"]["count"],
        told["w1", "bought", "no"]["count"],
    ) == (
        "6",
        "0",
    )


def test_workbook_of_figures_links_to_nobody(
    database: Database, session: Session, tmp_path: Path
) -> None:
    version = publish_every(session)
    wave = make_wave(session, version, code="w1")
    for number in range(LEAST):
        said = {
            "words": Said((), f"De bezorging duurde {number} dagen, bel 06-12345678")
        }
        response = answer_everything(session, version, said, wave=wave, note="geheim")
        text = make_analysed_text(session, response.answers[0])
        make_mention(session, text, start=0, end=len(said["words"].text or ""))
        make_mention(
            session, text, start=0, end=5, touchpoint="price"
        ) if number else None
    session.commit()
    selection = Selection(questionnaire_id=version.questionnaire_id)

    path = export(database, tmp_path, "figures", selection)

    quotes = read_sheet(path, "quotes")
    assert [row["quote"] for row in quotes] == [
        f"De bezorging duurde {number} dagen, bel […]" for number in range(LEAST)
    ]
    assert {row["touchpoint"] for row in quotes} == {"delivery"}
    cells = {
        str(value)
        for sheet in ("figures", "quotes")
        for row in read_sheet(path, sheet)
        for value in row.values()
    }
    assert not any(
        "geheim" in cell or "ZJ4F" in cell or len(cell) == 26 for cell in cells
    )
