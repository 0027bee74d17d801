"""How well the analysis reads, and what it doubts, through HTTP."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from survey_app.accounts.models import StaffMember
from survey_app.db import Database
from survey_app.insights.corrections import (
    Drawn,
    Judge,
    add_mention,
    correct_mention,
)
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.figures import report_touchpoints
from survey_app.insights.judging import judge_complete, undo_last
from survey_app.insights.models import Mention
from survey_app.insights.review_limit import (
    InvalidLimitError,
    find_limit,
    set_limit,
)
from survey_app.questionnaires.models import QuestionnaireVersion
from tests.factories import A_MOMENT, make_opinion, make_staff_member, make_version
from tests.staff_visits import counted_statements, sign_in

PAGE = "/staff/review/quality"
WORDS = "De bezorging was te laat, zei jan@voorbeeld.nl"


@pytest.fixture
def version(session: Session) -> QuestionnaireVersion:
    return make_version(session)


@pytest.fixture
def staff(session: Session) -> StaffMember:
    return make_staff_member(session, "admin")


def opinion(
    session: Session, version: QuestionnaireVersion, confidence: float = 0.8
) -> Mention:
    return make_opinion(
        session, version, -0.5, words=WORDS, end=25, confidence=confidence
    )


def judge_text(
    session: Session,
    mention: Mention,
    staff: StaffMember,
    said: tuple[str, str] | None,
    *,
    missed: bool = False,
) -> None:
    """All that is asked of a text drawn at random."""
    by = Judge(staff.id, A_MOMENT, Drawn.RANDOM)
    text_id = mention.analysed_text_id
    touchpoint, polarity = said or (None, None)
    correct_mention(
        session, mention.id, touchpoint=touchpoint, polarity=polarity, judge=by
    )
    if missed:
        add_mention(session, text_id, (3, 9), said=("app", "neutral"), judge=by)
    judge_complete(session, text_id, by)


@pytest.fixture
def judged(session: Session, version: QuestionnaireVersion, staff: StaffMember) -> None:
    """Twelve texts: nine right, two felt otherwise, one wrong; one app missed."""
    for number in range(12):
        said: tuple[str, str] | None = ("delivery", "negative")
        if number in {9, 10}:
            said = ("delivery", "positive")
        if number == 11:
            said = None
        mention = opinion(session, version)
        judge_text(session, mention, staff, said, missed=number == 0)
    session.commit()


def cells(page: str, row: str) -> list[str]:
    part = page.split(f'<th scope="row">{row}</th>')[1].split("</tr>", maxsplit=1)[0]
    words = re.sub(r"<[^>]+>", " ", part)
    return [" ".join(cell.split()) for cell in words.split("\n") if cell.strip()]


@pytest.mark.usefixtures("judged")
def test_shares_with_intervals_and_bases(researcher: FlaskClient) -> None:
    page = researcher.get(PAGE).text

    assert "Counted on 12 texts drawn at random" in page
    assert cells(page, "All touchpoints") == [
        *("92%", "65–99% · n=12"),
        *("92%", "65–99% · n=12"),
        *("82%", "52–95% · n=11"),
    ]
    assert cells(page, "App") == ["–", "1 of 10", "–"]
    assert cells(page, "80% to 90% sure") == ["80%", "75% 47–91% · n=12"]


@pytest.mark.usefixtures("judged")
def test_every_figure_opens_to_its_sentences(
    researcher: FlaskClient, app: Flask, session: Session
) -> None:
    page = researcher.get(PAGE).text
    links = set(re.findall(r'href="(/staff/review/quality/sentences[^"]*)"', page))
    opened = {
        link: researcher.get(link.replace("&amp;", "&")).text.count("<blockquote")
        for link in links
    }
    marketer = sign_in(app, session, "marketer")

    assert sorted(opened.values()) == [1, *(11,) * 3, *(12,) * 4]
    masked = marketer.get(f"{PAGE}/sentences?figure=precision").text
    assert "jan@voorbeeld.nl" in researcher.get(f"{PAGE}/sentences").text
    assert "jan@voorbeeld.nl" not in masked


@pytest.mark.usefixtures("judged")
def test_as_many_statements_for_one_case_as_for_many(
    app: Flask, researcher: FlaskClient
) -> None:
    counts = []
    for address in ("?touchpoint=app", "?touchpoint=delivery"):
        with counted_statements(app) as statements:
            researcher.get(f"{PAGE}/sentences{address}")
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_what_was_only_doubted_counts_in_no_share(
    session: Session,
    version: QuestionnaireVersion,
    staff: StaffMember,
    researcher: FlaskClient,
) -> None:
    for _ in range(10):
        mention = opinion(session, version, 0.55)
        correct_mention(
            session,
            mention.id,
            touchpoint=None,
            polarity=None,
            judge=Judge(staff.id, A_MOMENT, Drawn.UNCERTAIN),
        )
    session.commit()

    page = researcher.get(PAGE).text

    assert "Counted on 0 texts" in page
    assert cells(page, "All touchpoints") == ["–", "–", "–"]
    assert cells(page, "50% to 60% sure")[0] == "55%"


@pytest.mark.parametrize(
    "address", ["", "?language=xx", "/sentences?sure=a-b&page=0", "/sentences?sure=1"]
)
def test_without_judgements_there_is_a_beginning(
    researcher: FlaskClient, address: str
) -> None:
    assert researcher.get(PAGE + address).status == "200 OK"


def test_unsure_mentions_wait_when_asked_to(
    session: Session, version: QuestionnaireVersion, researcher: FlaskClient
) -> None:
    for confidence in (0.9, 0.9, 0.9, 0.9, 0.9, 0.6, 0.6):
        opinion(session, version, confidence)
    session.commit()
    before = researcher.get("/staff/touchpoints/?wave=all").text

    saved = researcher.post("/staff/review/limit", data={"least": "0.7"})
    after = researcher.get("/staff/touchpoints/?wave=all").text
    sentences = researcher.get("/staff/touchpoints/delivery/sentences?wave=all").text

    assert saved.location == PAGE
    assert "What 7 customers told" in before
    assert "What 5 customers told" in after
    assert "2 mentions wait for judgement" in after
    assert 'href="/staff/review/"' in after
    assert sentences.count("<blockquote") == 5
    assert "left out: 2" in researcher.get("/staff/journey/").text

    researcher.post("/staff/review/limit", data={"least": ""})

    again = researcher.get("/staff/touchpoints/?wave=all").text
    assert "What 7 customers told" in again
    assert "wait for judgement" not in again


def test_what_people_judged_counts_however_unsure_it_was(
    session: Session,
    database: Database,
    version: QuestionnaireVersion,
    staff: StaffMember,
) -> None:
    mention = opinion(session, version, 0.4)
    set_limit(session, 0.5, staff_id=staff.id, at=A_MOMENT)
    session.commit()

    def counted() -> tuple[int, int]:
        with database.read() as reading:
            report = report_touchpoints(reading, FigureFilter())
            return report.mentions, report.waiting

    waiting = counted()
    correct_mention(
        session,
        mention.id,
        touchpoint="delivery",
        polarity="negative",
        judge=Judge(staff.id, A_MOMENT, Drawn.UNCERTAIN),
    )
    session.commit()
    judged = counted()
    undo_last(session, staff.id, A_MOMENT)
    session.commit()

    assert (waiting, judged, counted()) == ((0, 1), (1, 0), (0, 1))


@pytest.mark.parametrize("least", ["0.55", "2", "nan", "x"])
def test_only_limits_that_are_offered_are_taken(
    researcher: FlaskClient, least: str
) -> None:
    answer = researcher.post("/staff/review/limit", data={"least": least})

    assert answer.status == "400 BAD REQUEST"


def test_a_limit_of_no_kind_is_no_limit(session: Session, staff: StaffMember) -> None:
    with pytest.raises(InvalidLimitError):
        set_limit(session, 0.123, staff_id=staff.id, at=A_MOMENT)

    assert find_limit(session) is None


def test_marketers_see_the_limit_and_cannot_change_it(marketer: FlaskClient) -> None:
    answer = marketer.post("/staff/review/limit", data={"least": "0.7"})

    assert answer.status == "403 FORBIDDEN"
    assert "At present everything counts." in marketer.get(PAGE).text


def test_figures_are_still_read_from_one_index(database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by how much there is")
    statement = (
        "EXPLAIN QUERY PLAN SELECT touchpoint, group_concat(respondent_id),"
        " group_concat(score) FROM mentions WHERE generation = 1 AND confidence >="
        " coalesce((SELECT least_confidence FROM review_limits ORDER BY id DESC"
        " LIMIT 1), 0.0) GROUP BY touchpoint"
    )
    with database.read() as session:
        plan = " ".join(row[3] for row in session.execute(sql(statement)))

    assert "USING COVERING INDEX ix_mentions_figures" in plan
    assert "TEMP B-TREE" not in plan
