"""The pages of the keeper, as a browser without JavaScript uses them."""

import io
import tomllib
from dataclasses import replace
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app import create_app
from survey_app.accounts.models import AuditEntry
from survey_app.config import Settings
from survey_app.questionnaires.editing.parts import each_question
from survey_app.questionnaires.models import (
    Improvement,
    Questionnaire,
    QuestionnaireDraft,
    Wave,
)
from survey_app.questionnaires.shelf import shipped_question_sets
from tests.factories import STANDARD, make_response, make_version, make_wave
from tests.questionnaires.builders import EVERY_TYPE
from tests.questionnaires.keeping import (
    STAFF,
    action_of,
    form_on,
    make_draft,
    send,
    source_of,
    stored,
)
from tests.staff_visits import counted_statements, sign_in

ODD_QUESTION = """
[[pages]]
[[pages.questions]]
type = 3
title = "x"
options = "y"
id = 4
points = [9, "a", 3]
analysis = 1
detail = 2
variants = "z"
required = "ja"
"""
ODD_OPTIONS = """
[[pages]]
[[pages.questions]]
type = "choice"
options = [{ label = "x", touchpoints = "y" }, { code = 5, detail = 3 }]
[[pages.questions.variants]]
when = { and = 3 }
title = { nl = 5, fr = "x" }
"""
BROKEN = (
    "",
    "= nonsense",
    "pages = 3",
    'pages = ["x"]\ntitle = 5\nlanguages = "nl"\nsettings = 1\nthanks = []',
    '[[pages]]\nquestions = "x"\nshow_if = 3',
    ODD_QUESTION,
    ODD_OPTIONS,
    '[[pages]]\n[[pages.questions]]\ntype = "matrix"\nrows = [{}]\npoints = [1, 900]',
)


# Its answers have no options to choose from; the page after it is fine.
BARE_MATRIX = """
languages = ["en"]
title = { en = "Shops" }
notice = { en = "Who asks, and why." }
privacy = { en = "What we keep." }
[[pages]]
id = "one"
[[pages.questions]]
id = "shops"
type = "matrix"
title = { en = "How were the shops?" }
rows = [{ code = "zwolle", label = { en = "Zwolle" } }]
[[pages]]
id = "two"
[[pages.questions]]
id = "else"
type = "text_long"
title = { en = "Anything else?" }
"""


@pytest.fixture
def keeper(app: Flask, session: Session) -> FlaskClient:
    return sign_in(app, session, "researcher")


def pages_of(source: str) -> list[str]:
    """The pages of the editor that have a form, below the address of the draft."""
    data = tomllib.loads(source)
    questions = [
        f"pages/{place.page}/questions/{place.question}"
        for place, _ in each_question(data)
    ]
    pages = [f"pages/{number}" for number in range(1, len(data["pages"]) + 1)]
    return [*questions, *pages, "texts", "settings", "source"]


def publish_from(client: FlaskClient, draft_id: int, version: str = "1.0.0") -> str:
    """Confirm the page of publishing; where it leads to."""
    address = f"{STAFF}drafts/{draft_id}/publish"
    page = send(client, address, version=version)
    assert page.status_code == HTTPStatus.FOUND, page.text
    return str(page.location)


def test_an_empty_list_teaches_and_offers_what_is_ready(keeper: FlaskClient) -> None:
    page = keeper.get(STAFF)

    assert "Nothing is asked yet" in page.text
    for shipped in shipped_question_sets().values():
        assert shipped.question_set.title["en"] in page.text


def test_from_what_is_ready_to_published_in_three_steps(
    keeper: FlaskClient, session: Session
) -> None:
    draft = keeper.post(
        f"{STAFF}drafts/new", data={"start": "shipped", "shipped": "standard_v1"}
    )
    assert draft.location.startswith(f"{STAFF}drafts/")
    draft_id = int(draft.location.strip("/").rpartition("/")[2])

    assert publish_from(keeper, draft_id) == f"{STAFF}standard/"

    assert keeper.get("/q/standard/nl/").status_code == HTTPStatus.OK
    assert session.scalars(select(QuestionnaireDraft)).all() == []
    assert stored(session, AuditEntry.action, AuditEntry.subject) == (
        "questionnaire_published",
        "standard",
    )


