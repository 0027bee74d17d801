"""Imports: every good row stored once, every bad one reported with its line."""

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from sqlalchemy import func, select, update

from survey_app.db import Database
from survey_app.questionnaires.models import Wave
from survey_app.questionnaires.queries import UnknownQuestionnaireError
from survey_app.respondents.models import Respondent
from survey_app.responses.importing import (
    ImportFileError,
    ImportReport,
    NewWave,
    Unsaid,
    import_answers,
)
from survey_app.responses.models import Answer, Response
from tests.responses.stored import Stored

NOW = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
ROW = {
    "submission_id": "s1",
    "respondent_id": "r1",
    "language": "nl",
    "submitted_at": "2026-03-14T19:42:00+01:00",
    "q1_found_us": "event",
    "q1_found_us__detail": "Op de bouwbeurs",
    "q2_first_impression": "Rustig",
}
REVIEWS = Unsaid(role="review")

pytestmark = pytest.mark.usefixtures("published")


def as_csv(*rows: Mapping[str, str], delimiter: str = ",") -> str:
    file = StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(file, names, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def take_csv(
    database: Database, content: str | bytes, unsaid: Unsaid | None = None
) -> ImportReport:
    data = content if isinstance(content, bytes) else content.encode()
    return import_answers(
        database,
        BytesIO(data),
        questionnaire_slug="standard",
        file_format="csv",
        now=NOW,
        unsaid=unsaid,
    )


def take_jsonl(database: Database, *rows: Any, **unsaid: Any) -> ImportReport:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return import_answers(
        database,
        BytesIO("\n".join(lines).encode()),
        questionnaire_slug="standard",
        file_format="jsonl",
        now=NOW,
        unsaid=Unsaid(**unsaid),
    )


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    rejected = len(report.rejected)
    return report.created, report.updated, report.unchanged, rejected


def reasons(report: ImportReport) -> Sequence[tuple[int, str | None]]:
    return [(row.line, row.column) for row in report.rejected]


def test_a_row_becomes_a_submitted_response(database: Database, stored: Stored) -> None:
    report = take_csv(database, as_csv(ROW))

    assert counts(report) == (1, 0, 0, 0)
    response = stored.one(select(Response))
    assert (response.state, response.source) == ("submitted", "import")
    assert response.submitted_at == datetime(2026, 3, 14, 18, 42, tzinfo=UTC)
    assert stored.said() == [
        ("q1_found_us", "event", "Op de bouwbeurs"),
        ("q2_first_impression", None, "Rustig"),
    ]
    roles = select(Answer.role).order_by(Answer.question_id)
    assert stored.all(roles) == ["found_us", "website_experience"]


def test_the_same_file_again_changes_nothing(
    database: Database, stored: Stored
) -> None:
    rows = as_csv(ROW, {**ROW, "submission_id": "s2", "submitted_at": ""})
    take_csv(database, rows)
    ids = stored.all(select(Answer.id).order_by(Answer.id))

    report = take_csv(database, rows)

    assert counts(report) == (0, 0, 2, 0)
    assert stored.all(select(Answer.id).order_by(Answer.id)) == ids


def test_a_changed_answer_alone_is_analysed_again(
    database: Database, stored: Stored
) -> None:
    take_csv(database, as_csv(ROW))
    with database.transaction() as session:
        session.execute(update(Answer).values(analysis_version="1"))

    report = take_csv(database, as_csv({**ROW, "q2_first_impression": "Druk"}))

    assert counts(report) == (0, 1, 0, 0)
    rows = select(Answer.analysis_version).order_by(Answer.question_id)
    assert stored.all(rows) == ["1", None]
    assert ("q2_first_impression", None, "Druk") in stored.said()


def test_an_answer_that_is_gone_is_taken_away(
    database: Database, stored: Stored
) -> None:
    take_csv(database, as_csv(ROW))

    report = take_csv(
        database, as_csv({**ROW, "q1_found_us": "", "q1_found_us__detail": ""})
    )

    assert counts(report) == (0, 1, 0, 0)
    assert stored.said() == [("q2_first_impression", None, "Rustig")]


def test_another_date_has_everything_analysed_again(
    database: Database, stored: Stored
) -> None:
    take_csv(database, as_csv(ROW))
    with database.transaction() as session:
        session.execute(update(Answer).values(analysis_version="1"))

    report = take_csv(database, as_csv({**ROW, "submitted_at": "15-03-2026"}))

    assert counts(report) == (0, 1, 0, 0)
    assert stored.all(select(Answer.analysis_version)) == [None, None]


def test_a_submission_twice_in_one_file_is_one_response(
    database: Database, stored: Stored
) -> None:
    report = take_csv(database, as_csv(ROW, {**ROW, "q2_first_impression": "Druk"}))

    assert counts(report) == (1, 1, 0, 0)
    assert stored.one(select(func.count(Response.id))) == 1


def test_a_respondent_is_recognised_and_stored_unreadably(
    database: Database, stored: Stored
) -> None:
    take_csv(
        database,
        as_csv(
            ROW,
            {**ROW, "submission_id": "s2", "respondent_id": "R1 "},
            {**ROW, "submission_id": "s3", "respondent_id": ""},
            {**ROW, "submission_id": "s4", "respondent_id": ""},
        ),
    )

    keys = stored.all(select(Respondent.external_key))
    assert len(keys) == 3
    assert keys.count(None) == 2
    assert "r1" not in str(keys).casefold().split("'")


def test_bad_rows_are_reported_and_the_others_stored(
    database: Database, stored: Stored
) -> None:
    bad = [
        {"submission_id": ""},
        {"q1_found_us": "telepathie"},
        {"submitted_at": "gisteren"},
        {"submitted_at": "31-02-2026"},
        {"submitted_at": "2027-01-01"},
        {"submitted_at": "0001-01-01"},
        {"language": "fr"},
        {"wave": "w9"},
        {"q2_first_impression": "x" * 20_001},
    ]
    rows = [
        {**ROW, "wave": "", "submission_id": f"b{n}", **b} for n, b in enumerate(bad)
    ]

    report = take_csv(database, as_csv({**ROW, "wave": "W1"}, *rows))

    assert counts(report) == (1, 0, 0, 9)
    columns = [next(iter(change)) for change in bad]
    assert reasons(report) == list(enumerate(columns, 3))
    assert stored.one(select(Wave.code).join(Response)) == "w1"


@pytest.mark.parametrize(
    "written",
    ["event", "EVENT", "Op een beurs of evenement", "at a fair or event", " event "],
)
def test_answers_are_known_by_code_and_by_label(
    database: Database, stored: Stored, written: str
) -> None:
    take_csv(database, as_csv({**ROW, "q1_found_us": written}))

    assert stored.said()[0][1] == "event"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_of_any_program_are_read(
    database: Database, stored: Stored, encoding: str, found: str, delimiter: str
) -> None:
    text = "Café’s één, twee; drie\tvier\nen een “tweede” regel"
    content = as_csv({**ROW, "q2_first_impression": text}, delimiter=delimiter)

    report = take_csv(database, content.encode(encoding))

    assert (report.encoding, report.delimiter) == (found, delimiter)
    assert stored.said()[1] == ("q2_first_impression", None, text)


def test_a_line_number_is_where_the_row_begins(database: Database) -> None:
    rows = as_csv(
        {**ROW, "q2_first_impression": "een\ntwee\ndrie"},
        {**ROW, "submission_id": "s2", "q1_found_us": "telepathie"},
    )

    assert reasons(take_csv(database, rows)) == [(5, "q1_found_us")]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-14", datetime(2026, 3, 13, 23, 0, tzinfo=UTC)),
        ("14-03-2026", datetime(2026, 3, 13, 23, 0, tzinfo=UTC)),
        ("14-3-2026 9:05", datetime(2026, 3, 14, 8, 5, tzinfo=UTC)),
        ("2026-07-14T19:42:00", datetime(2026, 7, 14, 17, 42, tzinfo=UTC)),
        ("2026-07-14T19:42:00Z", datetime(2026, 7, 14, 19, 42, tzinfo=UTC)),
    ],
)
def test_dates_are_read_on_the_clock_of_amsterdam(
    database: Database, stored: Stored, written: str, moment: datetime
) -> None:
    take_csv(database, as_csv({**ROW, "submitted_at": written}))

    assert stored.one(select(Response.submitted_at)) == moment


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("id,id\n1,2\n", "two columns"),
        ("submission_id|text\n1|goed\n", "names no column submission_id"),
        ("1,goed\n2,slecht\n", "names no column submission_id"),
        (b"submission_id,text\n1,caf\x81\xff\n", "bytes that are no text"),
        ('submission_id,q2_first_impression\ns1,"open', "quote"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    database: Database, content: str | bytes, words: str
) -> None:
    with pytest.raises(ImportFileError, match=words):
        take_csv(database, content)


