"""The server as processes: nobody is left behind, and who dies is replaced."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from survey_app.cli import main

PATIENCE = 60  # seconds, on a machine that is busy with other tests


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    chosen = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/served.db",
        "KLANTREIS_INSTANCE": str(tmp_path),
    }
    made = CliRunner(env=chosen).invoke(main, ["migrate"])
    assert made.exit_code == 0
    return chosen


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(environ: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "survey_app", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | environ)  # noqa: S603 - ours
    wait_until(lambda: answers(port) and len(children(process.pid)) >= 2)
    yield process
    process.kill()
    process.wait()


def answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def processes() -> dict[int, int]:
    """Parents by process, without those that only wait to be buried."""
    shown = subprocess.run(
        ["/bin/ps", "-eo", "pid=,ppid=,stat="], capture_output=True, check=True
    )
    rows = [line.split() for line in shown.stdout.decode().splitlines()]
    return {int(pid): int(parent) for pid, parent, stat in rows if stat[0] != "Z"}


def children(pid: int) -> set[int]:
    return {child for child, parent in processes().items() if parent == pid}


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline, "this takes too long"
        time.sleep(0.1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_server_takes_its_processes_along(
    server: subprocess.Popen[bytes], port: int, number: signal.Signals
) -> None:
    theirs = children(server.pid)

    server.send_signal(number)

    assert server.wait(PATIENCE) == 0
    assert (theirs & set(processes()), answers(port)) == (set(), False)


def test_killed_server_leaves_nobody_behind(
    server: subprocess.Popen[bytes], port: int
) -> None:
    theirs = children(server.pid)

    server.kill()
    server.wait()

    wait_until(lambda: not theirs & set(processes()))
    assert not answers(port)


def test_killed_processes_are_replaced(
    server: subprocess.Popen[bytes], port: int
) -> None:
    first = children(server.pid)

    for pid in first:
        os.kill(pid, signal.SIGKILL)

    wait_until(lambda: len(children(server.pid) - first) >= len(first))
    wait_until(lambda: answers(port))


def test_server_that_cannot_serve_fails(server: subprocess.Popen[bytes]) -> None:
    """Its exit status tells a supervisor to start it again."""

    def kill_all() -> bool:
        for pid in children(server.pid):
            os.kill(pid, signal.SIGKILL)
        return server.poll() is not None

    wait_until(kill_all)

    assert server.returncode == 1


def test_taken_port_is_refused(environ: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        run = CliRunner(env=environ).invoke(main, ["serve", "--port", port])

    assert (run.exit_code, "choose another with --port" in run.output) == (1, True)
