"""The command line on a real database."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from survey_app.accounts.models import StaffMember
from survey_app.cli import main
from survey_app.config import Settings
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion, Wave
from tests.factories import make_staff_member, make_version

Run = Callable[..., Result]


@pytest.fixture
def klantreis(settings: Settings, tmp_path: Path) -> Run:
    """Run a command on the test's database."""
    environ = {
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "KLANTREIS_INSTANCE": str(tmp_path),
    }

    def run(*arguments: str) -> Result:
        return CliRunner(env=environ).invoke(main, arguments)

    return run


def test_help_lists_every_command(klantreis: Run) -> None:
    shown = klantreis("--help").output

    commands = ("migrate", "serve", "work", "demo", "import", "analyse", "staff")
    assert [name for name in commands if f"  {name} " not in shown] == []


def test_migrate_opens_the_standard_questionnaire_once(
    klantreis: Run, session: Session
) -> None:
    runs = [klantreis("migrate", "--organisation", "De Winkel") for _ in range(2)]

    assert [run.exit_code for run in runs] == [0, 0]
    assert session.scalars(select(Questionnaire.slug)).all() == ["standard"]
    [source] = session.scalars(select(QuestionnaireVersion.source))
    assert source.startswith('organisation = "De Winkel"')


def test_staff_member_gets_a_password_that_works(
    klantreis: Run, session: Session
) -> None:
    shown = klantreis("staff", "add", "An@Example.org", "--role", "marketer").output

    password = shown.split("Password: ")[1].strip()
    member = session.scalars(select(StaffMember)).one()
    assert member.email == "an@example.org"
    assert PasswordHasher().verify(member.password, password)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["staff", "add", "nobody", "--role", "admin"], "is no e-mail address"),
        (["staff", "reset", "a@example.org"], "has no account"),
        (["staff", "close", "a@example.org"], "has no account"),
        (["wave", "add", "w1", "--name", "W", "--from", "2026-01-01"], "no questionn"),
        (["erase", "ABCD-EFGH"], "no response has the receipt"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(
    arguments: Sequence[str], complaint: str, klantreis: Run
) -> None:
    run = klantreis(*arguments)

    assert (run.exit_code, complaint in run.output) == (1, True)


def test_reset_password_ends_old_sessions(klantreis: Run, session: Session) -> None:
    member = make_staff_member(session, "admin")
    before = (member.password, member.fs_uniquifier)

    klantreis("staff", "reset", member.email)

    session.refresh(member)
    assert member.password != before[0]
    assert member.fs_uniquifier != before[1]


def test_closed_account_is_inactive(klantreis: Run, session: Session) -> None:
    member = make_staff_member(session, "admin")

    klantreis("staff", "close", member.email)

    session.refresh(member)
    assert not member.active


def test_wave_is_added_once(klantreis: Run, session: Session) -> None:
    version = make_version(session)
    session.commit()
    slug = version.questionnaire.slug
    arguments = ["wave", "add", "w1", "--name", "Voorjaar", "--from", "01-03-2026"]

    for _time in range(2):
        klantreis(*arguments, "--questionnaire", slug)

    assert session.scalars(select(Wave.name)).all() == ["Voorjaar"]
    assert "Voorjaar" in klantreis("wave", "list").output


def test_questionnaire_is_closed_and_opened_again(
    klantreis: Run, session: Session
) -> None:
    klantreis("migrate")
    states = []

    for verb in ("close", "reopen"):
        klantreis("questionnaire", verb, "standard")
        states.append(session.scalars(select(Questionnaire.state)).one())
        session.rollback()

    assert states == ["closed", "open"]


def test_serve_refuses_a_database_that_is_not_ready(tmp_path: Path) -> None:
    environ = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.db",
        "KLANTREIS_INSTANCE": str(tmp_path),
    }

    run = CliRunner(env=environ).invoke(main, ["serve"])

    assert (run.exit_code, "klantreis migrate" in run.output) == (1, True)


def test_new_database_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    environ = {"KLANTREIS_INSTANCE": str(tmp_path), "DATABASE_URL": ""}

    CliRunner(env=environ).invoke(main, ["migrate"])

    modes = {
        path.name: path.stat().st_mode & 0o077
        for path in tmp_path.iterdir()
        if path.suffix != ".lock"
    }
    assert modes == {"klantreis.db": 0, "secret_key": 0, "contact_key": 0}


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("nonsense", "DATABASE_URL must name a database"),
        ("mysql://user:secret@host/name", "DATABASE_URL must name a database"),
        ("sqlite://", "DATABASE_URL must name a database"),
        ("sqlite:////nowhere/at/all.db", "unable to open database file"),
        ("postgres://user:secret@127.0.0.1:1/name", "the database cannot be used"),
    ],
)
def test_database_that_cannot_be_had_is_told_in_one_line(
    url: str, complaint: str, tmp_path: Path
) -> None:
    environ = {"DATABASE_URL": url, "KLANTREIS_INSTANCE": str(tmp_path)}

    run = CliRunner(env=environ).invoke(main, ["migrate"])

    assert (run.exit_code, complaint in run.output) == (1, True)
    assert len(run.output.splitlines()) == 1
    assert "secret" not in run.output


def test_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear customer, thank you for your letter.")
    environ = {
        "DATABASE_URL": f"sqlite:///{file}",
        "KLANTREIS_INSTANCE": str(tmp_path),
    }

    run = CliRunner(env=environ).invoke(main, ["migrate"])

    assert (run.exit_code, "file is not a database" in run.output) == (1, True)
    assert file.read_text().startswith("Dear customer")


def test_database_of_a_newer_version_is_refused(
    klantreis: Run, session: Session
) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    session.commit()

    run = klantreis("migrate")

    assert (run.exit_code, "newer version" in run.output) == (1, True)


@pytest.mark.parametrize(
    "arguments", [["work"], ["staff", "close", "a@example.org"], ["wave", "list"]]
)
def test_commands_ask_for_migrate_first(
    arguments: Sequence[str], tmp_path: Path
) -> None:
    environ = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.db",
        "KLANTREIS_INSTANCE": str(tmp_path),
    }

    run = CliRunner(env=environ).invoke(main, arguments)

    assert (run.exit_code, "run: klantreis migrate" in run.output) == (1, True)