def test_a_row_with_too_many_cells_is_rejected(database: Database) -> None:
    report = take_csv(database, "submission_id,q2_first_impression\ns1,a,b\ns2,c\n")

    assert counts(report) == (1, 0, 0, 1)
    assert reasons(report) == [(2, None)]


def test_unknown_columns_are_named(database: Database) -> None:
    report = take_csv(database, as_csv({**ROW, "shoe_size": "44", "naam": "x"}))

    assert report.ignored_columns == {"shoe_size", "naam"}


def test_importing_for_a_questionnaire_that_is_not_there_is_refused(
    database: Database,
) -> None:
    with pytest.raises(UnknownQuestionnaireError):
        import_answers(
            database,
            BytesIO(b"id\n"),
            questionnaire_slug="nothing",
            file_format="csv",
            now=NOW,
        )


def test_reviews_are_texts_under_their_role(database: Database, stored: Stored) -> None:
    report = take_csv(
        database,
        "id;text;date;language;question\n"
        "v1;Snelle levering;14-03-2026;nl;\n"
        "v2;Too dear;2026-03-15;en;why_us\n"
        "v3;;2026-03-15;en;\n"
        "v4;Fijn;2026-03-15;nl;horoscope\n"
        "v5;Rustig;2026-03-15;nl;q2_first_impression\n",
        REVIEWS,
    )

    assert counts(report) == (3, 0, 0, 2)
    assert reasons(report) == [(4, "text"), (5, "question")]
    rows = select(Answer.role).order_by(Answer.id)
    assert stored.all(rows) == ["review", "why_us", "website_experience"]
    assert stored.all(select(Answer.question_id).order_by(Answer.id)) == [
        "review",
        "why_us",
        "q2_first_impression",
    ]


