"""Uploads to a real server: piece by piece, to the end or not."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import PASSWORD
from tests.served import ServedWorkspace
from tests.uploading import Uploader

RESEARCHER = "r@example.org"
LARGE = 40 << 20  # bytes; kept in memory it would show
MOST_GROWTH = 15 << 20


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[ServedWorkspace]:
    workspace = ServedWorkspace(
        {
            "DATABASE_URL": f"sqlite:///{tmp_path}/served.db",
            "KLANTREIS_INSTANCE": str(tmp_path / "instance"),
            "KLANTREIS_PASSWORD": PASSWORD,
            "TMPDIR": str(aside(tmp_path)),
        },
        "--no-worker",
    )
    workspace.run("migrate")
    workspace.run("staff", "add", RESEARCHER, "--role", "researcher")
    workspace.start()
    yield workspace
    workspace.stop()


def aside(tmp_path: Path) -> Path:
    """Where the server puts what it is still receiving."""
    folder = tmp_path / "aside"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def staff(workspace: ServedWorkspace) -> Uploader:
    return Uploader(workspace.port, RESEARCHER, PASSWORD)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    file = tmp_path / "answers.csv"
    row = f"2026-10-01,{'Prima geholpen. ' * 100}\n"
    with file.open("w", encoding="utf-8") as content:
        content.write("submitted_at,q8_why_us\n")
        content.writelines(row for _ in range(LARGE // len(row)))
    return file


def most_memory(group: int) -> int:
    """The most bytes that the processes of a group have held, so far."""
    sizes = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                words = (folder / "status").read_text().partition("VmHWM:")[2].split()
                sizes.append(int(words[0]) * 1024)
        except (OSError, IndexError):  # it ended meanwhile
            continue
    return sum(sizes)


def left_behind(tmp_path: Path) -> list[str]:
    folders = (aside(tmp_path), tmp_path / "instance" / "uploads")
    return [str(each) for folder in folders for each in folder.glob("*")]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_a_large_upload_passes_through_little_memory(
    workspace: ServedWorkspace, staff: Uploader, large: Path, tmp_path: Path
) -> None:
    small = tmp_path / "small.csv"
    small.write_text("submitted_at,q8_why_us\n2026-10-01,Prima\n", "utf-8")
    staff.get(staff.upload(small))
    before = most_memory(workspace.group)

    where = staff.upload(large)

    assert where.startswith("/staff/imports/")
    grown = most_memory(workspace.group) - before
    kept = tmp_path / "instance" / "uploads" / where.rpartition("/")[2]
    assert kept.stat().st_size == large.stat().st_size
    assert grown < MOST_GROWTH


def test_an_upload_that_is_broken_off_leaves_nothing(
    staff: Uploader, large: Path, tmp_path: Path
) -> None:
    staff.upload(large, sent=0.5)
    time.sleep(1)  # in which a server that took it for whole would have kept it

    assert left_behind(tmp_path) == []
    assert "answers.csv" not in staff.get("/staff/imports/")


def test_an_upload_over_the_limit_is_answered_before_it_is_sent(
    staff: Uploader, tmp_path: Path
) -> None:
    begun = tmp_path / "begun.csv"
    begun.write_bytes(b"a,b\n" * 1000)  # all that is ever sent of it

    answer = staff.upload(begun, size=201 << 20)

    assert answer == "413 That is too much at once"
    assert left_behind(tmp_path) == []
