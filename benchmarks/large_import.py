"""How much memory a file of answers takes that is as large as the page lets in.

Serves a workspace of its own, uploads a CSV file of nearly 200 MB as a browser does,
looks, tries and imports it, and watches the memory of every process meanwhile. Then one
that is too large, one that breaks off halfway, and the same file by command.

Run: python -m benchmarks.large_import, with another size with MB=20; needs psutil
"""

import csv
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.served import ServedWorkspace
from tests.uploading import Uploader

MB = int(os.environ.get("MB", "199"))
PASSWORD = "a long password for one run"  # noqa: S105 - of a workspace that goes
WORDS = "Het plankje is prima, maar de bezorging duurde een week langer. " * 30
WAITING = ("Waiting for its turn", "Under way")


class Watch:
    """By how much the serving processes and the worker have grown in memory."""

    def __init__(self, group: int) -> None:
        self._server = psutil.Process(group)
        self._began = {each.pid: rss(each) for each in self._processes()}
        self.grown = {"serving": 0.0, "worker": 0.0}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> dict[str, float]:
        self._over.set()
        self._thread.join()
        return self.grown

    def _look(self) -> None:
        while not self._over.wait(0.05):
            for each in self._processes():
                name = "worker" if "work" in words_of(each) else "serving"
                grown = rss(each) - self._began.get(each.pid, rss(each))
                self.grown[name] = max(self.grown[name], grown)

    def _processes(self) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):  # one ended while they were counted
            return [self._server, *self._server.children(recursive=True)]
        return [self._server]


def rss(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        return process.memory_info().rss / 1e6
    return 0.0


def words_of(process: psutil.Process) -> list[str]:
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
        return process.cmdline()
    return []


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "answers.csv"
        rows = write_answers(file)
        print(f"A CSV file of {file.stat().st_size / 1e6:.0f} MB, {rows:,} rows.\n")
        with served(folder) as workspace:
            by_page(workspace, file, folder)
        by_command(folder, file)


def write_answers(file: Path) -> int:
    number = 0
    with file.open("w", newline="", encoding="utf-8") as content:
        writer = csv.writer(content)
        writer.writerow(["submission_id", "submitted_at", "q8_why_us"])
        while content.tell() < MB * 1_000_000:
            number += 1
            words = f"{WORDS}{number}"
            writer.writerow([f"s{number}", "2026-10-01T12:00:00+02:00", words])
    return number


@contextmanager
def served(folder: Path) -> Iterator[ServedWorkspace]:
    workspace = ServedWorkspace(environment(folder))
    workspace.run("migrate")
    workspace.run("staff", "add", "r@example.org", "--role", "researcher")
    workspace.start()
    try:
        yield workspace
    finally:
        workspace.stop()


def environment(folder: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite:///{folder}/klantreis.db",
        "KLANTREIS_INSTANCE": str(folder / "instance"),
        "KLANTREIS_PASSWORD": PASSWORD,
        "TMPDIR": str(folder),
    }


def by_page(workspace: ServedWorkspace, file: Path, folder: Path) -> None:
    staff = Uploader(workspace.port, "r@example.org", PASSWORD)
    staff.get("/staff/imports/")  # so that the server is warm
    kept = folder / "instance" / "uploads"
    for share, size, what in (
        (0.5, None, "broken off halfway"),
        (1.0, 300 << 20, "said to be 300 MB"),
    ):
        with measured(workspace.group, what):
            print(f"  answer: {staff.upload(file, size=size, sent=share)}")
            time.sleep(1)
        print(f"  left behind: {[each.name for each in kept.glob('*')]}")
    with measured(workspace.group, "upload"):
        where = staff.upload(file)
    chosen = {"column_0": "submission_id", "column_1": "submitted_at"}
    chosen |= {"column_2": "q8_why_us", "language": "nl"}
    for deed, form in (("try", chosen), ("commit", {})):
        with measured(workspace.group, deed):
            staff.post(f"{where}/{deed}", form, where)
            while any(words in staff.get(where) for words in WAITING):
                time.sleep(0.5)
    found = re.findall(r"<dd[^>]*>(.*?)</dd>|<strong>(.*?)</strong>", staff.get(where))
    print(f"  told: {found[:4]}")


@contextmanager
def measured(group: int, what: str) -> Iterator[None]:
    watch, began = Watch(group), time.monotonic()
    yield
    seconds, grown = time.monotonic() - began, watch.end()
    sizes = "  ".join(f"{name} +{size:.0f} MB" for name, size in grown.items())
    print(f"{what:20} {seconds:6.1f} s  {sizes}")
    sys.stdout.flush()


def by_command(folder: Path, file: Path) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    workspace = ServedWorkspace(environment(elsewhere))
    workspace.run("migrate")
    began = time.monotonic()
    with (folder / "told.txt").open("w+", encoding="utf-8") as told:
        command = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "survey_app", "import", "answers", str(file)],
            env=os.environ | environment(elsewhere),
            stdout=told,
            stderr=subprocess.STDOUT,
        )
        _pid, _status, used = os.wait4(command.pid, 0)
        seconds, most = time.monotonic() - began, used.ru_maxrss / 1024
        print(
            f"{'by command':20} {seconds:6.1f} s  whole process {most:6.1f} MB at most"
        )
        told.seek(0)
        print(f"  told: {told.read(200).strip()}")


if __name__ == "__main__":
    main()
