"""A workspace served as in daily life: processes of its own on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import closing, suppress

START_SECONDS = 60
STOP_SECONDS = 20

# One machine plays all respondents, and quicker than people are.
UNHURRIED = {"KLANTREIS_LIMITS": "off", "KLANTREIS_SECONDS_PER_PAGE": "0"}


class ServedWorkspace:
    """``klantreis serve`` on one database; can be killed and started again."""

    def __init__(self, environ: Mapping[str, str], *options: str) -> None:
        self._environ = {**os.environ, **UNHURRIED, **environ}
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> str:
        """Run a command in this workspace; give what it printed."""
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "survey_app", *arguments],
            env=self._environ,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def start(self) -> None:
        command = [sys.executable, "-m", "survey_app", "serve"]
        options = ["--port", str(self.port), *self._options]
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, *options], env=self._environ, start_new_session=True
        )
        wait_until_up(self.address)

    @property
    def group(self) -> int:
        """The process group of the server, its serving processes and its worker."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL to all of it at once: no goodbyes."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=STOP_SECONDS)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=STOP_SECONDS)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5).close()  # noqa: S310 - our own server
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
