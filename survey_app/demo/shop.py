"""Schroef & Plank: what the demo puts into an empty workspace."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable

from survey_app.accounts.permissions import ROLES
from survey_app.accounts.service import add_staff_member, new_password
from survey_app.clock import now
from survey_app.db import Database
from survey_app.insights.service import analyse_pending
from survey_app.insights.vectors import read_meanings
from survey_app.interviews.service import InterviewFacts, import_interview
from survey_app.personas.service import refresh_personas
from survey_app.questionnaires.service import ensure_wave, publish
from survey_app.responses.importing import import_answers

ORGANISATION = "Schroef & Plank"
DATA = files("survey_app.demo") / "data"

Say = Callable[[str], None]


class DemoDataError(Exception):
    """A row of the demo's own data that the import refuses."""


@dataclass(frozen=True, slots=True)
class DemoWave:
    code: str
    name: str
    starts_on: date
    ends_on: date
    file: str


WAVES = (
    DemoWave(
        "w1", "Voorjaar 2026", date(2026, 3, 1), date(2026, 4, 30), "answers_w1.jsonl"
    ),
    DemoWave("w2", "Zomer 2026", date(2026, 6, 1), date(2026, 7, 31), "answers_w2.csv"),
    DemoWave(
        "w3", "Najaar 2026", date(2026, 9, 1), date(2026, 12, 31), "answers_w3.jsonl"
    ),
)

# file, language, day, wave, title
INTERVIEWS = (
    ("interview_1_nl.txt", "nl", date(2026, 4, 14), "w1", "Verhuurder die vergelijkt"),
    (
        "interview_2_nl.txt",
        "nl",
        date(2026, 4, 16),
        "w1",
        "Gepensioneerde met boekenkast",
    ),
    ("interview_3_nl.txt", "nl", date(2026, 7, 2), "w2", "Maker uit Gent"),
    ("interview_4_nl.txt", "nl", date(2026, 7, 9), "w2", "Jong stel dat afhaakte"),
    (
        "interview_5_nl.txt",
        "nl",
        date(2026, 10, 6),
        "w3",
        "Horeca-ondernemer in Zwolle",
    ),
    ("interview_6_en.txt", "en", date(2026, 10, 13), "w3", "Irish expat in Utrecht"),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    role: str
    email: str
    password: str


def open_shop(database: Database, *, say: Say) -> list[SignIn]:
    """Questionnaire, waves, answers, interviews, analysis, personas and staff."""
    wave_ids = _publish(database)
    for wave in WAVES:
        say(_import_wave(database, wave))
    with database.transaction() as session:
        for file, language, held_on, wave_code, title in INTERVIEWS:
            facts = InterviewFacts(
                title=title,
                source_name=file,
                language=language,
                held_on=held_on,
                wave_id=wave_ids[wave_code],
            )
            data = (DATA / "interviews" / file).read_bytes()
            import_interview(session, data, facts, imported_at=now())
    say(f"{len(INTERVIEWS)} interviews imported")
    say(f"{_analyse(database)} texts analysed")
    while read_meanings(database):
        pass
    refresh_personas(database, force=True)
    say("personas derived")
    return _hire(database)


def _publish(database: Database) -> dict[str, int]:
    source = _question_set().read_text("utf-8")
    with database.transaction() as session:
        version = publish(
            session, source, published_at=now(), organisation=ORGANISATION
        )
        waves = [
            ensure_wave(
                session,
                version.questionnaire,
                code=wave.code,
                name=wave.name,
                starts_on=wave.starts_on,
                ends_on=wave.ends_on,
            )
            for wave in WAVES
        ]
        return {wave.code: wave.id for wave in waves}


def _question_set() -> Traversable:
    return files("question_sets") / "standard_v1.toml"


def _import_wave(database: Database, wave: DemoWave) -> str:
    with (DATA / wave.file).open("rb") as file:
        report = import_answers(
            database,
            file,
            questionnaire_slug="standard",
            file_format="csv" if wave.file.endswith(".csv") else "jsonl",
            now=now(),
        )
    if report.rejected:
        raise DemoDataError(f"{wave.file}: {report.rejected[0]}")
    return f"{wave.name}: {report.created} responses imported"


def _analyse(database: Database) -> int:
    """All texts, as the worker would; how many there were."""
    done = 0
    with ThreadPoolExecutor(1) as executor:
        while analysed := analyse_pending(database, executor):
            done += analysed
    return done


def _hire(database: Database) -> list[SignIn]:
    """One staff member for each role, with a password made up on the spot."""
    sign_ins = [SignIn(role, f"{role}@example.org", new_password()) for role in ROLES]
    with database.transaction() as session:
        for sign_in in sign_ins:
            add_staff_member(
                session,
                email=sign_in.email,
                role=sign_in.role,
                password=sign_in.password,
                created_at=now(),
            )
    return sign_ins
