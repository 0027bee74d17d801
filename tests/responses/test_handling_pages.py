"""What researchers do with responses on their pages."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.accounts.models import AuditEntry
from survey_app.outbox.models import Event
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.service import publish
from survey_app.responses.models import (
    Answer,
    PageEvent,
    Response,
    ResponseMark,
)
from tests.factories import (
    A_MOMENT,
    STANDARD,
    make_response,
    make_version,
)
from tests.questionnaires.builders import EVERY_KIND
from tests.responses.stored import Stored
from tests.responses.test_staff_pages import words
from tests.staff_visits import counted_statements, sign_in

Send = Callable[..., str]


@pytest.fixture
def researcher(app: Flask, session: Session) -> FlaskClient:
    return sign_in(app, session, "researcher")


@pytest.fixture
def version(session: Session) -> QuestionnaireVersion:
    return publish(session, STANDARD, published_at=A_MOMENT)


@pytest.fixture
def send(researcher: FlaskClient) -> Send:
    def post(address: str, **data: object) -> str:
        page = researcher.post(
            f"/staff/responses/{address}", data=data, follow_redirects=True
        )
        return words(page.text)

    return post


def test_a_selection_is_left_out_taken_in_and_tagged(
    session: Session, stored: Stored, version: QuestionnaireVersion, send: Send
) -> None:
    ids = [make_response(session, version).id for _ in range(3)]
    session.commit()

    def with_ticked(action: str, **more: object) -> str:
        return send("selection", response=ids[:2], action=action, **more)

    assert "2 responses are left out" in with_ticked("exclude", because="spam")
    states = stored.all(select(Response.state).order_by(Response.id))
    assert states == ["excluded", "excluded", "submitted"]
    assert "0 responses are left out" in with_ticked("exclude", because="spam")
    assert "2 responses count again" in with_ticked("include")
    assert "2 responses have the tag" in with_ticked("tag", tag="Terug bellen")
    assert stored.all(select(ResponseMark.name)) == ["terug bellen"] * 2
    assert "2 responses lost the tag" in with_ticked("untag", tag="terug bellen")
    assert stored.one(select(func.count(AuditEntry.id))) == 8


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ({"action": "exclude", "because": "spam"}, "Tick the responses"),
        ({"action": "exclude", "because": "x", "response": 1}, "Choose a reason"),
        ({"action": "tag", "tag": "", "response": 1}, "Write a tag first"),
        ({"action": "tag", "tag": "x" * 51, "response": 1}, "at most 50 characters"),
        ({"action": "tag", "tag": "a", "response": "²"}, "Tick the responses"),
    ],
)
def test_a_selection_that_cannot_be_changed_says_why(
    send: Send, data: dict[str, object], answer: str
) -> None:
    assert answer in send("selection", **data)


def test_an_unknown_deed_is_refused(researcher: FlaskClient) -> None:
    page = researcher.post("/staff/responses/selection", data={"action": "dance"})

    assert page.status == "400 BAD REQUEST"


def test_one_response_is_handled_on_its_own_page(
    session: Session, version: QuestionnaireVersion, send: Send
) -> None:
    response = make_response(session, version, {"q8_why_us": "Advies"})
    at = f"{response.id}/"
    session.commit()

    assert "Left out of all figures" in send(at + "exclude", because="duplicate")
    page = send(at + "tag", tag="Bellen")
    assert "Because: sent twice." in page
    assert "Left out, so not analysed" in page
    assert "Left out: sent twice" in page.split("What was done")[1]
    assert "bellen" in page
    assert "Counts in the figures" in send(at + "include")
    page = send(at + "note", note="<b>Belt</b> terug")
    assert "&lt;b&gt;Belt&lt;/b&gt; terug" in page
    history = page.split("What was done with it")[1]
    assert [deed in history for deed in ("Note changed", "Tag given")] == [True, True]
    assert "researcher@example.org" in history
    assert "None. A tag gathers" in send(at + "untag", tag="bellen")


def test_flags_are_explained_and_a_response_is_released(
    session: Session,
    stored: Stored,
    version: QuestionnaireVersion,
    send: Send,
    researcher: FlaskClient,
) -> None:
    response = make_response(session, version, state="excluded")
    response.marks = [ResponseMark(kind="flag", name="too_fast", marked_at=A_MOMENT)]
    where = response.id
    session.commit()

    page = words(researcher.get(f"/staff/responses/{where}").text)
    assert "Very fast Sent faster than somebody can read the questions." in page
    assert "Left out by itself" in page
    assert "Release" in page
    listed = researcher.get("/staff/responses/?state=excluded&flag=too_fast").text
    assert "Very fast</span>" in listed

    assert "Counts in the figures" in send(f"{where}/include")
    told = select(Event.topic).where(Event.topic.startswith("response"))
    assert stored.all(told) == ["response.submitted"]


def test_what_came_along_is_shown_as_untrusted_text(
    session: Session, version: QuestionnaireVersion, researcher: FlaskClient
) -> None:
    response = make_response(
        session,
        version,
        prefill={"ref": "<script>alert(1)</script>"},
        device="phone",
        source="qr",
    )
    session.add(
        PageEvent(
            version_id=version.id,
            response_id=response.id,
            page_id="found_us",
            kind="saved",
            on_day=A_MOMENT.date(),
            seconds=75,
        )
    )
    where = response.id
    session.commit()

    html = researcher.get(f"/staff/responses/{where}").text

    page = words(html)
    assert "<script>alert" not in html
    assert "Do not rely on it. ref &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "Came in by QR code Device Phone Privacy Under a number" in page
    assert "How did you find us? 1 min 15 s" in page


def test_answers_off_the_path_are_not_shown_as_answers(
    session: Session, researcher: FlaskClient
) -> None:
    version = publish(session, EVERY_KIND, published_at=A_MOMENT)
    response = make_response(session, version, codes={"returned": "no", "ease": "5"})
    response.answers.append(
        Answer(
            question_id="how_returned",
            text="Weggelopen",
            on_path=False,
            updated_at=A_MOMENT,
        )
    )
    where = response.id
    session.commit()

    html = researcher.get(f"/staff/responses/{where}").text

    assert "Weggelopen" not in html
    assert "How did that go?" not in html
    assert "Did you return anything? No" in words(html)


def test_erasing_asks_first_and_leaves_nothing(
    session: Session,
    stored: Stored,
    version: QuestionnaireVersion,
    researcher: FlaskClient,
    send: Send,
) -> None:
    response = make_response(session, version, {"q8_why_us": "Advies"})
    where = f"{response.id}/erase"
    session.commit()

    page = words(researcher.get(f"/staff/responses/{where}").text)
    assert "This cannot be undone." in page
    assert stored.one(select(func.count(Response.id))) == 1

    assert "Erased, with everything" in send(where, reason="asked")
    assert stored.one(select(func.count(Response.id))) == 0
    entry = stored.one(select(AuditEntry))
    assert (entry.action, entry.detail) == ("erase", {"reason": "asked"})
    assert researcher.get(f"/staff/responses/{where}").status_code == 404
    gone = researcher.post(f"/staff/responses/{where}", data={"reason": "asked"})
    assert gone.status_code == 404


def test_erasing_for_no_reason_is_refused(
    session: Session,
    stored: Stored,
    version: QuestionnaireVersion,
    researcher: FlaskClient,
) -> None:
    where = make_response(session, version).id
    session.commit()

    page = researcher.post(f"/staff/responses/{where}/erase", data={"reason": "x"})

    assert page.status_code == 400
    assert stored.one(select(func.count(Response.id))) == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tag=bellen", {"Eén"}),
        ("source=qr", {"Twee"}),
        ("since=2026-10-06", {"Drie"}),
        ("until=2026-10-05", {"Eén", "Twee"}),
        ("since=x&until=0001-01-01&tag=nee&flag=nee", {"Eén", "Twee", "Drie"}),
        ("words=weg", set()),
    ],
)
def test_the_list_is_narrowed_by_what_is_known(
    session: Session,
    version: QuestionnaireVersion,
    researcher: FlaskClient,
    query: str,
    expected: set[str],
) -> None:
    one = make_response(session, version, {"q8_why_us": "Eén", "q7_simpler": "Weg"})
    one.marks = [ResponseMark(kind="tag", name="bellen", marked_at=A_MOMENT)]
    one.answers[1].on_path = False
    make_response(session, version, {"q8_why_us": "Twee"}, source="qr")
    later = A_MOMENT.replace(day=7)
    make_response(session, version, {"q8_why_us": "Drie"}, last_activity_at=later)
    session.commit()

    page = researcher.get(f"/staff/responses/?{query}").text

    assert {said for said in ("Eén", "Twee", "Drie") if f">{said}<" in page} == expected


def test_the_list_is_narrowed_by_questionnaire_and_version_and_turned_around(
    session: Session, version: QuestionnaireVersion, researcher: FlaskClient
) -> None:
    other = make_version(session)
    make_response(session, version, {"q8_why_us": "Eén"})
    make_response(session, other, {"q8_why_us": "Twee"})
    session.commit()

    def shown(query: str) -> list[str]:
        page = researcher.get(f"/staff/responses/?{query}").text
        said = [word for word in ("Eén", "Twee") if f">{word}<" in page]
        return sorted(said, key=lambda word: page.index(f">{word}<"))

    assert shown(f"questionnaire={version.questionnaire_id}") == ["Eén"]
    assert shown(f"version={other.id}") == ["Twee"]
    assert (shown("order=newest"), shown("order=oldest")) == (
        ["Twee", "Eén"],
        ["Eén", "Twee"],
    )


def test_the_list_puts_as_many_questions_with_marks_on_three_as_on_one(
    app: Flask,
    session: Session,
    version: QuestionnaireVersion,
    researcher: FlaskClient,
) -> None:
    counts = []
    for more in (1, 2):
        for number in range(more):
            response = make_response(session, version, {"q8_why_us": "Snel"})
            response.marks = [
                ResponseMark(kind="tag", name=f"t{number}", marked_at=A_MOMENT)
            ]
        session.commit()
        with counted_statements(app) as statements:
            assert researcher.get("/staff/responses/").status == "200 OK"
        counts.append(len(statements))

    assert counts[0] == counts[1]
