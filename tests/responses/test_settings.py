"""What a questionnaire can set about its pages: where it begins, ends, and turns."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from survey_app.clock import now
from survey_app.questionnaires.service import publish
from survey_app.responses.drawing import _plain_page
from survey_app.responses.models import PageEvent, Response
from tests.responses.conftest import STANDARD
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor

CONSENT = """
[consent]
label = { nl = "Ik doe mee", en = "I take part" }
required = true
"""


@pytest.fixture
def set_up(visit: Callable[..., Visitor], stored: Stored) -> Callable[..., Visitor]:
    """A respondent of the standard questionnaire with other settings."""

    def publish_with(settings: str, *, more: str = "", lang: str = "en") -> Visitor:
        tables = f"\n[settings]\n{settings}\n{more}\n[title]"
        source = STANDARD.replace('id = "standard"', 'id = "other"', 1).replace(
            "\n[title]", tables, 1
        )
        with stored.database.transaction() as session:
            publish(session, source, published_at=now())
        return visit("other", lang)

    return publish_with


def count_responses(stored: Stored) -> int:
    return int(stored.one(select(func.count(Response.id))))


def test_an_intro_page_comes_before_the_first_question(
    set_up: Callable[..., Visitor], stored: Stored
) -> None:
    visitor = set_up("intro_page = true")
    assert "How did you find us?" not in visitor.page.text
    assert "Taking part is voluntary" in visitor.page.text

    visitor.send("lang:nl")
    assert count_responses(stored) == 0
    visitor.go("/q/other/nl/")
    visitor.send()

    assert visitor.url.endswith("/nl/found_us")
    assert "Hoe heeft u ons gevonden?" in visitor.page.text
    assert stored.said() == []


@pytest.mark.parametrize("begin", ["", "intro_page = true"], ids=["inline", "intro"])
def test_without_the_consent_asked_for_nothing_is_stored(
    set_up: Callable[..., Visitor], stored: Stored, begin: str
) -> None:
    visitor = set_up(begin, more=CONSENT)

    refused = visitor.send(answer_q1_found_us="event")
    later = visitor.post("/q/other/en/", token=visitor.token, action="save_later")

    assert (refused.status_code, later.status_code) == (422, 422)
    assert 'href="#consent"' in refused.text
    assert begin or 'value="event" checked' in refused.text
    assert count_responses(stored) == 0
    visitor.send(answer_q1_found_us="event", consent="1")
    assert stored.one(select(Response.consented_at)) is not None


def test_consent_that_is_only_asked_may_be_left_out(
    set_up: Callable[..., Visitor], stored: Stored
) -> None:
    more = CONSENT.replace("required = true", "")

    set_up("", more=more).send(answer_q1_found_us="event")

    assert stored.one(select(Response.consented_at)) is None


def test_without_a_check_page_the_last_page_sends(
    set_up: Callable[..., Visitor], stored: Stored
) -> None:
    visitor = set_up("check_answers = false")
    visitor.skip_to("why_us")
    assert "Send my answers" in visitor.page.text
    assert 'value="skip"' not in visitor.page.text

    visitor.send(answer_q8_why_us="x" * 4_001)
    assert stored.one(select(Response.state)) == "in_progress"
    visitor.send(answer_q8_why_us="Goede naam")

    assert visitor.url.endswith("/thanks")
    assert stored.one(select(Response.state)) == "submitted"
    assert stored.said() == [("q8_why_us", None, "Goede naam")]


def test_nothing_is_sent_by_a_button_that_does_not_say_so(
    visit: Callable[..., Visitor], stored: Stored
) -> None:
    """A last page whose own answer may still lead to another one."""
    late = STANDARD.replace('id = "standard"', 'id = "late"', 1).replace(
        "[thanks.title]", "[settings]\ncheck_answers = false\n\n[thanks.title]", 1
    )
    late += """
[[pages]]
id = "more"
show_if = { answered = "q8_why_us" }

