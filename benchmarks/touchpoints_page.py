"""How long the pages with figures take on 100,000 mentions, cold and warm.

Fills a temporary database with 12,000 respondents, 20 touchpoints, 3 waves and 26
weeks, then asks the pages as a signed-in marketer.

Run: python benchmarks/touchpoints_page.py, on another database (which it fills) with
DATABASE_URL=postgresql://…, with ten times as much with SCALE=10
"""

import os
import statistics
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from time import perf_counter, process_time
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from survey_app import create_app
from survey_app.accounts.service import add_staff_member
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.insights.models import AnalysedText, Mention
from survey_app.migrations import migrate
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion, Wave
from survey_app.respondents.models import Respondent
from survey_app.responses.models import Answer, Response

SCALE = int(os.environ.get("SCALE", "1"))
RESPONDENTS, MENTIONS = 12_000 * SCALE, 100_000 * SCALE
TOUCHPOINTS, WAVES, WEEKS = 20, 3, 26
ROUNDS = 11
TARGET = 200  # ms
Taken = list[tuple[float, float]]  # on the clock and of the CPU, in ms
Times = tuple[Taken, Taken]  # cold and warm

START = date(2026, 3, 2)
TIME = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROLES = ("website_experience", "findability", "interactions", "deciding_factor")
PASSWORD = "a password of this benchmark"  # noqa: S105 - of a temporary database
PAGES = (
    "/staff/touchpoints/?wave=all",
    "/staff/touchpoints/",
    "/staff/touchpoints/?wave=all&touchpoint=delivery",
    "/staff/touchpoints/delivery/sentences?wave=all",
    "/staff/",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/bench.db"
        database = Database(url)
        migrate(database.engine)
        with database.transaction() as session:
            fill(session)
        tell(measure(url, database), database.engine.dialect.name)
        database.dispose()


def measure(url: str, database: Database) -> dict[str, Times]:
    """By page: the first after the data changed, then again with nothing changed."""
    app = create_app(Settings(database_url=url, secret_key="x" * 40))
    app.config.update(WTF_CSRF_ENABLED=False)
    client = app.test_client()
    client.post("/staff/sign-in", data={"email": "m@example.org", "password": PASSWORD})
    times: dict[str, Times] = {address: ([], []) for address in PAGES}
    for address, (cold, warm) in times.items():
        timed(client, address)  # templates and translations are loaded
        for _ in range(ROUNDS):
            say_more(database)
            cold.append(timed(client, address))
            warm.append(timed(client, address))
    app.extensions["database"].dispose()
    return times


def tell(times: dict[str, Times], dialect: str) -> None:
    print(f"Milliseconds for a page with {MENTIONS:,} mentions in {dialect}, rendering")
    print(
        f"included: medians of {ROUNDS}. Cold is the first view after the data changed."
    )
    print("CPU is that of this process alone: another's database server is not in it.")
    print(f"Target: cold under {TARGET} ms on the clock.\n")
    print(f"{'':50} {'cold':>6} {'(CPU)':>6} {'warm':>6} {'(CPU)':>6}")
    slowest = 0.0
    for address, (cold, warm) in times.items():
        figures = [
            statistics.median(each)
            for each in (*zip(*cold, strict=True), *zip(*warm, strict=True))
        ]
        print(f"{address:50}" + "".join(f" {figure:6.0f}" for figure in figures))
        slowest = max(slowest, figures[0])
    print(f"\nTarget {'met' if slowest < TARGET else 'NOT met'}.")


def timed(client: FlaskClient, address: str) -> tuple[float, float]:
    started, spent = perf_counter(), process_time()
    page = client.get(address)
    assert page.status == "200 OK", page.status
    return (perf_counter() - started) * 1000, (process_time() - spent) * 1000


def say_more(database: Database) -> None:
    """One more mention at every touchpoint, as after an analysis: all figures move."""
    columns = [column for column in Mention.__table__.c if column.name != "id"]
    newest = select(func.max(Mention.id)).scalar_subquery()
    said = select(*columns).where(Mention.id > newest - TOUCHPOINTS)
    with database.transaction() as session:
        session.execute(
            insert(Mention).from_select([column.name for column in columns], said)
        )


def fill(session: Session) -> None:
    random = Random(1)  # noqa: S311 - invented rows
    add_staff_member(
        session,
        email="m@example.org",
        role="marketer",
        password=PASSWORD,
        created_at=TIME,
    )
    questionnaire = Questionnaire(slug="bench", state="open")
    version = QuestionnaireVersion(
        questionnaire=questionnaire,
        version="1",
        content_hash="0" * 64,
        source="",
        published_at=TIME,
    )
    waves = [_wave(questionnaire, number) for number in range(WAVES)]
    session.add_all([questionnaire, version, *waves])
    session.flush()
    people = [{"id": i + 1, "created_at": TIME} for i in range(RESPONDENTS)]
    session.execute(insert(Respondent), people)
    for model, rows in _tables(random, version.id, [wave.id for wave in waves]):
        session.execute(insert(model), rows)


def _wave(questionnaire: Questionnaire, number: int) -> Wave:
    starts_on = START + timedelta(weeks=9 * number)
    return Wave(
        questionnaire=questionnaire,
        code=f"w{number + 1}",
        name=f"Wave {number + 1}",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=8, days=6),
    )


