"""A whole round: import, dry run, send, answer, remind, opt out, skip and count."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.cli import main
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.invitations.models import Invitation
from survey_app.invitations.queries import list_progress
from survey_app.invitations.sending import send_mails
from survey_app.questionnaires.models import Questionnaire, Wave
from tests.invitations.builders import contact_of
from tests.invitations.conftest import SITE, Fieldwork, environment
from tests.invitations.mail_server import MailServer
from tests.responses.visitor import Visitor

PEOPLE = (
    "naam;e-mailadres;taal\n"
    "Anna Bakker;anna@example.org;nl\n"
    "Bram;bram@example.org;en\n"
    "Carla;carla@example.org;nl\n"
    "Dirk;dirk@\n"
)


def run(settings: Settings, arguments: Sequence[str]) -> str:
    outcome = CliRunner(env=environment(settings)).invoke(main, list(arguments))
    return outcome.output


def test_whole_round(
    fieldwork: Fieldwork,
    questionnaire: Questionnaire,
    wave: Wave,
    mail_server: MailServer,
    tmp_path: Path,
) -> None:
    app, database = fieldwork.app, fieldwork.database
    session, settings = fieldwork.session, fieldwork.settings
    file = tmp_path / "Klanten.csv"
    file.write_bytes(PEOPLE.encode("cp1252"))

    told = run(settings, ["contacts", "import", str(file)])
    assert "3 new, 0 known, 0 double, 0 opted out, 0 bounced, 1 unusable" in told
    assert "line 5: invalid address: 'dirk@'" in told

    asked = ["invite", "--wave", wave.code, "--list", "Klanten"]
    told = run(settings, [*asked, "--dry-run"])
    assert "3 asked, 0 skipped\n    anna@example.org  Anna Bakker\n" in told
    assert session.scalars(select(Invitation)).all() == []
    session.commit()
    assert "3 invitations made" in run(settings, asked)
    session.commit()
    assert "0 asked, 3 skipped\n  3 invited" in run(settings, [*asked, "--dry-run"])

    send_mails(database, settings)
    anna, bram, carla = (
        mail_server.to(f"{name}@example.org")[0] for name in ("anna", "bram", "carla")
    )
    answer(app, anna.personal_link)
    begin(app, bram.personal_link)
    opted_out = app.test_client().post(
        path_of(carla.opt_out_link), data={"List-Unsubscribe": "One-Click"}
    )
    assert (opted_out.status_code, opted_out.data) == (200, b"")

    some_days_ago(session)
    told = run(settings, ["remind", "--wave", wave.code, "--dry-run"])
    assert "1 reminded, of 3 invited\n    bram@example.org  Bram\n" in told
    assert "  1 answered\n    anna@example.org  Anna Bakker\n" in told
    assert "  1 opted out\n    carla@example.org  Carla\n" in told
    run(settings, ["remind", "--wave", wave.code])
    session.commit()
    send_mails(database, settings)

    assert [each.to for each in mail_server.received[3:]] == ["bram@example.org"]
    reminder = mail_server.received[3]
    assert reminder.part("plain").startswith("Dear Bram,\n\nYou started our")
    assert reminder.personal_link == bram.personal_link
    session.expire_all()
    [progress] = list_progress(session, questionnaire.id, at=now())
    assert (progress.sent, progress.started, progress.answered) == (3, 2, 1)
    assert (progress.opted_out, progress.reminded) == (1, 1)
    assert progress.response_rate == pytest.approx(1 / 3)
    assert contact_of(session, settings, "anna@example.org").respondent_id is not None


def path_of(link: str) -> str:
    return link.removeprefix(SITE)


def begin(app: Flask, link: str) -> Visitor:
    visitor = Visitor(app)
    visitor.go(path_of(link))
    visitor.send()
    return visitor


def answer(app: Flask, link: str) -> None:
    visitor = begin(app, link)
    visitor.skip_all()
    visitor.submit()
    assert visitor.url.endswith("/thanks"), visitor.page.text


def some_days_ago(session: Session) -> None:
    for each in session.scalars(select(Invitation)):
        each.sent_at = now() - timedelta(days=5)
    session.commit()


def test_links_can_be_taken_along_instead(
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    tmp_path: Path,
) -> None:
    people, links = tmp_path / "people.csv", tmp_path / "links.csv"
    people.write_text("email;naam\nanna@example.org;=HYPERLINK(1)\n=1@example.org;B")
    run(settings, ["contacts", "import", str(people)])

    told = run(settings, ["invite", "--links", str(links)])

    session.commit()
    header, *rows = links.read_text("utf-8-sig").splitlines()
    assert header == "name;email;language;link;valid_until"
    assert all(cell[:1] != "=" for row in rows for cell in row.split(";"))
    assert rows[0].startswith(f"'=HYPERLINK(1);anna@example.org;nl;{SITE}/i/")
    assert "invitations made" in told
    assert links.stat().st_mode & 0o077 == 0
    assert all(each.sent_at for each in session.scalars(select(Invitation)))
    del questionnaire


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["invite", "--questionnaire", "nowhere"], "there is no questionnaire"),
        (["invite", "--list", "nowhere"], "there is no list"),
        (["invite", "--wave", "nowhere"], "has no wave"),
        (["remind", "--questionnaire", "nowhere"], "there is no questionnaire"),
    ],
)
def test_command_says_in_a_line_what_is_wrong(
    settings: Settings, questionnaire: Questionnaire, arguments: list[str], words: str
) -> None:
    told = run(settings, arguments)

    assert words in told
    assert "Traceback" not in told
    del questionnaire
