"""The pages of inviting, as staff use them."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.accounts.models import AuditEntry
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.invitations.models import Invitation, Mail
from survey_app.invitations.sending import send_mails
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.respondents.models import Contact
from survey_app.responses.models import Response
from tests.factories import make_response
from tests.invitations.builders import ask, contact_of, make_list
from tests.invitations.conftest import SITE, Fieldwork
from tests.invitations.mail_server import MailServer
from tests.staff_visits import counted_statements, sign_in

ANNA = "anna@example.org"
HERE = "/staff/questionnaires/standard/distribution"
INVITE_PAGES = [
    f"{HERE}/invite",
    f"{HERE}/remind",
    f"{HERE}/invitations",
    f"{HERE}/links",
    f"{HERE}/texts/invitation/nl",
    "/staff/contacts/",
    "/staff/contacts/import",
    "/staff/contacts/bounces",
]


@pytest.fixture
def keeper(app: Flask, session: Session, questionnaire: Questionnaire) -> FlaskClient:
    del questionnaire
    return sign_in(app, session, "researcher")


def test_only_who_may_invite_sees_contacts(
    app: Flask, session: Session, questionnaire: Questionnaire
) -> None:
    marketer = sign_in(app, session, "marketer")
    stranger = app.test_client()
    del questionnaire

    assert marketer.get(f"{HERE}/").status_code == 200
    assert {marketer.get(page).status_code for page in INVITE_PAGES} == {403}
    assert {stranger.get(page).status_code for page in INVITE_PAGES} == {302}
    assert {marketer.post(f"{HERE}/{name}").status_code for name in POSTS} == {403}


POSTS = ("invite", "remind", "links", "links.csv", "invitations/1/withdraw")


def test_open_link_and_its_qr_codes(keeper: FlaskClient) -> None:
    page = keeper.get(f"{HERE}/")
    drawing = keeper.get(f"{HERE}/qr.svg?download=")
    picture = keeper.get(f"{HERE}/qr.png")

    assert f'value="{SITE}/q/standard"' in page.text
    assert "Nobody was invited yet." in page.text
    assert drawing.data.startswith(b"<?xml")
    assert "standard.svg" in drawing.headers["Content-Disposition"]
    assert picture.data.startswith(b"\x89PNG")
    assert keeper.get(f"{HERE}/qr.pdf").status_code == 404


def test_people_are_brought_in_after_a_look(
    keeper: FlaskClient, session: Session, settings: Settings
) -> None:
    file = (io.BytesIO("naam;e-mail\nZoë;zoe@example.org\nB;b@".encode("cp1252")), "k")

    look = keeper.post(
        "/staff/contacts/import",
        data={"file": file, "list_name": "Najaar", "language": "en"},
    )
    assert "Windows-1252" in look.text
    assert "this address cannot exist" in look.text
    assert "Put 1 person on “Najaar”" in look.text
    assert session.scalars(select(Contact)).all() == []
    session.commit()

    carried = look.text.split('<textarea name="carried" hidden>')[1].split("<")[0]
    kept = keeper.post(
        "/staff/contacts/import/keep",
        data={
            "carried": carried.replace("&#34;", '"'),
            "list_name": "Najaar",
            "language": "en",
        },
        follow_redirects=True,
    )

    assert "1 person is new on “Najaar”" in kept.text
    assert "zoe@example.org" in kept.text
    assert contact_of(session, settings, "zoe@example.org").language == "en"


def test_nothing_to_bring_in_is_said_kindly(keeper: FlaskClient) -> None:
    empty = keeper.post("/staff/contacts/import", data={"people": " "})
    wrong = keeper.post("/staff/contacts/import", data={"people": "nobody@"})

    assert (empty.status_code, wrong.status_code) == (422, 422)
    assert "There is no address in it" in empty.text
    assert "nobody@" in wrong.text


def test_dry_run_then_mail_then_links(
    keeper: FlaskClient,
    fieldwork: Fieldwork,
    wave: Wave,
    mail_server: MailServer,
) -> None:
    session, settings = fieldwork.session, fieldwork.settings
    contact_list = make_list(session, settings, at=now())
    contact_of(session, settings, ANNA).opted_out_at = now()
    session.commit()
    chosen = {"list": str(contact_list.id), "wave": str(wave.id), "days": "14"}

    dry = keeper.get(f"{HERE}/invite", query_string=chosen)
    assert "people are invited" in dry.text
    assert "is skipped: wants no mail" in dry.text
    assert "bram@example.org" in dry.text
    session.commit()
    stale = keeper.post(f"{HERE}/invite", data={**chosen, "expected": "3"})
    assert "The list changed in the meantime" in stale.text
    assert session.scalars(select(Invitation)).all() == []
    session.commit()

    sent = keeper.post(
        f"{HERE}/invite",
        data={**chosen, "expected": "2", "how": "mail"},
        follow_redirects=True,
    )
    assert "2 mails still have to go out" in sent.text
    send_mails(fieldwork.database, settings)
    assert len(mail_server.received) == 2

    links = keeper.get(f"{HERE}/invitations?wave={wave.id}")
    assert links.text.count('state-sent">sent<') == 2
    none = keeper.get(f"{HERE}/invitations?wave={wave.id}&state=failed")
    assert "state-sent" not in none.text
    file = keeper.post(f"{HERE}/links.csv", data={"wave": str(wave.id)})
    assert file.text.count(f"{SITE}/i/") == 2
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["invite", "export links"]


def test_days_that_are_no_number_change_nothing(
    keeper: FlaskClient, session: Session, settings: Settings
) -> None:
    make_list(session, settings, at=now())

    page = keeper.get(f"{HERE}/invite?list=&days=many")

    assert "Write a whole number from 1 to 365" in page.text


def test_links_for_nobody_are_made_and_withdrawn(
    keeper: FlaskClient, session: Session
) -> None:
    made = keeper.post(
        f"{HERE}/links",
        data={"batch": "Balie", "count": "3", "days": "10", "language": "nl"},
        follow_redirects=True,
    )
    assert made.text.count("Link of “Balie”") == 3

    first = session.scalars(select(Invitation.id)).first()
    session.commit()
    keeper.post(f"{HERE}/invitations/{first}/withdraw")
    file = keeper.post(f"{HERE}/links.csv", data={"batch": "Balie", "wave": ""})

    assert file.text.count(f"{SITE}/i/") == 2
    assert keeper.post(f"{HERE}/links", data={"count": "0"}).status_code == 422


def test_mail_of_which_nobody_knows_is_decided_on(
    keeper: FlaskClient,
    fieldwork: Fieldwork,
    questionnaire: Questionnaire,
    mail_server: MailServer,
) -> None:
    session, settings = fieldwork.session, fieldwork.settings
    [invitation] = ask(session, settings, questionnaire, None, people=ANNA, at=now())
    mail = session.scalars(select(Mail)).one()
    mail.claimed_at = now().replace(year=2025)
    session.commit()

    page = keeper.get(f"{HERE}/invitations?wave=")
    assert "not sure whether it was sent" in page.text
    keeper.post(f"{HERE}/invitations/{invitation.id}/again")
    send_mails(fieldwork.database, settings)

    assert [each.to for each in mail_server.received] == [ANNA]
    assert keeper.post(f"{HERE}/invitations/{invitation.id}/again").status_code == 409


def test_words_of_a_mail_are_checked_kept_tested_and_put_back(
    keeper: FlaskClient, mail_server: MailServer
) -> None:
    address = f"{HERE}/texts/invitation/nl"
    words = {"subject": "Hoi {name}", "body": "Dag {name},\n\n{link}\n"}

    wrong = keeper.post(address, data={"subject": "{naam}", "body": "Hoi", **SAVE})
    assert wrong.status_code == 422
    assert "{naam} is not known" in wrong.text
    assert "Put {link} where the link must come" in wrong.text

    keeper.post(address, data=words | SAVE)
    assert "Hoi Sanne de Vries" in keeper.get(address).text

    tested = keeper.post(address, data=words | {"action": "test"})
    assert "A test is on its way to researcher@example.org" in tested.text
    assert mail_server.received[0].message["Subject"] == "Hoi Sanne de Vries"

    keeper.post(address, data={"action": "shipped"})
    assert "Hoe ging het bij" in keeper.get(address).text
    assert keeper.get(f"{HERE}/texts/invitation/fr").status_code == 404


SAVE = {"action": "save"}


def test_test_mail_that_fails_is_told(
    keeper: FlaskClient, mail_server: MailServer
) -> None:
    mail_server.answer_rcpt = lambda _address: "550 5.1.1 no"
    words = {"subject": "Hoi", "body": "{link}", "action": "test"}

    page = keeper.post(f"{HERE}/texts/invitation/nl", data=words)

    assert (
        "The test could not be sent: the mail server said: RCPT 550 5.1.1" in page.text
    )


def test_person_is_found_opted_out_and_erased(
    keeper: FlaskClient, session: Session, settings: Settings
) -> None:
    make_list(session, settings, at=now())

    found = keeper.post(
        "/staff/contacts/find", data={"address": " Anna@example.org "}
    ).location
    page = keeper.get(found)
    assert "Anna Bakker" in page.text
    keeper.post(f"{found}/opt-out")
    assert "wants no mail" in keeper.get(found).text
    keeper.post(f"{found}/erase", data={"never_again": "1"})

    assert keeper.get(found).status_code == 404
    assert contact_of(session, settings, ANNA).is_erased
    missing = keeper.post(
        "/staff/contacts/find", data={"address": "x@y.nl"}, follow_redirects=True
    )
    assert "Nobody here has this address" in missing.text


def test_person_is_erased_with_all_they_answered(
    keeper: FlaskClient,
    fieldwork: Fieldwork,
    questionnaire: Questionnaire,
) -> None:
    session, settings = fieldwork.session, fieldwork.settings
    [invitation] = ask(session, settings, questionnaire, None, people=ANNA, at=now())
    version = questionnaire.active_version
    assert version is not None
    make_response(session, version, {"why_us": "Snel"}, invitation_id=invitation.id)
    session.commit()

    keeper.post(f"/staff/contacts/{invitation.contact_id}/erase", data={"answers": "1"})

    assert session.scalars(select(Response.id)).all() == []
    assert session.scalars(select(Contact.id)).all() == []


def test_bounces_are_read_from_files_and_pasted_text(keeper: FlaskClient) -> None:
    file = (io.BytesIO(b"Subject: holiday\n\nBye"), "a.eml")

    page = keeper.post(
        "/staff/contacts/bounces", data={"files": file, "text": "Subject: x\n\ny"}
    )

    assert "is no report of a mail server" in page.text
    assert "There was nothing in it" in keeper.post("/staff/contacts/bounces").text


def test_closed_questionnaire_says_why_nobody_is_invited(
    keeper: FlaskClient, session: Session, questionnaire: Questionnaire
) -> None:
    questionnaire.state = "closed"
    session.commit()

    page = keeper.get(f"{HERE}/invite?list=")

    assert (page.status_code, "Open it first" in page.text) == (409, True)
    assert keeper.post(f"{HERE}/links", data={"count": "3"}).status_code == 409


def test_pages_ask_the_database_as_often_for_three_as_for_one(
    app: Flask, keeper: FlaskClient, fieldwork: Fieldwork, questionnaire: Questionnaire
) -> None:
    session, settings = fieldwork.session, fieldwork.settings
    pages = [
        f"{HERE}/",
        f"{HERE}/invitations?wave=",
        f"{HERE}/remind?wave=",
        f"{HERE}/invite?list=",
        "/staff/contacts/",
        "/staff/contacts/lists/1",
    ]

    def asked() -> list[int]:
        counts = []
        for page in pages:
            with counted_statements(app) as statements:
                assert keeper.get(page).status_code == 200
            counts.append(len(statements))
        return counts

    ask(session, settings, questionnaire, None, people=ANNA, at=now())
    asked()
    with_one = asked()
    make_list(session, settings, name=ANNA, at=now())
    ask(session, settings, questionnaire, None, at=now())
    with_three = asked()

    assert with_three == with_one