def test_an_empty_start_becomes_a_questionnaire_at_an_address_of_its_own(
    keeper: FlaskClient,
) -> None:
    missing = keeper.post(f"{STAFF}drafts/new", data={"start": "blank", "title": " "})
    started = keeper.post(
        f"{STAFF}drafts/new", data={"start": "blank", "title": "Na uw bezoek!"}
    )

    assert missing.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    draft_id = int(started.location.strip("/").rpartition("/")[2])
    assert publish_from(keeper, draft_id) == f"{STAFF}na_uw_bezoek/"


def test_a_copy_gets_a_free_address(keeper: FlaskClient, session: Session) -> None:
    slug = make_version(session).questionnaire.slug
    session.commit()

    for number in (1, 2):
        copied = keeper.post(f"{STAFF}drafts/new", data={"start": "copy", "copy": slug})
        draft_id = int(copied.location.strip("/").rpartition("/")[2])
        expected = "standard" if number == 1 else "standard_2"
        assert tomllib.loads(source_of(session, draft_id))["id"] == expected


def test_a_file_with_mistakes_opens_in_the_editor(keeper: FlaskClient) -> None:
    upload = {"start": "file", "file": (io.BytesIO(b'id = "x"\ntitle = 3'), "my.toml")}
    started = keeper.post(f"{STAFF}drafts/new", data=upload)
    odd = {"start": "file", "file": (io.BytesIO(b"\xff\xfe\x00"), "my.toml")}

    assert "things to put right" in keeper.get(started.location).text
    assert keeper.post(f"{STAFF}drafts/new", data=odd).status_code == 422


def test_a_large_file_is_welcome_up_to_its_limit(keeper: FlaskClient) -> None:
    long = STANDARD + "# x" * 40_000
    accepted = keeper.post(f"{STAFF}drafts/validate", data={"source": long})
    refused = keeper.post(f"{STAFF}drafts/validate", data={"source": "x" * 1_200_000})

    assert accepted.status_code == HTTPStatus.OK
    assert refused.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_checking_a_text_names_every_mistake_and_keeps_nothing(
    keeper: FlaskClient, session: Session
) -> None:
    source = STANDARD.replace('"text_long"', '"essay"')
    page = keeper.post(f"{STAFF}drafts/validate", data={"source": source})

    assert page.text.count("E_UNKNOWN_TYPE") == source.count('"essay"')
    assert (
        "Nothing is wrong"
        in send(keeper, f"{STAFF}drafts/validate", source=STANDARD).text
    )
    assert session.scalars(select(QuestionnaireDraft)).all() == []


@pytest.mark.parametrize("source", [STANDARD, EVERY_TYPE], ids=["standard", "every"])
def test_saving_what_is_shown_changes_nothing(
    keeper: FlaskClient, session: Session, source: str
) -> None:
    draft = make_draft(session, source)
    address = f"{STAFF}drafts/{draft}/"

    for part in pages_of(source):
        page = send(keeper, f"{address}{part}")
        assert page.status_code == HTTPStatus.FOUND, part
        assert source_of(session, draft) == source, part


def test_each_property_of_a_question_can_be_changed(
    keeper: FlaskClient, session: Session
) -> None:
    draft = make_draft(session)
    address = f"{STAFF}drafts/{draft}/pages/1/questions/1"

    send(keeper, address, title__nl="Hoe kwam u bij ons?", required="1", trait="entry")
    send(keeper, address, hint__nl="", options__0__label__nl="Via Google")
    send(keeper, address, options__9__exclusive="1", options__0__touchpoints="website")
    send(keeper, address, "down:options:0")
    send(keeper, address, "remove:options:10")
    send(keeper, address, "add:options")
    send(keeper, address, options__10__label__nl="TV", options__10__label__en="On TV")
    send(keeper, address, detail__where="option:other", detail__max_length="200")
    send(keeper, address, analysis__role="why_us", analysis__phase="buy")
    send(keeper, address, "add:variants")
    send(keeper, address, "add_row:variants.0.when")
    send(
        keeper, address, variants__0__title__nl="Anders", variants__0__title__en="Else"
    )

    question = tomllib.loads(source_of(session, draft))["pages"][0]["questions"][0]
    assert question["title"]["nl"] == "Hoe kwam u bij ons?"
    assert question["hint"] == {"en": "Choose what fits best."}
    assert (question["required"], question["trait"]) == (True, "entry")
    codes = [option["code"] for option in question["options"]]
    assert codes[:2] == ["social_media", "search_engine"]
    assert codes[-2:] == ["other", "on_tv"]
    assert question["options"][1]["label"]["nl"] == "Via Google"
    assert question["options"][1]["touchpoints"] == ["website"]
    assert question["options"][9]["exclusive"] is True
    assert question["options"][9]["detail"]["max_length"] == 200
    assert "detail" not in question
    assert question["analysis"]["role"] == "why_us"
    assert question["variants"][0]["title"] == {"nl": "Anders", "en": "Else"}
    assert "# 2 ------" in source_of(session, draft)