def test_json_lines_are_read_and_bad_ones_reported(
    database: Database, stored: Stored
) -> None:
    report = take_jsonl(
        database,
        {**ROW, "q7_simpler": None, "wave": "w1"},
        "",
        "{not json",
        "[1, 2]",
        {**ROW, "submission_id": "s2", "q2_first_impression": {"a": 1}},
        {**ROW, "submission_id": 3, "emoji": "x"},
    )

    assert counts(report) == (2, 0, 0, 3)
    assert reasons(report) == [(3, None), (4, None), (5, "q2_first_impression")]
    assert report.ignored_columns == {"emoji"}
    ids = select(Response.submission_id).order_by(Response.id)
    assert stored.all(ids) == ["s1", "3"]


def test_waves_are_made_when_they_are_given(database: Database, stored: Stored) -> None:
    wave = NewWave(
        code="w2", name="Zomer", starts_on=date(2026, 6, 1), ends_on=date(2026, 7, 31)
    )

    report = take_jsonl(database, {**ROW, "wave": "w2"}, waves=[wave])

    assert counts(report) == (1, 0, 0, 0)
    assert stored.one(select(Wave.name).join(Response)) == "Zomer"


def test_without_a_wave_the_date_decides(database: Database, stored: Stored) -> None:
    take_csv(
        database,
        as_csv(ROW, {**ROW, "submission_id": "s2", "submitted_at": "2026-05-01"}),
    )

    codes = (
        select(Wave.code).select_from(Response).outerjoin(Wave).order_by(Response.id)
    )
    assert stored.all(codes) == ["w1", None]


def test_more_rows_than_a_batch_are_all_stored_once(
    database: Database, stored: Stored
) -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    rows = [
        {
            **ROW,
            "submission_id": f"s{n}",
            "respondent_id": f"r{n % 700}",
            "submitted_at": (day + timedelta(minutes=n)).isoformat(),
        }
        for n in range(1_201)
    ]

    first, again = (take_csv(database, as_csv(*rows)) for _ in range(2))

    assert (counts(first), counts(again)) == ((1_201, 0, 0, 0), (0, 0, 1_201, 0))
    assert stored.one(select(func.count(Response.id))) == 1_201
    assert stored.one(select(func.count(Respondent.id))) == 700
