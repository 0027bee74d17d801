"""CPU time of the respondent's pages beside a Flask "hello", in one run.

    .venv/bin/python benchmarks/respondent_pages.py

Each request goes through Werkzeug's test client in this process, so that process CPU
time holds the whole request and nothing of a network. The client's own cost is in
every line, the hello included; the last column takes it out.
"""

import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from survey_app import create_app
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.migrations import migrate
from survey_app.questionnaires.reading import shipped_question_set
from survey_app.questionnaires.service import publish

ROUNDS = 7
REQUESTS = 300
TOKEN = re.compile(r'name="token" value="([^"]+)"')


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = _prepared_app(Path(folder))
        client = app.test_client()
        page = _started(client)
        hello = _hello().test_client()
        jobs: dict[str, Callable[[], object]] = {
            "test client alone": lambda: _empty_request(client),
            "GET hello (bare Flask)": lambda: hello.get("/"),
            "GET first page": lambda: client.get("/q/standard/nl/"),
            "GET question page": lambda: client.get(page),
            "GET question page + POST answer": _answering(client, page),
        }
        costs = _measure(jobs)
        app.extensions["database"].dispose()
    _tell(costs)


def _measure(jobs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median over rounds that alternate, so that a slow moment hits all alike."""
    rounds: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            started = time.process_time()
            for _ in range(REQUESTS):
                job()
            spent = time.process_time() - started
            rounds[name].append(1000 * spent / REQUESTS)
    return {name: statistics.median(times) for name, times in rounds.items()}


def _tell(costs: dict[str, float]) -> None:
    alone, hello = (costs.pop(name) for name in list(costs)[:2])
    costs["POST answer"] = (
        costs["GET question page + POST answer"] - costs["GET question page"]
    )
    del costs["GET question page + POST answer"]
    print(f"{'':24} {'CPU ms':>8} {'x hello':>8} {'without client':>15}")
    print(f"{'test client alone':24} {alone:8.3f}")
    for name, cost in {"GET hello": hello, **costs}.items():
        own = (cost - alone) / (hello - alone)
        print(f"{name:24} {cost:8.3f} {cost / hello:8.1f} {own:15.1f}")


def _answering(client: FlaskClient, page: str) -> Callable[[], object]:
    count = 0

    def answer() -> None:
        nonlocal count
        count += 1
        token = TOKEN.findall(client.get(page).text)[0]
        text = f"Mooie foto's, maar het menu bleef hangen ({count})"
        sent = client.post(
            page, data={"token": token, "answer_q2_first_impression": text}
        )
        assert sent.status == "303 SEE OTHER", sent.status

    return answer


def _empty_request(client: FlaskClient) -> None:
    environ = EnvironBuilder("/").get_environ()
    run_wsgi_app(_nothing, environ, buffered=True)
    del client


def _nothing(_environ: object, start_response: Callable[..., object]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]


def _hello() -> Flask:
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    return app


def _prepared_app(folder: Path) -> Flask:
    url = f"sqlite:///{folder}/bench.db"
    app = create_app(Settings(database_url=url, secret_key=token_hex()))
    app.config["WTF_CSRF_ENABLED"] = False
    database = app.extensions["database"]
    migrate(database.engine)
    with database.transaction() as session:
        publish(session, shipped_question_set("standard_v1.toml"), published_at=now())
    return app


def _started(client: FlaskClient) -> str:
    token = TOKEN.findall(client.get("/q/standard/nl/").text)[0]
    return client.post("/q/standard/nl/", data={"token": token}).headers["Location"]


if __name__ == "__main__":
    main()