def test_a_rule_is_made_in_rows(keeper: FlaskClient, session: Session) -> None:
    draft = make_draft(session)
    address = f"{STAFF}drafts/{draft}/pages/8"

    send(keeper, address, "add_row:show_if")
    send(keeper, address, show_if__0__asked="q6_bought")
    send(keeper, address, show_if__0__value="not_yet", number="7", title__nl="Kop")

    page = tomllib.loads(source_of(session, draft))["pages"][7]
    assert page["show_if"] == {"eq": [{"answer": "q6_bought"}, "not_yet"]}
    assert (page["number"], page["title"]) == (7, {"nl": "Kop"})
    send(keeper, address, "remove_row:show_if:0")
    assert "show_if" not in tomllib.loads(source_of(session, draft))["pages"][7]


def test_texts_and_settings_are_changed(keeper: FlaskClient, session: Session) -> None:
    draft = make_draft(session)
    address = f"{STAFF}drafts/{draft}/"

    send(keeper, f"{address}texts", title__nl="Uw mening", organisation__nl="S & P")
    send(keeper, f"{address}texts", consent__asked="required", thanks__text__nl="Dank")
    send(keeper, f"{address}texts", consent__label__nl="Ja", consent__label__en="Yes")
    send(keeper, f"{address}settings", settings__layout="question_per_page")
    send(keeper, f"{address}settings", settings__min_group="8", settings__ask_back="1")
    send(keeper, f"{address}settings", settings__retention__completed_days="365")

    send(keeper, f"{address}settings", settings__edit_after_submit="1")
    send(keeper, f"{address}settings", settings__retention__max_days="900")

    data = tomllib.loads(source_of(session, draft))
    assert data["title"]["nl"] == "Uw mening"
    assert "touchpoints" not in data
    assert data["consent"] == {"label": {"nl": "Ja", "en": "Yes"}, "required": True}
    assert data["settings"] == {
        "layout": "question_per_page",
        "min_group": 8,
        "ask_back": True,
        "edit_after_submit": True,
        "retention": {"completed_days": 365, "max_days": 900},
    }


def test_settings_that_cannot_be_kept_together_are_told_at_their_boxes(
    keeper: FlaskClient, session: Session
) -> None:
    wrong = 'touchpoints = "own_shop"\nid = "standard"'
    tables = (
        "\n[settings]\nedit_after_submit = true\nallow_back = false\n"
        "retention = { max_days = 10 }\n\n[title]"
    )
    source = STANDARD.replace('id = "standard"', wrong, 1)
    draft = make_draft(session, source.replace("\n[title]", tables, 1))
    address = f"{STAFF}drafts/{draft}/settings"

    page = keeper.get(address).text

    for box in ("touchpoints", "settings.edit_after_submit"):
        assert f'id="{box}-error"' in page
    assert 'id="settings.retention.max_days-error"' in page
    send(keeper, address, settings__retention__max_days="")
    said = source_of(session, draft)
    assert tomllib.loads(said)["touchpoints"] == "standard"
    assert "max_days" not in said


