"""How long each format takes for 50,000 responses, and in how much memory.

Fills a temporary database with responses to the standard questionnaire, each with a
mention, then writes each format in a process of its own, after one of 12,500 to see
whether time grows faster than the number of responses.

Run: python benchmarks/exports.py, on another database (which it fills) with
DATABASE_URL=postgresql://…, with another number with RESPONSES=500000
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.exports.formats import FORMATS, write_export
from survey_app.exports.orders import Order
from survey_app.exports.selection import Selection
from survey_app.insights.models import AnalysedText, Mention
from survey_app.keys import new_public_id
from survey_app.migrations import migrate
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.question_set import TEXT_TYPES
from survey_app.questionnaires.reading import read_question_set, shipped_question_set
from survey_app.questionnaires.service import ensure_wave, publish
from survey_app.respondents.models import Respondent
from survey_app.responses.models import Answer, Response

RESPONSES = int(os.environ.get("RESPONSES", "50000"))
QUARTER = RESPONSES // 4
CHUNK = 5_000
TIME = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORDS = "Het plankje is prima, maar de bezorging duurde een week langer dan beloofd."
MOST_GROWTH = 1.25  # of the time for a response, from a quarter to all
MOST_MEMORY = 200  # MB, of the formats that are written row by row
AT_ONCE = frozenset({"sav"})  # its writer wants all rows together


def main() -> None:
    if len(sys.argv) > 1:
        return write_one(sys.argv[1], sys.argv[2], sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/bench.db"
        database = Database(url)
        migrate(database.engine)
        with database.transaction() as session:
            fill(session)
        tell({form: measure(url, form) for form in FORMATS}, database)
        database.dispose()
    return None


def measure(url: str, form: str) -> tuple[float, float, float, float]:
    """Seconds for a quarter and for all, MB in memory and MB written."""
    quarter, _memory, _size = run(url, form, "w1")
    whole, memory, size = run(url, form, "")
    return quarter, whole, memory, size


def run(url: str, form: str, wave: str) -> tuple[float, float, float]:
    done = subprocess.run(  # noqa: S603 - this script
        [sys.executable, __file__, url, form, wave],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    seconds, memory, size = done.stdout.split()
    return float(seconds), float(memory), float(size)


def write_one(url: str, form: str, wave: str) -> None:
    database = Database(url)
    with database.read() as session:
        questionnaire = session.scalars(select(Questionnaire)).one()
        waves = {each.code: each.id for each in questionnaire.waves}
    selection = Selection(
        questionnaire_id=questionnaire.id, wave_id=waves[wave] if wave else None
    )
    if wave and FORMATS[form].takes_everything:
        print(0, 0, 0)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        started = process_time()
        for _step in write_export(
            database, Order(format=form, selection=selection), path
        ):
            pass
        seconds = process_time() - started
        megabytes = path.stat().st_size / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, memory, megabytes)


def tell(
    figures: dict[str, tuple[float, float, float, float]], database: Database
) -> None:
    _quarter, plain, _memory, _size = figures["csv"]
    print(f"{RESPONSES:,} responses to the standard questionnaire")
    print(f"in {database.engine.dialect.name}. CPU time beside that of plain CSV,")
    print(f"which takes {plain:.1f} s.")
    print("Growth: time for a response among all, beside one among a quarter of them.")
    print(f"Target: growth under {MOST_GROWTH}, memory under {MOST_MEMORY} MB (of the")
    print("whole process; SPSS aside, whose writer wants all rows at once).\n")
    print(f"{'':12} {'time':>6} {'growth':>7} {'memory':>8} {'file':>8}")
    met = True
    for form, (quarter, whole, memory, size) in figures.items():
        growth = whole / 4 / quarter if quarter else None
        told = f"{growth:7.2f}" if growth is not None else f"{'–':>7}"
        print(f"{form:12} {whole / plain:6.2f} {told} {memory:5.0f} MB {size:5.1f} MB")
        met &= growth is None or growth < MOST_GROWTH
        met &= form in AT_ONCE or memory < MOST_MEMORY
    print(f"\nTarget {'met' if met else 'NOT met'}.")


def fill(session: Session) -> None:
    source = shipped_question_set("standard_v1.toml")
    version = publish(session, source, published_at=TIME)
    questionnaire = version.questionnaire
    waves = [
        ensure_wave(
            session, questionnaire, code=code, name=code, starts_on=date(2026, 1, 1)
        ).id
        for code in ("w1", "w2")
    ]
    rows = _rows(Random(1), version.id, waves)  # noqa: S311 - invented rows
    while chunk := list(islice(rows, CHUNK)):
        for model in (Respondent, Response, Answer, AnalysedText, Mention):
            of_model = [row for each in chunk for row in each[model]]
            session.execute(insert(model), of_model)


def _rows(
    random: Random, version_id: int, waves: list[int]
) -> Iterator[dict[type[Any], list[dict[str, Any]]]]:
    questions = read_question_set(shipped_question_set("standard_v1.toml")).questions
    asked = list(questions.values())
    for number in range(1, RESPONSES + 1):
        wave = waves[0] if number <= QUARTER else waves[1]
        first = (number - 1) * len(asked) + 1
        answers = [
            {
                "id": first + place,
                "response_id": number,
                "question_id": question.id,
                "code": random.choice(question.codes) if question.codes else None,
                "text": WORDS if question.type in TEXT_TYPES else None,
                "role": question.analysis.role if question.analysis else None,
                "updated_at": TIME,
                "analysis_version": "1",
            }
            for place, question in enumerate(asked)
        ]
        spoken = next(each for each in answers if each["text"])
        shared = {
            "respondent_id": number,
            "wave_id": wave,
            "source": "survey",
            "role": spoken["role"],
            "language": "nl",
            "week": TIME.toordinal(),
        }
        yield {
            Respondent: [{"id": number, "created_at": TIME}],
            Response: [_response(number, version_id, wave)],
            Answer: answers,
            AnalysedText: [
                {
                    "id": number,
                    "answer_id": spoken["id"],
                    "version": "1",
                    "analysed_at": TIME,
                    **shared,
                }
            ],
            Mention: [_mention(number, shared)],
        }


def _response(number: int, version_id: int, wave: int) -> dict[str, Any]:
    at = TIME + timedelta(minutes=number)
    return {
        "id": number,
        "public_id": new_public_id(),
        "version_id": version_id,
        "wave_id": wave,
        "respondent_id": number,
        "state": "submitted",
        "source": "link",
        "language_started": "nl",
        "language_submitted": "nl",
        "started_at": at,
        "last_activity_at": at,
        "submitted_at": at + timedelta(minutes=4),
        "device": "phone",
    }


def _mention(number: int, shared: dict[str, Any]) -> dict[str, Any]:
    return {
        "analysed_text_id": number,
        "start": 22,
        "end": 62,
        "touchpoint": "delivery",
        "polarity": "negative",
        "score": -0.6,
        "confidence": 0.9,
        "emotion": "none",
        "stance": "fact",
        "cues": ["langer"],
        "method": "model",
        **shared,
    }


if __name__ == "__main__":
    main()
