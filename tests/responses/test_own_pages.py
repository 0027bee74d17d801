"""What a respondent may do with a response of their own, and read of all of them."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey_app import create_app
from survey_app.accounts.models import AuditEntry
from survey_app.clock import now
from survey_app.config import Limit, Settings
from survey_app.outbox.models import Event
from survey_app.questionnaires.models import Improvement, Questionnaire
from survey_app.responses.models import Answer, ErasedResponse, Response
from survey_app.web.limits import Limiter
from tests.invitations.mail_server import MailServer, running_mail_server
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor

Visit = Callable[..., Visitor]
SITE = "https://feedback.example.org"


def test_respondent_takes_back_what_was_sent(visit: Visit, stored: Stored) -> None:
    visitor = visit(language="en")
    visitor.send(detail_q1_found_us="Mijn zwager")
    visitor.skip_all()
    visitor.submit()
    assert f'href="/r/{visitor.key}/en/withdraw"' in visitor.page.text
    public_id = stored.one(select(Response.public_id))
    visitor.go(f"/r/{visitor.key}/en/withdraw")
    key = visitor.key

    visitor.send()

    assert "Your answers have been deleted" in visitor.page.text
    assert stored.one(select(func.count(Answer.id))) == 0
    assert stored.one(select(ErasedResponse.reason)) == "withdrawn"
    topics = stored.all(select(Event.topic).order_by(Event.id))
    assert topics[-1] == "response.erased"
    assert stored.one(select(AuditEntry.subject)) == f"response {public_id}"
    assert visitor.get(f"/r/{key}/en/thanks").status_code == 404


def test_unfinished_answers_are_taken_back_too_and_looking_deletes_nothing(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit()
    visitor.send("save_later", detail_q1_found_us="Mijn zwager")
    address = f"/r/{visitor.key}/nl/withdraw"
    assert f'href="{address}"' in visitor.page.text
    for _ in range(3):
        visitor.go(address)
    unsigned = visitor.post(address)
    assert unsigned.status_code == 400
    assert stored.one(select(func.count(Response.id))) == 1

    visitor.send()

    assert stored.one(select(func.count(Response.id))) == 0


def test_answers_are_taken_back_after_the_questionnaire_has_ended(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit()
    visitor.send()
    stored.change("standard", state="retired")
    visitor.go(f"/r/{visitor.key}/nl/withdraw")

    visitor.send()

    assert visitor.page.status_code == 200
    assert "Uw antwoorden zijn verwijderd" in visitor.page.text


def improve(stored: Stored, said: str, done: str, *, published: bool = True) -> None:
    with stored.database.transaction() as session:
        questionnaire = session.scalars(
            select(Questionnaire).where(Questionnaire.slug == "standard")
        ).one()
        session.add(
            Improvement(
                questionnaire_id=questionnaire.id,
                said={"nl": said},
                done={"nl": done},
                published_at=now() if published else None,
                created_at=now(),
            )
        )


def test_results_page_tells_what_was_done(visit: Visit, stored: Stored) -> None:
    visitor = visit()
    empty = visitor.get("/q/standard/nl/results")
    improve(stored, "De levering is <traag>", "Wij leveren op zaterdag")
    improve(stored, "Nog niet klaar", "Mee bezig", published=False)

    page = visitor.get("/q/standard/nl/results")

    assert "valt nog niets te vertellen" in empty.text
    assert "U zei, wij deden" in page.text
    assert "De levering is &lt;traag&gt;" in page.text
    assert "Wij leveren op zaterdag" in page.text
    assert "Mee bezig" not in page.text
    untranslated = visitor.get("/q/standard/en/results")
    assert "nothing to tell here yet" in untranslated.text


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with running_mail_server() as server:
        yield server


@pytest.fixture
def mailing_app(settings: Settings, mail_server: MailServer) -> Iterator[Flask]:
    app = create_app(
        replace(
            settings,
            public_url=SITE,
            smtp_url=mail_server.url,
            mail_from="Schroef & Plank <onderzoek@example.org>",
        )
    )
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def saved(mailing_app: Flask, published: None) -> Visitor:  # noqa: ARG001 - it is there
    """Somebody on the page with their own link."""
    visitor = Visitor(mailing_app, language="en")
    visitor.send("save_later", answer_q1_found_us="event")
    return visitor


def ask_for_mail(visitor: Visitor, address: str) -> None:
    target = f"/r/{visitor.key}/en/resume-mail"
    answer = visitor.post(target, address=address)
    if answer.status_code == 303:
        visitor.go(answer.headers["Location"])
    else:
        visitor.page = answer


def test_link_is_mailed_and_the_address_kept_nowhere(
    saved: Visitor,
    mail_server: MailServer,
    stored: Stored,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        ask_for_mail(saved, " Anna@example.org ")

    assert "Look in your inbox" in saved.page.text
    mail = mail_server.to("Anna@example.org")[0]
    assert f"{SITE}/r/{saved.key}/en/" in mail.part("plain")
    assert "Schroef & Plank" in str(mail.message["From"])
    ours = [line for line in caplog.records if not line.name.startswith("mail.log")]
    assert "anna@example" not in " ".join(line.getMessage() for line in ours).lower()
    with stored.database.read() as session:
        dumped = str(session.connection().exec_driver_sql("SELECT * FROM mails").all())
    assert "example" not in dumped


@pytest.mark.parametrize("address", ["", "anna", "a@b\r\nBcc: c@d.nl", "x" * 999])
def test_what_is_no_address_is_not_mailed(
    saved: Visitor, mail_server: MailServer, address: str
) -> None:
    ask_for_mail(saved, address)

    assert saved.page.status_code == 422
    assert "Write an e-mail address" in saved.page.text
    assert mail_server.attempts == []


def test_mail_that_is_refused_says_so_and_keeps_what_was_typed(
    saved: Visitor, mail_server: MailServer
) -> None:
    mail_server.answer_rcpt = lambda _address: "550 5.1.1 nobody here"

    ask_for_mail(saved, "anna@example.org")

    assert saved.page.status_code == 503
    assert 'value="anna@example.org"' in saved.page.text


def test_mailing_is_limited(saved: Visitor, mailing_app: Flask) -> None:
    mailing_app.extensions["limiter"] = Limiter({"resume-mail": Limit(2, 3600)})

    for _ in range(3):
        ask_for_mail(saved, "anna@example.org")

    assert saved.page.status_code == 429
    assert "Wait 60 minutes" in saved.page.text


def test_without_a_mail_server_the_link_is_there_to_copy(
    visit: Visit, mail_server: MailServer
) -> None:
    visitor = visit(language="en")
    visitor.send("save_later")
    assert "resume-mail" not in visitor.page.text
    assert 'href="mailto:' in visitor.page.text

    ask_for_mail(visitor, "anna@example.org")

    assert visitor.url.endswith("/saved")
    assert mail_server.attempts == []


def test_links_to_keep_follow_the_settings_and_no_forged_host(
    saved: Visitor,
) -> None:
    page = saved.get(f"/r/{saved.key}/en/saved", Host="evil.example")

    assert f'value="{SITE}/r/{saved.key}/en/"' in page.text
    assert "evil.example" not in page.text


def test_names_that_are_not_ours_are_not_answered(
    settings: Settings,
    published: None,  # noqa: ARG001 - it is there
) -> None:
    app = create_app(replace(settings, hosts=("localhost", ".example.org")))
    visitor = Visitor(app)

    answers = {
        host: visitor.get("/q/standard/nl/", Host=host).status_code
        for host in ("localhost", "feedback.example.org", "evil.example", "a b")
    }

    assert answers == {
        "localhost": 200,
        "feedback.example.org": 200,
        "evil.example": 400,
        "a b": 400,
    }
    app.extensions["database"].dispose()