def test_the_outline_adds_moves_copies_and_deletes(
    keeper: FlaskClient, session: Session
) -> None:
    draft = make_draft(session)
    address = f"{STAFF}drafts/{draft}/"

    def press(action: str) -> str:
        form = form_on(keeper.get(address), 0, action=action)
        return str(keeper.post(address, data=form).location)

    assert press("add:page") == f"{address}pages/10/questions/1"
    assert press("add:question:1") == f"{address}pages/1/questions/2"
    press("up:pages:1")
    press("copy:pages.3:0")
    press("move:pages.3:1")
    press("remove:pages.1:0")
    pages = tomllib.loads(source_of(session, draft))["pages"]
    assert [page["id"] for page in pages[:4]] == [
        *("first_impression", "found_us", "found_what", "page_2"),
    ]
    assert pages[0]["questions"] == []


def test_problems_stand_beside_the_field_and_nothing_is_lost(
    keeper: FlaskClient, session: Session
) -> None:
    draft = make_draft(session)
    address = f"{STAFF}drafts/{draft}/pages/2/questions/1"

    send(keeper, address, title__en="", max_length="veel")

    page = keeper.get(address).text
    assert 'id="title.en-error"' in page
    assert 'id="max_length-error"' in page
    assert 'value="veel"' in page
    publish = keeper.get(f"{STAFF}drafts/{draft}/publish").text
    assert f"{address}#title.en" in publish
    assert "Publish</button>" not in publish


@pytest.mark.parametrize("source", BROKEN)
def test_a_draft_may_be_anything(
    keeper: FlaskClient, session: Session, source: str
) -> None:
    draft = make_draft(session, source)
    address = f"{STAFF}drafts/{draft}/"

    for part in (
        *("", "pages/1", "pages/1/questions/1", "texts", "settings", "path", "source"),
        *("publish", "preview/nl/", "preview/en/?page=2"),
    ):
        page = keeper.get(f"{address}{part}")
        assert page.status_code in {200, 302}, part
        posted = {
            "row_version": "0",
            "action": "save",
            "title.nl": "x",
            "type": "multi",
        }
        if part and "path" not in part:
            assert keeper.post(f"{address}{part}", data=posted).status_code < 500, part


def test_the_second_of_two_keepers_is_told_and_sees_both(
    keeper: FlaskClient, app: Flask, session: Session
) -> None:
    draft = make_draft(session)
    address = f"{STAFF}drafts/{draft}/pages/2/questions/1"
    other = sign_in(app, session, "admin")
    mine = form_on(keeper.get(address), title__nl="Mijn vraag", action="save")

    send(other, address, title__nl="Hun vraag")
    conflict = keeper.post(address, data=mine)

    assert conflict.status_code == HTTPStatus.CONFLICT
    for words in ("admin@example.org", "Mijn vraag", "Hun vraag"):
        assert words in conflict.text
    assert "Hun vraag" in source_of(session, draft)
    conflict.status_code = HTTPStatus.OK  # a page with a form, like any other
    keeper.post(address, data=form_on(conflict))
    assert "Mijn vraag" in source_of(session, draft)


def test_two_keepers_of_the_whole_text(keeper: FlaskClient, session: Session) -> None:
    draft = make_draft(session)
    address = f"{STAFF}drafts/{draft}/source"
    stale = form_on(keeper.get(address), source="# mine\n" + STANDARD)

    send(keeper, address, source="# theirs\n" + STANDARD)
    conflict = keeper.post(address, data=stale)

    assert conflict.status_code == HTTPStatus.CONFLICT
    assert "# mine" in conflict.text
    assert "# theirs" in conflict.text
    assert source_of(session, draft).startswith("# theirs")


def test_the_preview_walks_the_path_and_keeps_nothing(
    keeper: FlaskClient, app: Flask, session: Session
) -> None:
    draft = make_draft(session)
    address = f"{STAFF}drafts/{draft}/preview/nl/"

    page = keeper.get(f"{address}?page=6")
    assert page.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    with counted_statements(app) as statements:
        form = form_on(page, answer_q6_bought="bought", action="next")
        page = keeper.post(action_of(page), data=form)
        assert "Wat gaf de doorslag om te kopen?" in page.text
        page = keeper.post(action_of(page), data=form_on(page, action="lang:en"))
        assert "What made you decide to buy?" in page.text
        for _ in range(3):
            page = keeper.post(action_of(page), data=form_on(page, action="next"))
    assert "Preview: nothing was kept." in page.text or "thank" in page.text.lower()
    assert not [each for each in statements if each.startswith(("INSERT", "UPDATE"))]