[[pages.questions]]
id = "more"
type = "text_long"
title = { nl = "Nog iets?", en = "Anything else?" }
"""
    with stored.database.transaction() as session:
        publish(session, late, published_at=now())
    visitor = visit("late", "en")
    visitor.skip_to("why_us")
    assert "Send my answers" not in visitor.page.text

    visitor.send("skip")

    assert visitor.url.endswith("/check")
    assert stored.one(select(Response.state)) == "in_progress"


def test_where_nobody_may_go_back_a_page_is_done_once_it_was_sent(
    set_up: Callable[..., Visitor], stored: Stored
) -> None:
    visitor = set_up("allow_back = false")
    visitor.send(answer_q1_found_us="event")
    first = f"/r/{visitor.key}/en/found_us"
    assert 'value="back"' not in visitor.page.text

    shown = visitor.get(first)
    sent = visitor.post(first, token=visitor.token, answer_q1_found_us="advertising")

    assert shown.headers["Location"].endswith("/en/first_impression")
    assert sent.headers["Location"].endswith("/en/first_impression")
    assert stored.said() == [("q1_found_us", "event", None)]
    visitor.skip_all()
    assert "Change" not in visitor.page.text
    visitor.submit()
    assert visitor.url.endswith("/thanks")


def test_answers_can_be_read_after_sending_unless_that_is_off(
    set_up: Callable[..., Visitor],
) -> None:
    visitor = set_up("view_after_submit = false")
    visitor.send(detail_q1_found_us="een geheim")
    early = visitor.get(f"/r/{visitor.key}/en/answers")
    assert early.headers["Location"].endswith("/en/first_impression")
    visitor.skip_all()
    visitor.submit()

    answer = visitor.get(f"/r/{visitor.key}/en/answers")

    assert answer.headers["Location"].endswith("/thanks")
    assert "/answers" not in visitor.page.text


def test_pages_note_that_they_were_sent_and_with_what_result(
    set_up: Callable[..., Visitor], stored: Stored
) -> None:
    visitor = set_up("")
    visitor.send(answer_q1_found_us="telepathy")
    visitor.send()
    visitor.get(visitor.url)

    events = stored.all(select(PageEvent).order_by(PageEvent.id))

    assert [(event.page_id, event.kind) for event in events] == [
        ("found_us", "error"),
        ("found_us", "saved"),
    ]
    assert all(event.seconds is not None for event in events)
    assert stored.one(select(Response.last_page_id)) == "found_us"


def test_who_skipped_everything_goes_on_after_the_last_page_sent(
    set_up: Callable[..., Visitor],
) -> None:
    visitor = set_up("")
    visitor.send("skip")
    visitor.send("skip")

    answer = visitor.get(f"/r/{visitor.key}/en/")

    assert answer.headers["Location"].endswith("/en/found_what")


def test_pages_with_earlier_answers_are_drawn_once_all_the_same(
    visit: Callable[..., Visitor], stored: Stored
) -> None:
    piped = STANDARD.replace('id = "standard"', 'id = "piped"', 1).replace(
        'title = { nl = "Heeft u gevonden wat u zocht?"',
        'title = { nl = "Na {q2_first_impression|niets}: gevonden?"',
    )
    with stored.database.transaction() as session:
        publish(session, piped, published_at=now())
    pages = []

    for words in ("Mooi", "Druk"):
        visitor = visit("piped", "nl")
        visitor.send()
        drawn = _plain_page.cache_info().misses
        pages.append(visitor.send(answer_q2_first_impression=words) and visitor.page)

    assert ["Na Mooi: gevonden?" in pages[0].text, "Na Druk" in pages[1].text] == [
        True,
        True,
    ]
    assert _plain_page.cache_info().misses == drawn


def test_earlier_answers_stand_in_later_texts_unharmed(
    visit: Callable[..., Visitor], stored: Stored
) -> None:
    piped = STANDARD.replace('id = "standard"', 'id = "piped"', 1).replace(
        'title = { nl = "Hoe kunnen wij kopen makkelijker maken?"',
        'title = { nl = "U schreef {q2_first_impression|niets}: en nu?"',
    )
    with stored.database.transaction() as session:
        publish(session, piped, published_at=now())

    pages = []
    for words in ("<b>{{7*7}}</b> & {q1_found_us|x}", None):
        visitor = visit("piped", "nl")
        visitor.send()
        visitor.send(answer_q2_first_impression=words or "")
        pages.append(visitor.skip_to("simpler").text)

    title = "U schreef &lt;b&gt;{{7*7}}&lt;/b&gt; &amp; {q1_found_us|x}: en nu?"
    assert title in pages[0]
    assert "U schreef niets: en nu?" in pages[1]
