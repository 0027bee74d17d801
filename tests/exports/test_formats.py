"""Known answers through every format and back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.cells import unguard
from survey_app.db import Database
from survey_app.exports.dialects import DIALECTS
from survey_app.exports.selection import Selection
from survey_app.insights.models import Correction
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.question_set import QuestionType
from survey_app.responses.models import ResponseMark
from survey_app.responses.said import Said
from survey_app.touchpoints.models import TouchpointSetting
from tests.exports.builders import (
    EVERYTHING_SAID,
    SENT,
    answer_everything,
    make_question_set,
    publish_every,
    question,
)
from tests.exports.reading import export, read_csv, read_sheet
from tests.factories import (
    make_analysed_text,
    make_mention,
    make_staff_member,
    make_wave,
)

NAUGHTY = (
    "=cmd|' /C calc'!A0",
    "  @SUM(1+1)*cmd|' /C calc'!A0",
    "\uff1d1+1",
    '"; DROP TABLE answers; --',
    "<script>alert(1)</script> {{ 7*7 }} ${7*7}",
    "eerste\n\ntweede\tmet tab",
    "بسم الله \u202e omgekeerd \u202c",
    "👩\u200d👩\u200d👧\u200d👦 👍🏽 🏳️\u200d🌈",
    "'s avonds, 'quoted'",
    'a,b;c\td|e"f"',
    "_x0041_ en \\n",
    "  rand  ",
    "e\u0301" * 4000,
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
    "0612345678",
    "TRUE",
    "1e5",
    "\ufeffmet bom",
)


CHANGED = datetime(2026, 10, 6, 9, 0, tzinfo=UTC)


@pytest.fixture
def selection(session: Session) -> Selection:
    """Everything said once, and hardly anything said by someone who did not buy."""
    version = publish_every(session)
    wave = make_wave(session, version, code="w1")
    first = answer_everything(
        session,
        version,
        public_id="a" * 26,
        wave=wave,
        device="phone",
        note="@later",
        prefill={"channel": "=mail"},
        receipt="ZJ4F-0001",
        changed_at=CHANGED,
    )
    first.marks = [ResponseMark(kind="tag", name="bellen", marked_at=SENT)]
    answer_everything(
        session,
        version,
        {"bought": Said(("no",)), "source": Said(("dont_know",))},
        public_id="b" * 26,
        receipt="ZJ4F-0002",
    )
    session.commit()
    return Selection(questionnaire_id=version.questionnaire_id)


GOLDEN = """\
response_id,receipt,version,wave,source,state,language_started,language_submitted,\
started_at,submitted_at,changed_at,duration_s,device_class,quality_flags,tags,note,\
not_shown,\
prefill__channel,source__2,source__detail,bought,seen__site,seen__shop,seen__detail,\
matters__price,matters__speed,matters__care,ease,recommend,judge__staff,judge__stock,\
days,spent,day,name,name__about,words,words__about,why_not,why_not__about\r
aaaaaaaaaaaaaaaaaaaaaaaaaa,ZJ4F-0001,1.0.0,w1,link,submitted,nl,nl,\
2026-10-05T12:00:00Z,2026-10-05T12:04:30Z,2026-10-06T09:00:00Z,270,phone,,bellen,'@later,why_not,\
'=mail,other,een vriend; =1+1,yes,1,0,1,2,3,1,4,10,good,,12,-2.5,2026-09-30,\
'=cmd|' /C calc'!A0,,"Fijn,
""snel"" 👩‍👩‍👧 عربى",delivery,,\r
bbbbbbbbbbbbbbbbbbbbbbbbbb,ZJ4F-0002,1.0.0,,link,submitted,nl,nl,\
2026-10-05T12:00:00Z,2026-10-05T12:04:30Z,,270,,,,,,,dont_know,,no,,,,,,,,,,,,,,,,,,,\r
"""


def test_wide_csv_is_what_it_was(
    database: Database, tmp_path: Path, selection: Selection
) -> None:
    path = export(database, tmp_path, "csv", selection)

    assert path.read_bytes().decode() == GOLDEN


@pytest.mark.parametrize(
    ("dialect", "spent"),
    [("plain", "-2.5"), ("excel-en", "-2.5"), ("excel-nl", "-2,5")],
)
def test_dialects_say_the_same(
    database: Database, tmp_path: Path, selection: Selection, dialect: str, spent: str
) -> None:
    path = export(database, tmp_path, "csv", selection, dialect=dialect, labels=True)

    first, second = read_csv(path, delimiter=DIALECTS[dialect].delimiter)

    assert (first["spent"], first["source__detail"]) == (spent, "een vriend; =1+1")
    assert first["bought__label_en"] == "Yes"
    assert (second["bought"], second["seen__site"]) == ("no", "")


def test_long_csv_has_a_row_for_each_answer(
    database: Database, tmp_path: Path, selection: Selection
) -> None:
    rows = read_csv(export(database, tmp_path, "csv-long", selection))

    told = {
        (row["field_id"], row["field_type"]): (
            row["value_text"],
            row["value_number"],
            row["value_boolean"],
            row["value_date"],
            row["value_id"],
        )
        for row in rows
        if row["submission_id"] == "a" * 26
    }
    assert told["bought", "boolean"] == ("Ja", "", "true", "", "yes")
    assert told["recommend", "nps"] == ("", "10", "", "", "")
    assert told["day", "date"] == ("", "", "", "2026-09-30", "")
    assert told["matters__care", "ranking"] == ("Care", "1", "", "", "care")
    assert ("seen__shop", "categorical") not in told
    assert len([row for row in rows if row["submission_id"] == "b" * 26]) == 2


def test_workbook_opens_with_typed_cells(
    database: Database, tmp_path: Path, selection: Selection
) -> None:
    path = export(database, tmp_path, "xlsx", selection)

    book = load_workbook(path)
    first, second = read_sheet(path, "responses")

    assert book.sheetnames == [
        "responses",
        "answers",
        "segments",
        "codebook",
        "versions",
        "notes",
    ]
    assert (first["days"], first["spent"], first["seen__site"]) == (12, -2.5, 1)
    assert first["started_at"] == datetime(2026, 10, 5, 12, 0)  # noqa: DTZ001 - Excel's
    assert first["changed_at"] == datetime(2026, 10, 6, 9, 0)  # noqa: DTZ001 - Excel's
    assert second["changed_at"] is None
    assert first["day"] == datetime(2026, 9, 30)  # noqa: DTZ001 - a day in Excel
    assert first["name"] == "'=cmd|' /C calc'!A0"
    assert second["words"] is None
    texts = [
        cell
        for row in book["responses"].iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    assert {(cell.data_type, cell.number_format) for cell in texts} == {("s", "@")}
    labels = [
        (row["code"], row["label_nl"])
        for row in read_sheet(path, "codebook")
        if row["column"] == "bought"
    ]
    assert labels == [("yes", "Ja"), ("no", "Nee")]
    told = {row["column"]: row for row in read_sheet(path, "codebook")}
    assert told["changed_at"]["title_nl"] == "Laatst gewijzigd na versturen (UTC)"


def test_spss_file_reads_back_with_values_labels_and_missing(
    database: Database, tmp_path: Path, selection: Selection
) -> None:
    path = export(database, tmp_path, "sav", selection, language="nl")

    frame, meta = pyreadstat.read_sav(str(path), user_missing=True)
    first, second = frame.to_dict("records")

    assert (first["source__2"], first["bought"], first["seen__shop"]) == (2, 1, 0)
    assert (first["matters__care"], first["recommend"], first["spent"]) == (1, 10, -2.5)
    assert first["words"] == EVERYTHING_SAID["words"].text
    assert first["name"] == "=cmd|' /C calc'!A0"
    assert (first["day"], first["started_at"]) == (
        date(2026, 9, 30),
        datetime(2026, 10, 5, 12),  # noqa: DTZ001 - SPSS has no zones
    )
    assert first["changed_at"] == datetime(2026, 10, 6, 9)  # noqa: DTZ001 - likewise
    assert second["changed_at"] != second["changed_at"]
    assert meta.original_variable_types["changed_at"] == "DATETIME20"
    assert (second["source__2"], second["ease"], second["seen__site"]) == (98, 99, 99)
    assert (first["judge__stock"], second["days"]) == (99, 99)
    labels = meta.variable_value_labels
    assert labels["bought"] == {
        1: "Ja",
        2: "Nee",
        97: "Niet getoond",
        98: "Weet niet",
        99: "Niet beantwoord",
    }
    assert labels["source__2"][98] == "Weet niet"
    assert labels["ease"][1] == "1 – Slecht"
    assert meta.missing_ranges["ease"] == [
        {"lo": n, "hi": n} for n in (97.0, 98.0, 99.0)
    ]
    assert meta.column_names_to_labels["seen__site"] == "Vraag seen – Site"
    assert (
        meta.variable_measure["bought"],
        meta.variable_measure["ease"],
        meta.variable_measure["days"],
    ) == ("nominal", "ordinal", "scale")


def test_spss_tells_what_routing_hid(
    database: Database, session: Session, tmp_path: Path
) -> None:
    version = publish_every(session)
    answer_everything(session, version)
    session.commit()
    path = export(
        database, tmp_path, "sav", Selection(questionnaire_id=version.questionnaire_id)
    )

    frame, _meta = pyreadstat.read_sav(str(path), user_missing=True)

    assert list(frame["why_not__about"]) == [97]
    assert list(frame["not_shown"]) == ["why_not"]


def test_long_texts_in_spss_are_cut_whole_and_flagged(
    database: Database, session: Session, tmp_path: Path
) -> None:
    text = question("words", QuestionType.TEXT_LONG, max_length=10_000)
    version = publish_every(session, make_question_set((text,)))
    long = "👩‍👩‍👧" * 2_000
    for said in (long, "kort"):
        answer_everything(
            session,
            version,
            {"words": Said((), said)},
            public_id=("a" if said == long else "b") * 26,
        )
    session.commit()

    path = export(
        database, tmp_path, "sav", Selection(questionnaire_id=version.questionnaire_id)
    )

    frame, _meta = pyreadstat.read_sav(str(path))
    assert list(frame["words__truncated"]) == [1, 0]
    kept = frame["words"][0]
    assert long.startswith(kept)
    assert 32_760 < len(kept.encode()) <= 32_767


def naughty_responses(session: Session) -> Iterator[tuple[str, str]]:
    version = publish_every(session)
    for number, text in enumerate(NAUGHTY):
        public_id = f"{number:026d}"
        answer_everything(
            session, version, {"words": Said((), text)}, public_id=public_id
        )
        yield public_id, text
    session.commit()


def test_naughty_texts_survive_every_format(
    database: Database, session: Session, tmp_path: Path
) -> None:
    said = dict(naughty_responses(session))
    selection = Selection(
        questionnaire_id=session.scalars(select(Questionnaire.id)).one()
    )

    wide = read_csv(export(database, tmp_path, "csv", selection))
    assert {row["response_id"]: unguard(row["words"]) for row in wide} == said
    raw = read_csv(export(database, tmp_path, "csv", selection, raw=True))
    assert {row["response_id"]: row["words"] for row in raw} == said
    long = read_csv(export(database, tmp_path, "csv-long", selection))
    assert {row["submission_id"]: unguard(row["value_text"]) for row in long} == said
    sheet = read_sheet(export(database, tmp_path, "xlsx", selection), "responses")
    assert {
        row["response_id"]: unguard(unescape(row["words"])) for row in sheet
    } == said
    frame, _ = pyreadstat.read_sav(str(export(database, tmp_path, "sav", selection)))
    assert dict(zip(frame["response_id"], frame["words"], strict=True)) == {
        name: text.rstrip(" ") for name, text in said.items()
    }


def test_segments_leave_out_what_is_hidden(
    database: Database, session: Session, tmp_path: Path
) -> None:
    version = publish_every(session)
    response = answer_everything(session, version, {"words": Said((), "Traag, duur")})
    text = make_analysed_text(session, response.answers[0])
    make_mention(session, text, start=0, end=5, touchpoint="delivery")
    make_mention(session, text, start=7, end=11, touchpoint="price")
    hidden = TouchpointSetting(
        code="price", is_hidden=True, created_at=SENT, changed_at=SENT
    )
    session.add(hidden)
    session.commit()
    selection = Selection(questionnaire_id=version.questionnaire_id)

    rows = read_csv(export(database, tmp_path, "segments", selection))

    assert [(row["text"], row["touchpoint"]) for row in rows] == [("Traag", "delivery")]


def test_segments_quote_the_exact_words_and_who_corrected(
    database: Database, session: Session, tmp_path: Path
) -> None:
    version = publish_every(session)
    response = answer_everything(
        session, version, {"words": Said((), "👍 De levering is traag")}
    )
    [answer] = response.answers
    text = make_analysed_text(session, answer)
    make_mention(session, text, start=2, end=22)
    make_mention(
        session,
        text,
        start=0,
        end=1,
        method="human",
        touchpoint="product",
        score=0.6,
        confidence=1.0,
    )
    member = make_staff_member(session, "researcher")
    session.add(
        Correction(
            answer_id=answer.id,
            start=0,
            end=1,
            quote="👍",
            touchpoint="product",
            polarity="positive",
            corrected_by=member.id,
            corrected_at=SENT,
        )
    )
    make_mention(session, text, start=5, end=500)  # of words that are gone
    session.commit()

    rows = read_csv(
        export(
            database,
            tmp_path,
            "segments",
            Selection(questionnaire_id=version.questionnaire_id),
        )
    )

    told = [
        (
            row["text"],
            row["touchpoint"],
            row["stage"],
            row["sentiment"],
            row["corrected_by"],
        )
        for row in rows
    ]
    assert told == [
        ("👍", "product", "experience", "positive", f"staff {member.id}"),
        ("De levering is traag", "delivery", "experience", "negative", ""),
    ]


def test_selection_leaves_out_what_was_not_asked_for(
    database: Database, session: Session, tmp_path: Path
) -> None:
    version = publish_every(session)
    wave = make_wave(session, version)
    kinds: dict[str, dict[str, Any]] = {
        "plain": {},
        "partial": {"state": "abandoned"},
        "excluded": {"state": "excluded"},
        "busy": {"state": "in_progress", "submitted_at": None},
        "flagged": {},
        "wave": {"wave": wave},
        "english": {"language_submitted": "en"},
    }
    for name, columns in kinds.items():
        answer_everything(session, version, {"name": Said((), name)}, **columns)
    flagged = answer_everything(
        session, version, {"name": Said((), "flagged too")}, state="excluded"
    )
    released = answer_everything(session, version, {"name": Said((), "released")})
    session.flush()
    for response in (flagged, released):
        response.marks = [ResponseMark(kind="flag", name="honeypot", marked_at=SENT)]
    session.commit()

    def chosen(**fields: Any) -> set[str]:
        selection = Selection(questionnaire_id=version.questionnaire_id, **fields)
        return {
            row["name"]
            for row in read_csv(export(database, tmp_path, "csv", selection))
        }

    usual = {"plain", "flagged", "released", "wave", "english"}
    assert chosen() == usual
    assert chosen(include_partial=True) == usual | {"partial"}
    assert chosen(include_excluded=True) == usual | {"excluded", "flagged too"}
    assert chosen(include_flagged=True) == usual | {"flagged too"}
    assert chosen(wave_id=wave.id) == {"wave"}
    assert chosen(language="en") == {"english"}
    assert chosen(since=date(2026, 10, 5), until=date(2026, 10, 5)) == usual
    assert chosen(since=date(2026, 10, 6)) == set()
    assert chosen(until=date(2026, 10, 4)) == set()