def test_a_questionnaire_leads_to_its_own_responses(
    keeper: FlaskClient, session: Session
) -> None:
    ours, other = make_version(session), make_version(session)
    kept = [make_response(session, version).id for version in (ours, ours, other)]
    slug = ours.questionnaire.slug
    session.commit()

    page = keeper.get(f"{STAFF}{slug}/")
    (address,) = html.fromstring(page.text).xpath(
        "//p[@class='sub']/a[.='Responses']/@href"
    )
    listed = keeper.get(address).text

    found = [f"/staff/responses/{each}" in listed for each in kept]
    assert found == [True, True, False]


def test_the_address_to_share_is_the_one_of_the_settings(
    settings: Settings, session: Session
) -> None:
    version = make_version(session)
    slug = version.questionnaire.slug
    session.commit()
    app = create_app(replace(settings, public_url="https://vraag.example.org"))
    keeper = sign_in(app, session, "researcher")

    pages = [
        keeper.get(address).text
        for address in (
            STAFF,
            f"{STAFF}{slug}/",
            f"{STAFF}{slug}/improvements/",
            "/staff/",
        )
    ]
    app.extensions["database"].dispose()

    for page in pages:
        assert f"https://vraag.example.org/q/{slug}" in page
        assert "http://localhost/q/" not in page


def test_the_preview_shows_the_notice_of_the_draft(
    keeper: FlaskClient, session: Session
) -> None:
    draft = make_draft(
        session, STANDARD.replace("Wat wij bewaren.", "Wat het concept bewaart.")
    )
    page = keeper.get(f"{STAFF}drafts/{draft}/preview/nl/")

    (address,) = html.fromstring(page.text).xpath("//p[@class='note']/a/@href")
    notice = keeper.get(address)
    (other,) = html.fromstring(notice.text).xpath("//nav/a/@href")

    assert address.startswith(f"{STAFF}drafts/{draft}/preview/nl/")
    assert "Wat het concept bewaart" in notice.text
    assert notice.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    assert "What we do with your answers" in keeper.get(other).text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            BARE_MATRIX,
            ["pages[0].questions[0].options", "“shops” has no answers to choose from."],
        ),
        ("= nonsense", ["This is not TOML", "line 1"]),
        ("title = 5", ["There are no pages."]),
    ],
)
def test_the_preview_says_what_keeps_it_from_showing(
    keeper: FlaskClient, session: Session, source: str, said: list[str]
) -> None:
    draft = make_draft(session, source)
    address = f"{STAFF}drafts/{draft}/preview/en/"

    drawn = keeper.get(address)
    walked = keeper.post(address, data={"token": '["one", []]', "action": "back"})

    for page in (drawn, walked):
        assert page.status_code == HTTPStatus.OK
        assert "Nothing to show yet" in page.text
        assert [words for words in said if words not in page.text] == []


def test_one_bare_question_hides_no_other_page(
    keeper: FlaskClient, session: Session
) -> None:
    draft = make_draft(session, BARE_MATRIX)

    page = keeper.get(f"{STAFF}drafts/{draft}/preview/en/?page=2")

    assert "Anything else?" in page.text


def test_the_preview_follows_what_is_typed_but_not_saved(
    keeper: FlaskClient, session: Session
) -> None:
    draft = make_draft(session)
    address = f"{STAFF}drafts/{draft}/"
    form = form_on(keeper.get(f"{address}pages/2/questions/1"))
    form["title.en"] = "Just typed"

    page = keeper.post(f"{address}preview/en/pages/2/questions/1", data=form)

    assert "Just typed" in page.text
    assert source_of(session, draft) == STANDARD


