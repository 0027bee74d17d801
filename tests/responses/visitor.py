"""A respondent in tests: follows links, fills in forms, keeps no cookies."""

import re
from html import unescape

from flask import Flask
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="token" value="([^"]+)"')
ACTION = re.compile(r'<form [^>]*action="([^"]+)"')


class Visitor:
    def __init__(
        self, app: Flask, slug: str = "standard", language: str = "nl"
    ) -> None:
        self._client = app.test_client(use_cookies=False)
        self.browser = "Mozilla/5.0 (X11; Linux x86_64)"
        self.url = f"/q/{slug}/{language}/"
        self.page = self.get(self.url)

    def get(self, url: str, **headers: str) -> TestResponse:
        return self._client.get(
            url, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )

    def post(self, url: str, **fields: str | list[str]) -> TestResponse:
        headers = {"User-Agent": self.browser}
        return self._client.post(url, data=fields, headers=headers)

    @property
    def token(self) -> str:
        return unescape(TOKEN.findall(self.page.text)[0])

    @property
    def key(self) -> str:
        return self.url.split("/")[2]

    def send(self, action: str = "next", **fields: str | list[str]) -> TestResponse:
        """Press a button on the page; a redirect is followed, the answer returned."""
        target = unescape(ACTION.findall(self.page.text)[0])
        answer = self.post(target, token=self.token, action=action, **fields)
        if answer.status_code in {302, 303}:
            self.go(answer.headers["Location"])
        else:
            self.page = answer
        return answer

    def go(self, url: str) -> TestResponse:
        self.url = url
        self.page = self.get(url)
        return self.page

    def skip_to(self, page_id: str) -> TestResponse:
        while not self.url.endswith(f"/{page_id}"):
            self.send("skip")
        return self.page

    def skip_all(self) -> None:
        self.skip_to("check")

    def submit(self) -> TestResponse:
        return self.send()
