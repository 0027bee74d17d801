"""A receiver of webhooks in tests: a real server that answers as it is told to."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SLOW = -1  # answers nothing for a while
TRICKLE = -2  # begins to answer, and never comes to an end


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    url: str
    answers: list[int] = field(default_factory=list)  # the last one is repeated
    received: list[Received] = field(default_factory=list)
    slow_seconds: float = 1.0

    def next_answer(self) -> int:
        if not self.answers:
            return 204
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.receiver.received.append(Received(self.path, dict(self.headers), body))
        answer = self.receiver.next_answer()
        if answer == SLOW:
            time.sleep(self.receiver.slow_seconds)
            answer = 204
        if answer == TRICKLE:
            self._trickle()
            return
        self.send_response(answer)
        if 300 <= answer < 400:
            self.send_header("Location", f"{self.receiver.url}/elsewhere")
        self.end_headers()

    def _trickle(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        with suppress(OSError):
            for _ in range(100):
                self.wfile.write(b"X: y\r\n")
                time.sleep(0.05)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        del format, args


@contextmanager
def listening(*answers: int) -> Iterator[Receiver]:
    receiver = Receiver("", list(answers))
    handler = type("OneReceiver", (Handler,), {"receiver": receiver})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