def test_the_path_follows_the_answers_given(
    keeper: FlaskClient, session: Session
) -> None:
    draft = make_draft(session, EVERY_TYPE)
    address = f"{STAFF}drafts/{draft}/path"

    assert "skipped" in keeper.get(address).text
    shown = keeper.get(
        f"{address}?answer_service__speed=5&answer_visited_on=2026-01-01"
    ).text
    assert shown.count("skipped") < keeper.get(address).text.count("skipped")


def test_a_new_version_says_what_changes(keeper: FlaskClient, session: Session) -> None:
    draft = make_draft(session)
    publish_from(keeper, draft)
    started = keeper.post(f"{STAFF}standard/edit").location
    draft_id = int(started.strip("/").rpartition("/")[2])
    assert keeper.post(f"{STAFF}standard/edit").location == started

    send(keeper, f"{started}pages/2/questions/1", title__nl="Wat viel u op?")
    page = keeper.get(f"{STAFF}drafts/{draft_id}/publish").text
    assert "Other words" in page
    assert "Wat viel u op?" in page
    assert 'value="1.1.0"' in page
    used = send(keeper, f"{STAFF}drafts/{draft_id}/publish", version="1.0.0")
    assert used.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    publish_from(keeper, draft_id, "1.1.0")
    versions = keeper.get(f"{STAFF}standard/versions/").text
    assert "1.1.0" in versions
    assert "q2_first_impression" in versions


def test_another_meaning_needs_another_id(
    keeper: FlaskClient, session: Session
) -> None:
    publish_from(keeper, make_draft(session))
    started = keeper.post(f"{STAFF}standard/edit").location
    send(keeper, f"{started}pages/2/questions/1", type="number")

    refused = keeper.get(f"{started}publish")
    assert "Give this question a new id" in refused.text
    assert "Publish</button>" not in refused.text
    form = form_on(refused, 0)
    page = keeper.get(keeper.post(f"{started}new-id", data=form).location)

    assert "q2_first_impression_v2" in page.text
    assert publish_from(keeper, int(started.strip("/").rpartition("/")[2]), "2.0.0")


def test_an_older_version_is_published_again(
    keeper: FlaskClient, session: Session
) -> None:
    publish_from(keeper, make_draft(session))
    started = keeper.post(f"{STAFF}standard/edit").location
    send(keeper, f"{started}texts", title__nl="Iets anders")
    publish_from(keeper, int(started.strip("/").rpartition("/")[2]), "1.1.0")

    again = keeper.post(f"{STAFF}standard/versions/1.0.0/again").location
    draft_id = int(again.strip("/").split("/")[-2])
    publish_from(keeper, draft_id, "1.2.0")

    shown = keeper.get(f"{STAFF}standard/").text
    assert "version 1.2.0" in shown
    old = keeper.get(f"{STAFF}standard/versions/1.1.0").text
    assert "no longer put to new respondents" in old


def test_closing_opening_and_ending(keeper: FlaskClient, session: Session) -> None:
    publish_from(keeper, make_draft(session))
    address = f"{STAFF}standard/"

    def state() -> str:
        return str(stored(session, Questionnaire.state).state)

    keeper.post(f"{address}close")
    assert (state(), "Closed" in keeper.get(address).text) == ("closed", True)
    keeper.post(f"{address}reopen")
    assert state() == "open"
    assert "Retire it" in keeper.get(f"{address}retire").text
    keeper.post(f"{address}retire")
    assert state() == "retired"
    assert keeper.get("/q/standard/nl/").status_code == HTTPStatus.GONE
    assert keeper.post(f"{address}close").status_code == HTTPStatus.CONFLICT


def test_opening_by_the_clock_and_the_most_people(
    keeper: FlaskClient, session: Session
) -> None:
    publish_from(keeper, make_draft(session))
    address = f"{STAFF}standard/settings"

    wrong = keeper.post(
        address,
        data={"opens_at": "nonsense", "closes_at": "2020-01-01", "max_responses": "0"},
    )
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="nonsense"' in wrong.text
    keeper.post(
        address,
        data={
            "opens_at": "2090-01-01T09:00",
            "closes_at": "2090-02-01T09:00",
            "max_responses": "250",
            "include_partial": "1",
        },
    )

    found = stored(
        session,
        Questionnaire.opens_at,
        Questionnaire.max_responses,
        Questionnaire.include_partial,
    )
    assert found.opens_at.isoformat() == "2090-01-01T08:00:00+00:00"
    assert (found.max_responses, found.include_partial) == (250, True)
    shown = keeper.get(address).text
    assert "Opens later" in shown
    assert 'value="2090-01-01T09:00"' in shown