def _tables(
    random: Random, version_id: int, wave_ids: list[int]
) -> Iterator[tuple[type[Any], list[dict[str, Any]]]]:
    """Rows for bulk insert; each respondent answers once, in a week of one wave."""
    week_of = [random.randrange(WEEKS) for _ in range(RESPONDENTS)]
    responses, answers, texts = [], [], []
    for i, week in enumerate(week_of):
        wave_id = wave_ids[min(week // 9, WAVES - 1)]
        at = TIME + timedelta(weeks=week)
        responses.append(_response(i + 1, version_id, wave_id, at))
        for k, role in enumerate(ROLES):
            answer_id = i * len(ROLES) + k + 1
            answers.append(_answer(answer_id, i + 1, role, at))
            texts.append(
                _text(answer_id, i + 1, wave_id, role, START + timedelta(weeks=week))
            )
    mentions = [
        _mention(random, random.choice(texts), number) for number in range(MENTIONS)
    ]
    yield Response, responses
    yield Answer, answers
    yield AnalysedText, texts
    yield Mention, mentions


def _response(
    number: int, version_id: int, wave_id: int, at: datetime
) -> dict[str, Any]:
    return {
        "id": number,
        "version_id": version_id,
        "wave_id": wave_id,
        "respondent_id": number,
        "state": "submitted",
        "source": "link",
        "language_started": "nl",
        "started_at": at,
        "last_activity_at": at,
        "submitted_at": at,
    }


def _answer(number: int, response_id: int, role: str, at: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "response_id": response_id,
        "question_id": role,
        "role": role,
        "text": "Het plankje is prima, maar de bezorging duurde een week langer.",
        "updated_at": at,
        "analysis_version": "1",
    }


def _text(
    number: int, respondent_id: int, wave_id: int, role: str, monday: date
) -> dict[str, Any]:
    return {
        "id": number,
        "answer_id": number,
        "respondent_id": respondent_id,
        "wave_id": wave_id,
        "source": "survey",
        "role": role,
        "language": "nl" if respondent_id % 4 else "en",
        "week": monday.toordinal(),
        "overall": "neutral",
        "version": "1",
        "analysed_at": TIME,
    }


def _mention(random: Random, text: dict[str, Any], number: int) -> dict[str, Any]:
    place = number % TOUCHPOINTS
    score = max(-1.0, min(1.0, random.gauss(0.5 - place / TOUCHPOINTS, 0.5)))
    names = ("delivery", "price", "website", "checkout", "returns", "product")
    copied = ("respondent_id", "wave_id", "source", "role", "language", "week")
    return {name: text[name] for name in copied} | {
        "analysed_text_id": text["id"],
        "start": 23,
        "end": 62,
        "touchpoint": names[place] if place < len(names) else f"own_{place}",
        "polarity": ("neutral", "positive", "negative")[round(score * 2) or 0],
        "score": score,
        "confidence": random.uniform(0.4, 1.0),
        "emotion": "none",
        "stance": "fact",
        "cues": random.sample(("bezorging", "langer", "week", "prima", "traag"), 2),
        "method": "model",
    }


if __name__ == "__main__":
    main()
