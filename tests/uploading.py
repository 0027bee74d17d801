"""Uploading as a browser does, and as a browser that is closed halfway does."""

import http.client
import re
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

PATIENCE = 600.0
BOUNDARY = "a-line-between-the-parts"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
HEADING = re.compile(r"<h1>(.*?)</h1>")
PIECE = 1 << 18


class Uploader:
    """Somebody signed in over the wire, who sends files piece by piece."""

    def __init__(self, port: int, email: str, password: str) -> None:
        self._port = port
        self._cookie = ""
        form = {"email": email, "password": password}
        self.post("/staff/sign-in", form)

    def get(self, path: str) -> str:
        return self._ask("GET", path)[1]

    def post(self, path: str, form: dict[str, str], page: str | None = None) -> str:
        token = self.token(page or path)
        body = urlencode({"csrf_token": token, **form}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, body, kind)[0].get("Location", "") or ""

    def token(self, page: str) -> str:
        found = TOKEN.search(self.get(page))
        assert found is not None
        return found[1]

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        more: dict[str, str] | None = None,
    ) -> tuple[http.client.HTTPMessage, str]:
        headers = {"Cookie": self._cookie, "Accept-Language": "en", **(more or {})}
        with closing(self._connection()) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            if answer.headers["Set-Cookie"]:
                self._cookie = answer.headers["Set-Cookie"].partition(";")[0]
            return answer.headers, answer.read().decode()

    def upload(self, file: Path, *, size: int | None = None, sent: float = 1.0) -> str:
        """Send a file; say it is ``size`` long, or hang up after part of it.

        Gives where it leads to, or else what was answered.
        """
        head, tail = self._around(file)
        length = len(head) + (size or file.stat().st_size) + len(tail)
        with closing(self._connection()) as connection:
            self._begin(connection, length)
            connection.endheaders(head)
            with suppress(OSError):  # it would not hear the rest; what did it say?
                for piece in pieces(file, sent):
                    connection.send(piece)
                if sent < 1:
                    return "hung up"
                connection.send(tail)
            answer = connection.getresponse()
            heading = HEADING.search(answer.read().decode())
            told = f"{answer.status} {heading[1] if heading else ''}"
            return str(answer.headers.get("Location", told))

    def _begin(self, connection: http.client.HTTPConnection, length: int) -> None:
        connection.putrequest("POST", "/staff/imports/")
        headers = {
            "Cookie": self._cookie,
            "Accept-Language": "en",
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(length),
        }
        for name, value in headers.items():
            connection.putheader(name, value)

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)

    def _around(self, file: Path) -> tuple[bytes, bytes]:
        token = self.token("/staff/imports/")
        said = {"csrf_token": token, "questionnaire": "standard"}
        parts = [(f'name="{name}"', value) for name, value in said.items()]
        parts.append((f'name="file"; filename="{file.name}"', ""))
        lines = [
            f"--{BOUNDARY}\r\nContent-Disposition: form-data; {what}\r\n\r\n{value}"
            for what, value in parts
        ]
        return "\r\n".join(lines).encode(), f"\r\n--{BOUNDARY}--\r\n".encode()


def pieces(file: Path, share: float) -> Iterator[bytes]:
    left = int(file.stat().st_size * share)
    with file.open("rb") as content:
        while left > 0:
            piece = content.read(min(left, PIECE))
            left -= len(piece)
            yield piece