def test_waves_are_made_changed_and_ended(
    keeper: FlaskClient, session: Session
) -> None:
    version = make_version(session)
    wave = make_wave(session, version, name="Voorjaar", ends_on=None)
    make_response(session, version, wave=wave)
    session.commit()
    address = f"{STAFF}{version.questionnaire.slug}/waves/"

    wrong = keeper.post(f"{address}new", data={"starts_on": "x", "ends_on": "y"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    keeper.post(f"{address}new", data={"name": "Voorjaar!", "starts_on": "2027-03-01"})
    send(keeper, f"{address}{wave.id}", name="Lente")
    keeper.post(f"{address}{wave.id}/end")

    assert "Lente" in keeper.get(address).text
    columns = (Wave.code, Wave.name, Wave.ends_on.is_not(None))
    assert {tuple(row) for row in session.execute(select(*columns))} == {
        (wave.code, "Lente", True),
        ("voorjaar", "Voorjaar!", False),
    }


def test_you_said_we_did(keeper: FlaskClient, session: Session) -> None:
    slug = make_version(session).questionnaire.slug
    session.commit()
    address = f"{STAFF}{slug}/improvements/"
    texts = {
        "said.nl": "Te duur",
        "said.en": "Too dear",
        "done.nl": "Gratis",
        "done.en": "",
    }

    wrong = keeper.post(f"{address}new", data=texts)
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Too dear" in wrong.text
    for name in ("Free", "Also free"):
        keeper.post(f"{address}new", data=texts | {"done.en": name, "publish": "1"})
    ids = session.scalars(select(Improvement.id).order_by(Improvement.id)).all()
    session.commit()
    first, second = ids
    assert "Published" in keeper.get(address).text
    keeper.post(f"{address}{second}/up")
    keeper.post(f"{address}{first}/unpublish")
    send(keeper, f"{address}{first}", said__en="Far too dear")
    columns = (Improvement.position, Improvement.published_at.is_not(None))
    rows = session.execute(select(*columns).order_by(Improvement.id)).all()
    session.commit()
    assert rows == [(1, False), (0, True)]
    assert "Far too dear" in keeper.get(address).text
    keeper.post(f"{address}{first}/delete")
    assert "Far too dear" not in keeper.get(address).text


def test_a_list_asks_as_often_for_three_as_for_one(
    keeper: FlaskClient, app: Flask, session: Session
) -> None:
    counts = []
    for _ in range(2):
        version = make_version(session)
        make_wave(session, version)
        make_response(session, version)
        make_draft(session, EVERY_TYPE)
        session.commit()
        keeper.get(STAFF)
        with counted_statements(app) as statements:
            keeper.get(STAFF)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_marketers_look_and_change_nothing(app: Flask, session: Session) -> None:
    version = make_version(session)
    session.commit()
    marketer = sign_in(app, session, "marketer")
    slug = version.questionnaire.slug

    for part in ("", "settings", "versions/", "waves/", "improvements/"):
        page = marketer.get(f"{STAFF}{slug}/{part}")
        assert page.status_code == HTTPStatus.OK
        assert "<form" not in page.text.partition("<main")[2], part
    assert "<form" not in marketer.get(STAFF).text.partition("<main")[2]


def test_hostile_words_are_shown_as_words(
    keeper: FlaskClient, session: Session
) -> None:
    nasty = "<script>alert(1)</script>{{ 7*7 }}\x00\u202e'\""
    draft = make_draft(session)
    address = f"{STAFF}drafts/{draft}/"

    send(keeper, f"{address}pages/2/questions/1", title__nl=nasty, title__en=nasty)

    for part in ("", "pages/2/questions/1", "preview/nl/?page=2", "path", "publish"):
        page = keeper.get(f"{address}{part}").text
        assert "<script>alert" not in page
        assert "{{ 7*7 }}" in page or part.startswith(("preview", "publish")), part
