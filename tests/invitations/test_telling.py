"""Who asked to hear what was done with the answers is told once."""

from flask import Flask
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.invitations.sending import send_mails
from survey_app.questionnaires.models import Improvement, Questionnaire, Wave
from tests.invitations.builders import ask, contact_of
from tests.invitations.conftest import SITE, Fieldwork
from tests.invitations.mail_server import MailServer
from tests.responses.visitor import Visitor
from tests.staff_visits import sign_in

HERE = "/staff/questionnaires/standard/distribution"
TWO = "anna@example.org\nbram@example.org"


def answer(app: Flask, link: str) -> Visitor:
    visitor = Visitor(app)
    visitor.go(link.removeprefix(SITE))
    visitor.send()
    visitor.skip_all()
    visitor.submit()
    return visitor


def publish_improvement(session: Session, questionnaire: Questionnaire) -> None:
    words = {"nl": "Sneller", "en": "Faster"}
    session.add(
        Improvement(
            questionnaire_id=questionnaire.id,
            said=words,
            done=words,
            published_at=now(),
            created_at=now(),
        )
    )
    session.commit()


def test_who_asked_is_told_once(
    fieldwork: Fieldwork,
    questionnaire: Questionnaire,
    wave: Wave,
    mail_server: MailServer,
) -> None:
    app, session, settings = fieldwork.app, fieldwork.session, fieldwork.settings
    ask(session, settings, questionnaire, wave, people=TWO, at=now())
    send_mails(fieldwork.database, settings)
    links = {each.to: each.personal_link for each in mail_server.received}
    anna, bram = (answer(app, links[who]) for who in TWO.split())

    anna.post(f"/r/{anna.key}/nl/news", news="yes")
    bram.post(f"/r/{bram.key}/nl/news", news="yes")
    bram.post(f"/r/{bram.key}/nl/news", news="no")
    assert "U krijgt één mail over wat ermee is gedaan" in anna.go(anna.url).text
    assert "Mail mij één keer" in bram.go(bram.url).text

    keeper = sign_in(app, session, "researcher")
    early = keeper.get(f"{HERE}/tell")
    assert (early.status_code, "nothing to tell yet" in early.text) == (409, True)
    publish_improvement(session, questionnaire)
    plan = keeper.get(f"{HERE}/tell")
    assert "anna@example.org" in plan.text
    assert "bram@example.org" not in plan.text
    keeper.post(f"{HERE}/tell", data={"expected": "1"})
    send_mails(fieldwork.database, settings)
    keeper.post(f"{HERE}/tell", data={"expected": "1"})
    send_mails(fieldwork.database, settings)

    [mail] = mail_server.received[2:]
    assert mail.to == "anna@example.org"
    assert f"{SITE}/q/standard/nl/results" in mail.part("plain")
    assert "has been told" in keeper.get(f"{HERE}/tell").text


def test_open_link_offers_no_mail(fieldwork: Fieldwork, wave: Wave) -> None:
    del wave
    visitor = Visitor(fieldwork.app)
    visitor.send()
    visitor.skip_all()
    visitor.submit()

    assert "Mail mij één keer" not in visitor.page.text


def test_who_opted_out_is_offered_no_mail(
    fieldwork: Fieldwork, questionnaire: Questionnaire, mail_server: MailServer
) -> None:
    session, settings = fieldwork.session, fieldwork.settings
    ask(session, settings, questionnaire, None, people="anna@example.org", at=now())
    send_mails(fieldwork.database, settings)
    contact_of(session, settings, "anna@example.org").opted_out_at = now()
    session.commit()

    visitor = answer(fieldwork.app, mail_server.received[0].personal_link)

    assert "Mail mij één keer" not in visitor.page.text
