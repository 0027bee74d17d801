"""The respondent's addresses: what each does, and what it never does."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from survey_app import create_app
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.keys import key_hash
from survey_app.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    Wave,
)
from survey_app.questionnaires.service import publish
from survey_app.responses import form_tokens
from survey_app.responses.form_tokens import FormToken
from survey_app.responses.models import Answer, Response
from tests.questionnaires.builders import EVERY_KIND
from tests.responses.conftest import STANDARD
from tests.responses.stored import Stored, take_off_the_guard
from tests.responses.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.mark.parametrize(
    ("asked", "given"),
    [("en-GB,en", "en"), ("nl", "nl"), ("fr", "nl"), ("\x7f;;q=x", "nl"), ("", "nl")],
)
def test_slug_alone_leads_to_the_language_of_the_browser(
    visit: Visit, asked: str, given: str
) -> None:
    answer = visit().get("/q/standard", Accept_Language=asked)

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/q/standard/{given}/"


def test_first_page_makes_nothing_and_sets_no_cookie(
    visit: Visit, stored: Stored
) -> None:
    page = visit().page

    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert "Hoe heeft u ons gevonden?" in page.text
    assert "Schroef &amp; Plank" in page.text
    assert stored.one(select(func.count(Response.id))) == 0


def test_browsers_may_keep_the_first_page_to_go_back_to(visit: Visit) -> None:
    page = visit().page

    assert page.headers["Cache-Control"] == "private, no-cache"


def test_pages_of_a_response_stay_out_of_caches_logs_and_search_engines(
    visit: Visit,
) -> None:
    visitor = visit()
    visitor.send()

    assert visitor.page.headers["Referrer-Policy"] == "no-referrer"
    assert visitor.page.headers["Cache-Control"] == "no-store"
    assert visitor.page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in visitor.page.headers


def test_whole_journey_stores_what_was_said(visit: Visit, stored: Stored) -> None:
    visitor = visit()
    visitor.send(
        answer_q1_found_us="word_of_mouth", detail_q1_found_us="Mijn zwager\r\nPiet"
    )
    visitor.send(answer_q2_first_impression="  Rustig en duidelijk ")
    visitor.skip_to("bought")
    visitor.send(answer_q6_bought="not_bought")
    assert "Wat gaf de doorslag om niet te kopen?" in visitor.page.text
    visitor.skip_all()
    answer = visitor.submit()

    assert answer.status_code == 303
    assert visitor.url.endswith("/thanks")
    response = stored.one(select(Response))
    assert response.receipt is not None
    assert response.receipt in visitor.page.text
    assert response.state == "submitted"
    assert response.resume_key_hash == key_hash(visitor.key)
    assert stored.said() == [
        ("q1_found_us", "word_of_mouth", "Mijn zwager\nPiet"),
        ("q2_first_impression", None, "Rustig en duidelijk"),
        ("q6_bought", "not_bought", None),
    ]
    roles = stored.all(select(Answer.role).order_by(Answer.question_id))
    assert roles == ["found_us", "website_experience", None]


def test_thanks_page_shows_no_answers(visit: Visit) -> None:
    visitor = visit()
    visitor.send(detail_q1_found_us="een geheim")
    visitor.skip_all()
    assert "een geheim" in visitor.page.text

    visitor.submit()

    assert "een geheim" not in visitor.page.text


def test_back_saves_and_goes_back(visit: Visit) -> None:
    visitor = visit()
    visitor.send()
    visitor.send("back", answer_q2_first_impression="Mooi")
    assert visitor.url.endswith("/nl/found_us")

    visitor.send()

    assert "Mooi</textarea>" in visitor.page.text


def test_switching_language_keeps_what_was_typed(visit: Visit) -> None:
    visitor = visit()
    visitor.send()

    visitor.send("lang:en", answer_q2_first_impression="Mooi & rustig")

    assert visitor.url.endswith("/en/first_impression")
    assert "What was your first impression of our website?" in visitor.page.text
    assert "Mooi &amp; rustig</textarea>" in visitor.page.text


def test_switching_language_on_the_first_page_makes_no_response(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit()
    fields = {
        "token": visitor.token,
        "detail_q1_found_us": "zwager",
        "action": "lang:en",
    }

    there = visitor.post("/q/standard/nl/", **fields)
    page = visitor.post(there.headers["Location"], **fields)  # as 307 asks of browsers

    assert (there.status_code, there.headers["Location"]) == (307, "/q/standard/en/")
    assert page.status_code == 200
    assert "How did you find us?" in page.text
    assert "zwager</textarea>" in page.text
    assert stored.one(select(func.count(Response.id))) == 0


def test_skipping_takes_an_answer_back(visit: Visit, stored: Stored) -> None:
    visitor = visit()
    visitor.send(answer_q1_found_us="event")
    visitor.send("back")

    visitor.send("skip", answer_q1_found_us="event")

    assert stored.said() == []


def test_save_later_shows_the_link_that_goes_on(visit: Visit) -> None:
    visitor = visit()
    visitor.send(answer_q1_found_us="event")

    visitor.send("save_later", answer_q2_first_impression="Later meer")
    link = f"http://localhost/r/{visitor.key}/nl/"
    assert visitor.url.endswith("/saved")
    assert f'value="{link}"' in visitor.page.text

    assert visitor.get(link).headers["Location"].endswith("/nl/found_what")


def test_key_works_as_someone_reads_it_aloud(visit: Visit) -> None:
    visitor = visit()
    visitor.send()
    misread = visitor.key.upper().replace("0", "O").replace("1", "L")

    assert visitor.get(f"/r/{misread}/nl/first_impression").status_code == 200


def test_correcting_from_the_check_page_leads_back_to_it(visit: Visit) -> None:
    visitor = visit()
    visitor.skip_all()
    visitor.go(f"/r/{visitor.key}/nl/simpler?check=1")

    visitor.send(answer_q7_simpler="Minder klikken")

    assert visitor.url.endswith("/check")
    assert "Minder klikken" in visitor.page.text


def test_page_that_does_not_exist_leads_to_where_one_was(visit: Visit) -> None:
    visitor = visit()
    visitor.send(answer_q1_found_us="event")

    answer = visitor.get(f"/r/{visitor.key}/nl/nonsense")

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/nl/first_impression")


def test_page_after_a_required_question_is_out_of_reach(visit: Visit) -> None:
    visitor = visit("every_kind")
    visitor.send("save_later")

    answer = visitor.get(f"/r/{visitor.key}/nl/ease")

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/nl/name")


def test_page_off_the_path_leads_to_where_one_was(visit: Visit) -> None:
    visitor = visit("every_kind")
    visitor.send(answer_shop="Zwolle")

    answer = visitor.get(f"/r/{visitor.key}/nl/returning")

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/nl/channels")


@pytest.mark.parametrize("path", ["/q/standard/fr/", "/q/standard/fr/privacy"])
def test_unknown_language_leads_to_the_default_one(visit: Visit, path: str) -> None:
    answer = visit().get(path)

    assert answer.status_code == 302
    assert answer.headers["Location"] == path.replace("/fr/", "/nl/")


def test_unknown_questionnaire_is_not_found(visit: Visit) -> None:
    answer = visit().get("/q/nothing/en/")

    assert answer.status_code == 404
    assert "This questionnaire does not exist" in answer.text


def test_retired_questionnaire_is_gone(visit: Visit, stored: Stored) -> None:
    visitor = visit()
    stored.change("standard", state="retired")

    assert visitor.get("/q/standard/en/").status_code == 410


def test_draft_is_not_found(visit: Visit, stored: Stored) -> None:
    visitor = visit()
    stored.change("standard", state="draft")

    assert visitor.get("/q/standard/en/").status_code == 404


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"opens_at": now() + timedelta(days=3)}, "not open yet"),
        ({"closes_at": now() - timedelta(days=3)}, "closed on"),
        ({"state": "closed"}, "no longer taken in"),
    ],
    ids=["early", "late", "closed"],
)
def test_closed_questionnaire_says_so_and_starts_nothing(
    visit: Visit, stored: Stored, columns: dict[str, object], words: str
) -> None:
    visitor = visit(language="en")
    stored.change("standard", **columns)

    page = visitor.get("/q/standard/en/")
    sent = visitor.post("/q/standard/en/", token=visitor.token)

    assert (page.status_code, sent.status_code) == (200, 409)
    assert words in page.text
    assert stored.one(select(func.count(Response.id))) == 0


def test_who_started_before_closing_may_finish(visit: Visit, stored: Stored) -> None:
    visitor = visit()
    visitor.send()
    stored.change("standard", closes_at=now() - timedelta(hours=47))

    visitor.skip_all()

    assert visitor.submit().status_code == 303


def test_post_long_after_closing_gives_the_typed_text_back(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit()
    visitor.send()
    stored.change("standard", closes_at=now() - timedelta(hours=49))

    answer = visitor.send(answer_q2_first_impression="Een heel verhaal")

    assert answer.status_code == 409
    assert "Een heel verhaal" in answer.text


@pytest.mark.parametrize("path", ["", "first_impression", "check", "thanks", "saved"])
def test_unknown_key_is_not_found(visit: Visit, path: str) -> None:
    answer = visit().get(f"/r/0123456789abcdefghjkmnpqrs/en/{path}")

    assert answer.status_code == 404
    assert "We do not know this link" in answer.text


@pytest.mark.parametrize("token", ["", "made.up", None])
def test_first_page_without_our_token_keeps_the_text(
    visit: Visit, stored: Stored, token: str | None
) -> None:
    visitor = visit()
    fields = {} if token is None else {"token": token}

    visitor.page = visitor.post(
        visitor.url, detail_q1_found_us="zwager", action="next", **fields
    )

    assert visitor.page.status_code == 400
    assert "zwager</textarea>" in visitor.page.text
    assert stored.one(select(func.count(Response.id))) == 0
    assert visitor.send(detail_q1_found_us="zwager").status_code == 303


def test_token_of_another_response_is_refused_with_the_text_kept(
    visit: Visit, stored: Stored
) -> None:
    other, visitor = visit(), visit()
    other.send()
    visitor.send()

    visitor.page = visitor.post(
        visitor.url, token=other.token, answer_q2_first_impression="Mooi"
    )

    assert visitor.page.status_code == 400
    assert "Mooi</textarea>" in visitor.page.text
    assert stored.said() == []
    assert visitor.send(answer_q2_first_impression="Mooi").status_code == 303


def test_expired_token_asks_to_send_again(
    visit: Visit, stored: Stored, settings: Settings
) -> None:
    visitor = visit()
    visitor.send()
    response = stored.one(select(Response))
    old = FormToken(
        subject=str(response.id),
        page_id="first_impression",
        version_id=response.version_id,
        issued_at=now() - timedelta(days=31),
    )

    visitor.page = visitor.post(
        visitor.url,
        token=form_tokens.sign(old, settings.secret_key),
        answer_q2_first_impression="Mooi",
    )

    assert visitor.page.status_code == 200
    assert "Mooi</textarea>" in visitor.page.text
    assert visitor.send(answer_q2_first_impression="Mooi").status_code == 303
    assert stored.said() == [("q2_first_impression", None, "Mooi")]


def test_expired_token_on_the_first_page_asks_to_send_again(
    visit: Visit, stored: Stored, settings: Settings
) -> None:
    visitor = visit()
    version = stored.one(
        select(Questionnaire.active_version_id).where(Questionnaire.slug == "standard")
    )
    old = FormToken(
        subject=f"{form_tokens.NEW}nonce",
        page_id="found_us",
        version_id=version or 0,
        issued_at=now() - timedelta(days=31),
    )

    visitor.page = visitor.post(
        visitor.url,
        token=form_tokens.sign(old, settings.secret_key),
        detail_q1_found_us="zwager",
    )

    assert visitor.page.status_code == 200
    assert "zwager</textarea>" in visitor.page.text
    assert stored.one(select(func.count(Response.id))) == 0


def test_body_over_64_kib_is_too_large(visit: Visit, stored: Stored) -> None:
    visitor = visit()
    visitor.send()

    answer = visitor.post(
        visitor.url, token=visitor.token, answer_q2_first_impression="x" * 65_536
    )

    assert answer.status_code == 413
    assert stored.said() == []


def test_text_that_is_too_long_is_kept_and_counted(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit(language="en")
    visitor.send()
    text = "x" * 4_000 + "👍🏽"

    answer = visitor.send(answer_q2_first_impression=text)

    assert answer.status_code == 422
    assert "4,001 characters; there is room for 4,000" in answer.text
    assert f"{text}</textarea>" in answer.text
    assert 'href="#answer_q2_first_impression"' in answer.text
    assert stored.said() == [("q2_first_impression", None, text)]


def test_what_is_invalid_cannot_be_submitted(visit: Visit, stored: Stored) -> None:
    visitor = visit(language="en")
    visitor.send()
    visitor.send(answer_q2_first_impression="x" * 4_001)
    visitor.go(f"/r/{visitor.key}/en/check")

    visitor.submit()

    assert visitor.url.endswith("/en/first_impression?check=1")
    assert "4,001 characters" in visitor.page.text
    assert stored.one(select(Response.state)) == "in_progress"


def test_required_question_cannot_be_left_out(visit: Visit) -> None:
    visitor = visit("every_kind", "en")

    answer = visitor.send()

    assert answer.status_code == 422
    assert "Answer this question to go on." in answer.text
    assert 'value="skip"' not in answer.text


def test_an_answer_that_was_not_offered_is_refused(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit()

    answer = visitor.send(answer_q1_found_us="telepathy")

    assert answer.status_code == 422
    assert stored.said() == []


def test_exclusive_answer_excludes_the_others(visit: Visit, stored: Stored) -> None:
    visitor = visit("every_kind", "en")
    visitor.send(answer_shop="Zwolle")

    answer = visitor.send(answer_channels=["nowhere", "shop"])

    assert answer.status_code == 422
    assert "Choose either “Nowhere” or “Shop”, not both." in answer.text
    visitor.send(answer_channels=["site", "shop"])
    assert stored.said()[:2] == [("channels", "shop", None), ("channels", "site", None)]


@pytest.mark.parametrize(
    ("typed", "status", "code"),
    [("12,50", 303, "12.5"), ("twaalf", 422, None), ("-1", 422, "-1"), ("", 303, None)],
)
def test_numbers_are_read_as_they_are_typed(
    visit: Visit, stored: Stored, typed: str, status: int, code: str | None
) -> None:
    visitor = visit("every_kind", "en")
    visitor.send(answer_shop="Zwolle")
    visitor.send()
    visitor.send(answer_returned="yes")

    answer = visitor.send(answer_days=typed)

    assert answer.status_code == status
    codes = {question: said for question, said, _text in stored.said()}
    assert codes.get("days") == code


def test_answers_off_the_path_come_back_with_it_and_go_at_submit(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit("every_kind")
    visitor.send(answer_shop="Zwolle")
    visitor.send()
    visitor.send(answer_returned="yes")
    visitor.send(answer_how_returned="Vlot", answer_days="3")
    off_path = select(Answer.question_id).where(~Answer.on_path).order_by(Answer.id)

    def answer_returned(code: str) -> None:
        visitor.go(f"/r/{visitor.key}/nl/returned")
        visitor.send(answer_returned=code)

    answer_returned("no")
    assert stored.all(off_path) == ["how_returned", "days"]
    assert "Vlot" not in visitor.go(f"/r/{visitor.key}/nl/check").text
    answer_returned("yes")
    assert stored.all(off_path) == []
    assert "Vlot</textarea>" in visitor.page.text
    answer_returned("no")
    visitor.skip_all()
    visitor.submit()

    assert {row[0] for row in stored.said()} == {"shop", "returned"}


def test_double_click_on_the_first_page_makes_one_response(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit()
    fields = {"token": visitor.token, "answer_q1_found_us": "event"}

    first = visitor.post(visitor.url, **fields)
    second = visitor.post(visitor.url, **fields)

    assert first.headers["Location"] == second.headers["Location"]
    assert stored.one(select(func.count(Response.id))) == 1


def test_first_page_again_after_submitting_says_it_was_received(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit(language="en")
    token = visitor.token
    visitor.skip_all()
    visitor.submit()

    answer = visitor.post("/q/standard/en/", token=token)

    assert answer.status_code == 200
    assert "already received" in answer.text
    assert 'href="/q/standard/en/"' in answer.text
    assert stored.one(select(func.count(Response.id))) == 1


def test_after_submitting_every_page_is_the_thanks_page(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit()
    visitor.send(answer_q1_found_us="event")
    page, url = visitor.token, visitor.url
    visitor.skip_all()
    check = visitor.token
    visitor.submit()
    thanks = visitor.url
    receipt = stored.one(select(Response.receipt))

    again = [
        visitor.get(url),
        visitor.get(f"/r/{visitor.key}/nl/check"),
        visitor.get(f"/r/{visitor.key}/nl/"),
        visitor.post(url, token=page, answer_q2_first_impression="te laat"),
        visitor.post(f"/r/{visitor.key}/nl/submit", token=check),
    ]

    assert {answer.headers["Location"] for answer in again} == {thanks}
    assert stored.one(select(Response.receipt)) == receipt
    assert stored.said() == [("q1_found_us", "event", None)]


def test_thanks_before_submitting_leads_back(visit: Visit) -> None:
    visitor = visit()
    visitor.send(answer_q1_found_us="event")

    answer = visitor.get(f"/r/{visitor.key}/nl/thanks")

    assert answer.headers["Location"].endswith("/nl/first_impression")


def test_submit_without_our_token_submits_nothing(visit: Visit, stored: Stored) -> None:
    visitor = visit()
    visitor.skip_all()

    visitor.page = visitor.post(f"/r/{visitor.key}/nl/submit")

    assert visitor.page.status_code == 400
    assert stored.one(select(Response.state)) == "in_progress"
    assert visitor.submit().status_code == 303


def test_two_windows_on_different_questions_both_count(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit()
    visitor.skip_to("time_on_site")
    first = visitor.token

    visitor.post(visitor.url, token=first, answer_q5_time_on_site="5_15")
    visitor.post(visitor.url, token=first, answer_q5_time_felt="right")

    assert stored.said() == [
        ("q5_time_felt", "right", None),
        ("q5_time_on_site", "5_15", None),
    ]


@pytest.mark.parametrize(
    ("action", "kept"), [("next", "Druk"), ("stored", "Rustig")], ids=["mine", "other"]
)
def test_two_windows_on_one_question_ask_which_to_keep(
    visit: Visit, stored: Stored, action: str, kept: str
) -> None:
    visitor = visit()
    visitor.send()
    before = visitor.token
    visitor.post(visitor.url, token=before, answer_q2_first_impression="Rustig")

    visitor.page = visitor.post(
        visitor.url, token=before, answer_q2_first_impression="Druk"
    )
    assert visitor.page.status_code == 409
    assert "Rustig</span>" in visitor.page.text
    assert "Druk</textarea>" in visitor.page.text
    assert stored.said() == [("q2_first_impression", None, "Rustig")]

    visitor.send(action, answer_q2_first_impression="Druk")

    assert visitor.url.endswith("/found_what")
    assert stored.said() == [("q2_first_impression", None, kept)]


def test_respondent_finishes_the_version_that_was_started(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit()
    newer = STANDARD.replace('"1.0.0"', '"1.1.0"').replace("eerste indruk", "2e indruk")
    with stored.database.transaction() as session:
        publish(session, newer, published_at=now())

    visitor.send()

    assert "eerste indruk" in visitor.page.text
    version = stored.one(
        select(QuestionnaireVersion.version).join(
            Response, Response.version_id == QuestionnaireVersion.id
        )
    )
    assert version == "1.0.0"
    assert "2e indruk" not in visitor.get("/q/standard/nl/").text


def test_version_that_was_tampered_with_is_not_shown(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit()
    source = EVERY_KIND.replace('"1.0.0"', '"6.6.6"')
    with stored.database.transaction() as session:
        version = publish(session, source, published_at=now())
        take_off_the_guard(session)
        version.source = source.replace("Welke", "Welk")
        version.content_hash = "f" * 64

    answer = visitor.get("/q/every_kind/en/")

    assert answer.status_code == 409
    assert "cannot be shown now" in answer.text


def test_response_belongs_to_the_wave_that_runs(visit: Visit, stored: Stored) -> None:
    with stored.database.transaction() as session:
        wave = session.scalars(select(Wave)).one()
        wave.starts_on, wave.ends_on = date(2000, 1, 1), None
        wave_id = wave.id

    visit().send()

    assert stored.one(select(Response.wave_id)) == wave_id


def test_privacy_page_speaks_both_languages(visit: Visit) -> None:
    visitor = visit()

    pages = [visitor.get(f"/q/standard/{lang}/privacy").text for lang in ("nl", "en")]

    assert "<h2>Waarom wij dit vragen</h2>" in pages[0]
    assert "<h2>Why we ask</h2>" in pages[1]


def test_wrong_methods_change_nothing(visit: Visit, stored: Stored) -> None:
    visitor = visit()
    client = visitor._client  # noqa: SLF001 - for methods that no visitor uses

    assert client.head("/q/standard/nl/").status_code == 200
    assert client.options("/q/standard/nl/").status_code == 200
    assert client.put("/q/standard/nl/").status_code == 405
    assert stored.one(select(func.count(Response.id))) == 0


def test_no_cookie_token_is_asked_of_respondents(
    settings: Settings,
    published: None,  # noqa: ARG001 - it is there
) -> None:
    app = create_app(settings)  # with the protection of staff forms switched on
    visitor = Visitor(app)

    answer = visitor.send(answer_q1_found_us="event")

    assert answer.status_code == 303
    app.extensions["database"].dispose()
