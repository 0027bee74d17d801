"""A program in tests: sends JSON with its key, keeps no cookies."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.datastructures import Headers


@dataclass(frozen=True)
class Told:
    """What the API answered; ``json`` is None where that is none."""

    status_code: int
    headers: Headers
    data: bytes
    json: Any


class Program:
    def __init__(self, app: Flask, key: str, *, language: str = "en") -> None:
        self._client = app.test_client(use_cookies=False)
        self.key = key
        self.headers = {"Authorization": f"Bearer {key}", "Accept-Language": language}

    def get(self, path: str, **headers: str) -> Told:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: object, **headers: str) -> Told:
        return self.send("POST", path, json=body, **headers)

    def delete(self, path: str) -> Told:
        return self.send("DELETE", path)

    def send(
        self, method: str, path: str, *, json: object = None, **headers: str
    ) -> Told:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body: dict[str, Any] = {} if json is None else {"json": json}
        answer = self._client.open(
            f"/api/v1{path}", method=method, headers={**self.headers, **named}, **body
        )
        with answer:  # a file that was sent is closed
            return Told(
                answer.status_code,
                answer.headers,
                answer.data,
                answer.get_json(silent=True),
            )
