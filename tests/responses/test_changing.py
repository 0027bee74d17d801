"""Answers changed after they were sent: what was sent counts until it is sent again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from survey_app.accounts.models import AuditEntry
from survey_app.clock import now
from survey_app.insights.masking import mask_words
from survey_app.insights.models import AnalysedText, Correction
from survey_app.outbox.models import Event
from survey_app.personas.queries import describe_input
from survey_app.questionnaires.reading import read_question_set
from survey_app.questionnaires.service import publish
from survey_app.respondents.models import Contact
from survey_app.responses.anonymising import anonymise
from survey_app.responses.changing import forget_stale, has_stale
from survey_app.responses.models import (
    Answer,
    PageEvent,
    Response,
    ResponseChange,
    ResponseMark,
)
from tests.factories import make_analysed_text, make_mention, make_staff_member
from tests.questionnaires.builders import EVERY_KIND
from tests.responses.conftest import STANDARD
from tests.responses.invitations import invite
from tests.responses.stored import Stored
from tests.responses.test_privacy_modes import with_mode
from tests.responses.visitor import Visitor
from tests.staff_visits import counted_statements, sign_in

Visit = Callable[..., Visitor]
CHANGES = select(func.count(ResponseChange.response_id))
FIRST, SECOND = "Rustig en overzichtelijk.", "Bij nader inzien nogal druk."


def with_changing(source: str = STANDARD, slug: str = "changing") -> str:
    name = read_question_set(source).id
    made = source.replace(f'id = "{name}"', f'id = "{slug}"', 1)
    tables = "\n[settings]\nedit_after_submit = true\n"
    if "\n[settings]\n" in made:
        return made.replace("\n[settings]\n", tables, 1)
    return f"{made}{tables}"


@pytest.fixture
def sent(visit: Visit, stored: Stored) -> Visitor:
    """Somebody who sent two answers, where they may be changed."""
    with stored.database.transaction() as session:
        publish(session, with_changing(), published_at=now())
    return send_two(visit("changing", "en"))


def send_two(visitor: Visitor) -> Visitor:
    visitor.send(answer_q1_found_us="event")
    visitor.send(answer_q2_first_impression=FIRST)
    visitor.skip_all()
    visitor.submit()
    return visitor


def press(visitor: Visitor, name: str) -> None:
    """One of the buttons that need nothing but the address."""
    language = visitor.url.split("/")[3]
    answer = visitor.post(f"/r/{visitor.key}/{language}/{name}")
    assert answer.status_code == 303
    visitor.go(answer.headers["Location"])
    if visitor.page.status_code == 302:
        visitor.go(visitor.page.headers["Location"])


def rewrite(visitor: Visitor, words: str = SECOND) -> None:
    visitor.go(f"/r/{visitor.key}/en/first_impression?check=1")
    visitor.send(answer_q2_first_impression=words)


def words(stored: Stored) -> str | None:
    said = {name: text for name, _code, text in stored.said()}
    return said.get("q2_first_impression")


def test_what_is_sent_again_takes_the_place_of_what_was_sent(
    sent: Visitor, stored: Stored
) -> None:
    before = stored.one(select(Response))
    assert "Change your answers" in sent.page.text

    press(sent, "change-answers")
    assert sent.url.endswith("/check")
    assert FIRST in sent.page.text
    rewrite(sent)
    assert sent.url.endswith("/check")
    assert SECOND in sent.page.text
    assert words(stored) == FIRST
    sent.submit()

    assert sent.url.endswith("/thanks")
    assert before.receipt in sent.page.text
    after = stored.one(select(Response))
    assert (after.receipt, after.state) == (before.receipt, "submitted")
    assert after.submitted_at == before.submitted_at < after.changed_at
    assert after.last_activity_at == after.changed_at
    assert stored.said() == [
        ("q1_found_us", "event", None),
        ("q2_first_impression", None, SECOND),
    ]
    assert stored.one(CHANGES) == 0


def test_who_looks_changes_nothing(sent: Visitor, stored: Stored) -> None:
    for name in ("change-answers", "keep-answers", "check", "first_impression"):
        sent.get(f"/r/{sent.key}/en/{name}")

    assert stored.one(CHANGES) == 0
    assert sent.get(f"/r/{sent.key}/en/check").status_code == 302


def test_who_walks_away_has_lost_nothing(sent: Visitor, stored: Stored) -> None:
    was = stored.one(select(Response))
    press(sent, "change-answers")
    rewrite(sent)

    sent.go(f"/r/{sent.key}/en/thanks")
    assert "Until you do, what you sent before counts." in sent.page.text
    seen = sent.get(f"/r/{sent.key}/en/answers").text
    assert (FIRST in seen, SECOND in seen) == (True, False)
    sent.go(f"/r/{sent.key}/en/check")
    assert SECOND in sent.page.text
    press(sent, "keep-answers")

    assert sent.url.endswith("/thanks")
    assert (stored.one(CHANGES), words(stored)) == (0, FIRST)
    now_there = stored.one(select(Response))
    assert now_there.changed_at is None
    assert now_there.last_activity_at == was.last_activity_at
    assert stored.all(select(Event.topic)) == [
        "questionnaire.published",
        "questionnaire.published",
        "questionnaire.published",
        "response.submitted",
    ]


def test_who_listens_and_staff_learn_of_it(
    sent: Visitor, stored: Stored, app: Flask
) -> None:
    press(sent, "change-answers")
    rewrite(sent)
    sent.submit()

    event = stored.all(select(Event).order_by(Event.id))[-1]
    entry = stored.one(select(AuditEntry).where(AuditEntry.actor_id.is_(None)))
    response = stored.one(select(Response))
    assert (event.topic, event.subject) == ("response.changed", response.public_id)
    assert (entry.action, entry.detail) == ("change_answers", {"questions": 1})
    with stored.database.write() as session:
        client = sign_in(app, session, "researcher")
    page = client.get(f"/staff/responses/{response.id}").text
    assert "changed by the respondent on" in page


def test_sending_the_same_again_is_no_change(sent: Visitor, stored: Stored) -> None:
    press(sent, "change-answers")
    rewrite(sent, FIRST)
    sent.submit()

    assert sent.url.endswith("/thanks")
    assert stored.one(select(Response.changed_at)) is None
    assert "response.changed" not in stored.all(select(Event.topic))


def test_only_a_text_that_changed_is_analysed_again(
    sent: Visitor, stored: Stored
) -> None:
    with stored.database.write() as session:
        member_id = make_staff_member(session, "researcher").id
    with stored.database.transaction() as session:
        response = session.scalars(select(Response)).one()
        response.answers.append(
            Answer(question_id="q8_why_us", text="Goede naam", updated_at=now())
        )
        session.flush()
        for answer in response.answers:
            if answer.text:
                make_mention(session, make_analysed_text(session, answer))
                session.add(
                    Correction(
                        answer_id=answer.id,
                        start=0,
                        end=5,
                        quote=answer.text[:5],
                        touchpoint="delivery",
                        polarity="positive",
                        corrected_by=member_id,
                        corrected_at=now(),
                    )
                )
        known = describe_input(session)

    press(sent, "change-answers")
    rewrite(sent)
    sent.submit()

    def left(asked: type[AnalysedText | Correction]) -> list[str | None]:
        joined = select(Answer.text).join(asked, asked.answer_id == Answer.id)
        return list(stored.all(joined))

    assert (left(AnalysedText), left(Correction)) == (["Goede naam"], ["Goede naam"])
    version = select(Answer.analysis_version).where(Answer.text == SECOND)
    assert stored.one(version) is None
    with stored.database.read() as session:
        assert describe_input(session) != known


def test_answers_that_are_off_the_path_go_when_it_is_sent_again(
    visit: Visit, stored: Stored
) -> None:
    with stored.database.transaction() as session:
        publish(session, with_changing(EVERY_KIND, "kinds"), published_at=now())
    visitor = visit("kinds", "en")
    visitor.send(answer_shop="Noord")
    visitor.send(answer_channels=["shop"])
    visitor.send(answer_returned="yes")
    visitor.send(answer_how_returned="Dat duurde lang.")
    visitor.skip_all()
    visitor.submit()
    assert "how_returned" in {name for name, *_ in stored.said()}

    press(visitor, "change-answers")
    visitor.go(f"/r/{visitor.key}/en/returned?check=1")
    visitor.send(answer_returned="no")
    assert "how_returned" in {name for name, *_ in stored.said()}
    visitor.submit()

    said = {name: code for name, code, _ in stored.said()}
    assert said.get("returned") == "no"
    assert "how_returned" not in said


def test_clicks_and_sending_many_times_at_once_come_to_one(
    sent: Visitor, stored: Stored
) -> None:
    url = f"/r/{sent.key}/en"
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: sent.post(f"{url}/change-answers"), range(8)))
    rewrite(sent)
    token = sent.token
    with ThreadPoolExecutor(8) as pool:
        done = list(
            pool.map(lambda _: sent.post(f"{url}/submit", token=token), range(8))
        )

    assert {answer.status_code for answer in (*opened, *done)} == {303}
    assert words(stored) == SECOND
    topics = stored.all(select(Event.topic))
    assert topics.count("response.changed") == 1


def test_a_window_that_comes_late_is_told_what_was_not_sent(
    sent: Visitor, stored: Stored
) -> None:
    press(sent, "change-answers")
    sent.go(f"/r/{sent.key}/en/first_impression?check=1")
    late, token = sent.url, sent.token
    sent.send(answer_q2_first_impression=SECOND)
    sent.submit()

    answer = sent.post(
        late, token=token, action="next", answer_q2_first_impression="Te laat"
    )

    assert answer.status_code == 409
    assert '<blockquote class="words">Te laat</blockquote>' in answer.text
    assert words(stored) == SECOND


def test_two_windows_that_change_one_answer_are_asked_which(sent: Visitor) -> None:
    press(sent, "change-answers")
    sent.go(f"/r/{sent.key}/en/first_impression?check=1")
    late, token = sent.url, sent.token
    sent.send(answer_q2_first_impression=SECOND)

    answer = sent.post(
        late, token=token, action="next", answer_q2_first_impression="Iets anders"
    )

    assert answer.status_code == 409
    assert SECOND in answer.text


def test_a_page_is_kept_in_one_statement_too_and_counts_in_no_drop_off(
    sent: Visitor, stored: Stored, app: Flask
) -> None:
    press(sent, "change-answers")
    events = stored.one(select(func.count(PageEvent.id)))
    sent.go(f"/r/{sent.key}/en/first_impression?check=1")

    with counted_statements(app) as statements:
        sent.post(
            sent.url,
            token=sent.token,
            action="next",
            answer_q2_first_impression=SECOND,
        )

    written = [each for each in statements if not each.startswith("SELECT")]
    assert len([each for each in written if "response_changes" in each]) == 1
    assert app.extensions["database"].engine.dialect.name == "sqlite" or (
        len(statements) == len(["read", "locked", "read again", "kept"])
    )
    assert stored.one(select(func.count(PageEvent.id))) == events


@pytest.mark.parametrize("setting", ["retired", "closed"])
def test_it_ends_with_the_questionnaire(
    sent: Visitor, stored: Stored, setting: str
) -> None:
    press(sent, "change-answers")
    sent.go(f"/r/{sent.key}/en/first_impression?check=1")
    long_ago = now() - timedelta(days=3)
    stored.change("changing", state=setting, closes_at=long_ago)

    late = sent.send(answer_q2_first_impression=SECOND)

    assert (late.status_code, words(stored)) == (303, FIRST)
    sent.go(f"/r/{sent.key}/en/thanks")
    assert "Change your answers" not in sent.page.text
    assert "Go on changing" not in sent.page.text
    press(sent, "change-answers")
    assert sent.url.endswith("/thanks")


def test_questionnaires_that_do_not_offer_it_do_not_do_it(
    visit: Visit, stored: Stored
) -> None:
    visitor = send_two(visit("standard", "en"))
    assert "Change your answers" not in visitor.page.text

    press(visitor, "change-answers")

    assert visitor.url.endswith("/thanks")
    assert stored.one(CHANGES) == 0


def test_changes_that_nobody_sends_are_forgotten(sent: Visitor, stored: Stored) -> None:
    press(sent, "change-answers")
    rewrite(sent)

    with stored.database.transaction() as session:
        assert not has_stale(session, at=now() + timedelta(days=29))
        assert has_stale(session, at=now() + timedelta(days=31))
        forget_stale(session, at=now() + timedelta(days=31))

    assert (stored.one(CHANGES), words(stored)) == (0, FIRST)


def test_made_anonymous_or_withdrawn_nothing_of_it_is_left(
    sent: Visitor, visit: Visit, stored: Stored
) -> None:
    press(sent, "change-answers")
    rewrite(sent)
    other = send_two(visit("changing", "en"))
    press(other, "change-answers")
    rewrite(other)
    first = stored.one(select(func.min(Response.id)))

    with stored.database.transaction() as session:
        anonymise(session, [first], mask=mask_words, at=now())
    other.go(f"/r/{other.key}/en/withdraw")
    other.send()

    assert stored.one(CHANGES) == 0
    assert sent.get(f"/r/{sent.key}/en/check").status_code == 404


def test_spam_that_is_written_in_later_is_left_out_too(
    sent: Visitor, stored: Stored
) -> None:
    press(sent, "change-answers")
    rewrite(sent, "www.a.example www.b.example www.c.example")
    sent.submit()

    assert stored.one(select(Response.state)) == "excluded"
    assert stored.all(select(ResponseMark.name)) == ["link_spam"]


def test_a_used_invitation_leads_to_changing_the_answers(
    app: Flask, sent: Visitor, stored: Stored
) -> None:
    assert sent
    key = invite(stored.database, "changing")
    guest = Visitor(app, "changing")
    guest.go(f"/i/{key}/en/")
    send_two(guest)

    page = guest.get(f"/i/{key}/en/")
    assert f'action="/i/{key}/en/change-answers"' in page.text
    assert stored.one(CHANGES) == 0
    answer = guest.post(f"/i/{key}/en/change-answers")
    guest.go(answer.headers["Location"])
    guest.go(guest.page.headers["Location"])
    rewrite(guest)
    guest.submit()

    assert guest.url.endswith("/thanks")
    texts = select(Answer.text).where(Answer.question_id == "q2_first_impression")
    assert sorted(stored.all(texts)) == sorted([FIRST, SECOND])


def test_an_invitation_used_elsewhere_offers_nothing(
    app: Flask, stored: Stored, sent: Visitor
) -> None:
    assert sent
    key = invite(stored.database, "changing", used_at=now())
    guest = Visitor(app, "changing")

    assert "change-answers" not in guest.get(f"/i/{key}/en/").text
    assert guest.post(f"/i/{key}/en/change-answers").status_code == 303


def test_an_address_that_was_given_stays_unless_another_is_written(
    visit: Visit, stored: Stored
) -> None:
    source = with_changing(with_mode("identified"), "named").replace(
        'type = "email"', 'type = "email"\nrequired = true', 1
    )
    with stored.database.transaction() as session:
        publish(session, source, published_at=now())
    visitor = visit("named", "en")
    visitor.send(answer_shop="Zwolle")
    assert "Leave this empty" not in visitor.page.text
    visitor.send(answer_email="anna@example.org")
    visitor.skip_all()
    visitor.submit()
    assert ("email", "given", None) in stored.said()

    press(visitor, "change-answers")
    visitor.go(f"/r/{visitor.key}/en/reach?check=1")
    assert "anna@example.org" not in visitor.page.text
    assert "Leave this empty to keep it as it was." in visitor.page.text
    assert 'aria-describedby="answer_email-given"' in visitor.page.text
    visitor.go(f"/r/{visitor.key}/nl/reach?check=1")
    assert "Laat dit leeg om het zo te houden." in visitor.page.text
    visitor.go(f"/r/{visitor.key}/en/reach?check=1")
    visitor.send(answer_email="")
    assert visitor.url.endswith("/check")
    visitor.go(f"/r/{visitor.key}/en/reach?check=1")
    assert visitor.send(answer_email="anna@").status_code == 422
    visitor.send(answer_email="anna@work.example")
    visitor.go(f"/r/{visitor.key}/en/reach?check=1")
    assert "Leave this empty" not in visitor.page.text
    visitor.go(f"/r/{visitor.key}/en/check")
    kept = str(stored.one(select(ResponseChange.said)))
    assert "work.example" not in kept
    visitor.submit()

    assert visitor.url.endswith("/thanks")
    assert ("email", "given", None) in stored.said()
    assert stored.one(select(func.count(Contact.id))) == 2


def test_a_response_that_staff_left_out_stays_so(sent: Visitor, stored: Stored) -> None:
    with stored.database.transaction() as session:
        session.execute(
            update(Response).values(state="excluded", excluded_because="test")
        )

    press(sent, "change-answers")
    rewrite(sent)
    sent.submit()

    assert (stored.one(select(Response.state)), words(stored)) == ("excluded", SECOND)
