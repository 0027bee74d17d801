"""CPU time of the respondent's pages beside a Flask "hello", in one run.

    .venv/bin/python benchmarks/respondent_pages.py

Each request goes through Werkzeug's test client in this process, so that process CPU
time holds the whole request and nothing of a network. The client's own cost is in
every line, the hello included; the last column takes it out.
"""

import re
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

ROUNDS = 31
REQUESTS = 60
TARGET = 5.0  # times a hello, for a GET
ALONE = "test client alone"
HELLO = "GET hello (bare Flask)"
GET_FIRST = "GET first page"
GET_PAGE = "GET question page"
GET_AND_POST = "GET question page + POST answer"
TOKEN = re.compile(r'name="token" value="([^"]+)"')


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = _prepared_app(Path(folder))
        client = app.test_client()
        page = _started(client)
        hello = _hello().test_client()
        jobs: dict[str, Callable[[], object]] = {
            ALONE: lambda: _empty_request(client),
            HELLO: lambda: hello.get("/"),
            GET_FIRST: lambda: client.get("/q/standard/nl/"),
            GET_PAGE: lambda: client.get(page),
            GET_AND_POST: _answering(client, page),
        }
        rounds = _measure(jobs)
        app.extensions["database"].dispose()
    _tell(rounds)


def _measure(jobs: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """CPU ms of each job by round; the jobs of a round run right after each other."""
    for job in jobs.values():
        job()
    rounds: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            started = time.process_time()
            for _ in range(REQUESTS):
                job()
            spent = time.process_time() - started
            rounds[name].append(1000 * spent / REQUESTS)
    together = zip(rounds.pop(GET_AND_POST), rounds[GET_PAGE], strict=True)
    rounds["POST answer"] = [both - get for both, get in together]
    return rounds


def _tell(rounds: dict[str, list[float]]) -> None:
    """The least of all rounds: what the work costs when nothing else disturbs it."""
    print("CPU time of a request, and how many times that of a bare Flask hello:")
    print(f"the least of {ROUNDS} rounds. Target: both GETs at most {TARGET} hellos.\n")
    costs = {name: min(times) for name, times in rounds.items()}
    alone, hello = costs.pop(ALONE), costs[HELLO]
    print(f"{'':24} {'CPU ms':>8} {'x hello':>8} {'without client':>15}")
    print(f"{ALONE:24} {alone:8.3f}")
    for name, cost in costs.items():
        own = (cost - alone) / (hello - alone)
        print(f"{name:24} {cost:8.3f} {cost / hello:8.1f} {own:15.1f}")
    met = max(costs[GET_FIRST], costs[GET_PAGE]) <= TARGET * hello
    print(f"\nTarget {'met' if met else 'NOT met'}.")


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
    app = create_app(Settings(database_url=url, secret_key=token_hex(), limits={}))
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
