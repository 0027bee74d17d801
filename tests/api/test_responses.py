"""Responses through the API: sent, read, paged through, erased."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey_app.clock import now
from survey_app.db import Database
from survey_app.outbox.models import Event
from survey_app.questionnaires.queries import find_questionnaire
from survey_app.questionnaires.service import publish
from survey_app.responses.models import ErasedResponse, Response
from tests.api.program import Program
from tests.questionnaires.builders import EVERY_TYPE
from tests.staff_visits import counted_statements

Programs = Callable[..., Program]
pytestmark = pytest.mark.usefixtures("published")


def new_response(**more: Any) -> dict[str, Any]:
    answers = {
        "q1_found_us": {"codes": ["other"], "text": "Via de buurvrouw"},
        "q2_first_impression": {"text": "Rommelig,\nmaar vriendelijk 👍🏽"},
        "q6_bought": {"codes": ["bought"]},
    }
    return {
        "questionnaire": "standard",
        "language": "nl",
        "answers": answers,
        **more,
    }


def test_response_that_was_sent_reads_back_the_same(program: Programs) -> None:
    sender = program()

    sent = sender.post(
        "/responses", new_response(submission_id="a-1", respondent_id="klant 7")
    )
    read = sender.get(f"/responses/{sent.json['id']}").json

    assert (sent.status_code, sent.json["state"]) == (201, "submitted")
    assert read["source"] == "api"
    assert read["answers"] == {
        "q1_found_us": {"codes": ["other"], "text": "Via de buurvrouw"},
        "q2_first_impression": {
            "codes": [],
            "text": "Rommelig,\nmaar vriendelijk 👍🏽",
        },
        "q6_bought": {"codes": ["bought"], "text": None},
    }
    assert sender.get("/responses").json["items"] == [read]


def test_sending_announces_and_the_same_submission_is_refused(
    program: Programs, database: Database
) -> None:
    sender = program()

    answers = [
        sender.post("/responses", new_response(submission_id="a-1")) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 409]
    with database.read() as session:
        events = session.execute(select(Event.topic, Event.subject)).all()
    assert ("response.submitted", answers[0].json["id"]) in [tuple(e) for e in events]


def test_wrong_answers_are_named_one_by_one_in_the_language_asked_for(
    program: Programs,
) -> None:
    sender = program()
    wrong = new_response(
        answers={
            "q1_found_us": {"codes": ["nowhere"]},
            "q2_first_impression": {"text": "a" * 4001},
            "q6_bought": {"codes": ["bought", "not_yet"]},
            "nothing_we_ask": {"text": "?"},
            "q8_why_us": {"codes": ["a"]},
        }
    )
    first = sender.post("/responses", wrong).json
    for name in ("q6_bought", "nothing_we_ask", "q8_why_us"):
        del wrong["answers"][name]
    second = sender.post("/responses", wrong, Accept_Language="nl").json

    assert {error["pointer"] for error in first["errors"]} == {
        "/answers/q6_bought",
        "/answers/nothing_we_ask",
        "/answers/q8_why_us",
    }
    assert [error["pointer"] for error in second["errors"]] == [
        "/answers/q1_found_us",
        "/answers/q2_first_impression",
    ]
    assert second["title"] == "Hier klopt iets niet in"
    assert "4.001" in second["errors"][1]["detail"]


def test_body_of_another_shape_is_refused_with_pointers(program: Programs) -> None:
    sender = program()

    refused = sender.post(
        "/responses",
        new_response(language="de", answers={"q1_found_us": {"codes": [7]}}, extra=1),
    )

    pointers = [error["pointer"] for error in refused.json["errors"]]
    assert (refused.status_code, pointers) == (
        422,
        ["", "/answers/q1_found_us/codes/0", "/language"],
    )


def test_same_idempotency_key_does_it_once(
    program: Programs, database: Database
) -> None:
    sender = program()

    first, again = (
        sender.post("/responses", new_response(), Idempotency_Key="k1")
        for _ in range(2)
    )
    other = sender.post("/responses", new_response(language="en"), Idempotency_Key="k1")

    assert (first.json, first.status_code) == (again.json, again.status_code)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (other.status_code, other.json["type"]) == (
        422,
        "urn:klantreis:problem:key-reused",
    )
    with database.read() as session:
        assert session.scalar(select(func.count(Response.id))) == 1


def test_same_idempotency_key_at_the_same_moment_does_it_once(
    app: Flask, program: Programs, database: Database
) -> None:
    key = program().key

    def send(_number: int) -> tuple[int, str]:
        answer = Program(app, key).post(
            "/responses", new_response(), Idempotency_Key="k1"
        )
        return answer.status_code, answer.json["id"]

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(send, range(8)))

    assert len(answers) == 1
    with database.read() as session:
        assert session.scalar(select(func.count(Response.id))) == 1


def test_refused_request_leaves_its_idempotency_key_free(program: Programs) -> None:
    sender = program()

    refused = sender.post("/responses", new_response(answers=7), Idempotency_Key="k")
    wrong = new_response(answers={"no": {"text": "x"}})
    judged = sender.post("/responses", wrong, Idempotency_Key="k")
    taken = sender.post("/responses", new_response(), Idempotency_Key="k")

    assert [a.status_code for a in (refused, judged, taken)] == [422, 422, 201]


def test_pages_go_on_where_they_were_when_more_comes_in(program: Programs) -> None:
    sender = program()
    ids = [sender.post("/responses", new_response()).json["id"] for _ in range(5)]

    first = sender.get("/responses?limit=2&questionnaire=standard")
    ids.append(sender.post("/responses", new_response()).json["id"])
    link = first.headers["Link"].split(">")[0].split("/api/v1")[1]
    second = sender.get(link)
    third = sender.get(
        f"/responses?limit=2&questionnaire=standard&cursor={second.json['next']}"
    )

    pages = [first, second, third]
    assert [item["id"] for page in pages for item in page.json["items"]] == ids
    assert third.json["next"] is None
    assert "Link" not in third.headers


def test_cursor_of_other_filters_and_unknown_filters_are_refused(
    program: Programs,
) -> None:
    sender = program()
    for _ in range(2):
        sender.post("/responses", new_response())
    cursor = sender.get("/responses?limit=1").json["next"]

    answers = [
        sender.get(f"/responses?cursor={cursor}&state=excluded"),
        sender.get("/responses?cursor=made-up"),
        sender.get("/responses?stat=submitted"),
        sender.get("/responses?limit=1&limit=2"),
        sender.get("/responses?since=yesterday"),
        sender.get("/responses?since=2026-02-30T00:00:00Z"),
    ]

    assert [answer.status_code for answer in answers] == [422] * 6
    assert answers[2].json["errors"][0]["pointer"] == "?stat"


def test_long_page_asks_the_database_as_often_as_a_short_one(
    app: Flask, program: Programs
) -> None:
    sender = program()
    counts = []
    for number in (1, 2):
        for _ in range(number):
            sender.post("/responses", new_response())
        with counted_statements(app) as statements:
            sender.get("/responses")
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_erased_response_is_gone_and_only_its_id_is_left(
    program: Programs, database: Database
) -> None:
    sender = program()
    public_id = sender.post("/responses", new_response()).json["id"]

    answers = [sender.delete(f"/responses/{public_id}") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 404]
    assert sender.get("/responses").json["items"] == []
    with database.read() as session:
        assert session.scalars(select(ErasedResponse.public_id)).all() == [public_id]


def test_closed_questionnaire_takes_no_response(
    program: Programs, database: Database
) -> None:
    with database.transaction() as session:
        questionnaire = find_questionnaire(session, "standard")
        assert questionnaire is not None
        questionnaire.state = "closed"

    refused = program().post("/responses", new_response())

    assert (refused.status_code, refused.json["detail"]) == (
        409,
        "This questionnaire takes no answers now.",
    )


def test_answer_that_did_not_change_is_not_sent_again(program: Programs) -> None:
    reader = program()

    first = reader.get("/questionnaires")
    again = reader.get("/questionnaires", If_None_Match=first.headers["ETag"])

    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_every_type_of_answer_is_taken_and_contact_details_are_not(
    program: Programs, database: Database
) -> None:
    with database.transaction() as session:
        publish(session, EVERY_TYPE, published_at=now())
    sender = program()
    answers = {
        "reason": {"codes": ["other"], "text": "Kijken"},
        "visited_on": {"codes": ["2026-03-14"]},
        "service__speed": {"codes": ["5"]},
        "channels__chat": {"codes": ["often"]},
        "recommend": {"codes": ["9"]},
        "important": {"codes": ["quality", "price"]},
        "visits": {"codes": ["12.5"]},
        "with_whom": {"codes": ["family", "friends"], "text": "Gezellig"},
        "again": {"codes": ["yes"]},
        "effort": {"codes": ["7"]},
    }
    body = new_response(questionnaire="every_type", answers=answers)

    unasked = sender.post("/responses", body)
    sent = sender.post("/responses", body | {"has_consented": True})
    answers["email"] = {"text": "anna@example.org"}
    contact = sender.post("/responses", body | {"has_consented": True})

    assert unasked.json["errors"][0]["pointer"] == "/has_consented"
    assert (sent.status_code, sent.json) == (201, sent.json)
    assert contact.json["errors"][0]["pointer"] == "/answers/email"
    read = sender.get(f"/responses/{sent.json['id']}").json["answers"]
    assert read["important"]["codes"] == ["quality", "price"]
    assert read["with_whom"] == {"codes": ["family", "friends"], "text": "Gezellig"}
    assert set(read) == set(answers) - {"email"}
