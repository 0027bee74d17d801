"""What respondents do, for Locust: most finish, some leave, some make mistakes.

Of a hundred, 70 answer everything and send it, 20 leave at some page, and 10 write far
too much at first, are told so, and then finish.
"""

import random
import re
from html import unescape
from urllib.parse import urlsplit

from locust import FastHttpUser, between, task

START = "/q/standard/nl/"
TOKEN = re.compile(r'name="token" value="([^"]+)"')
ACTION = re.compile(r'<form [^>]*action="([^"]+)"')
TEXT = re.compile(r'<textarea [^>]*name="([^"]+)"')
OPTION = re.compile(r'<input [^>]*type="radio"[^>]*name="([^"]+)" value="([^"]+)"')
PAGES = 10  # of the standard questionnaire, the check page among them
TOO_LONG = "Te lang. " * 1_000
WORDS = (
    "De site is overzichtelijk, maar op mijn telefoon traag.",
    "Netjes geholpen aan de telefoon, binnen een dag een oplossing.",
    "De verzendkosten waren pas bij het afrekenen te zien.",
    "Snelle levering en een mooi product.",
    "Goede prijs.",
)


class Respondent(FastHttpUser):
    wait_time = between(0, 0)
    network_timeout = connection_timeout = 60.0

    @task(70)
    def finish(self) -> None:
        self._walk(leaves_after=None, errs=False)

    @task(20)
    def leave(self) -> None:
        self._walk(leaves_after=random.randrange(1, PAGES), errs=False)  # noqa: S311 - load

    @task(10)
    def err(self) -> None:
        self._walk(leaves_after=None, errs=True)

    def _walk(self, *, leaves_after: int | None, errs: bool) -> None:
        url, pages = START, 0
        while not url.endswith("/thanks") and pages != leaves_after:
            page = self.client.get(url, name="GET page").text or ""
            text = TEXT.findall(page)
            if errs and text:
                errs = False
                page = self._post(page, {text[0]: TOO_LONG}, expected=422)
            url = self._post(page, _answers(page), expected=303)
            pages += 1

    def _post(self, page: str, answers: dict[str, str], *, expected: int) -> str:
        """Send a form; gives where to go on, or the page that came back."""
        target = unescape(ACTION.findall(page)[0])
        form = {"token": unescape(TOKEN.findall(page)[0]), "action": "next", **answers}
        name = "POST submit" if target.endswith("/submit") else f"POST page {expected}"
        with self.client.post(
            target, form, name=name, allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code != expected:
                answer.failure(f"{answer.status_code} in place of {expected}")
                raise RuntimeError(f"{target} answered {answer.status_code}")
            answer.success()
        where = (answer.headers or {}).get("Location")
        return urlsplit(where).path if where else str(answer.text)


def _answers(page: str) -> dict[str, str]:
    written = {name: random.choice(WORDS) for name in TEXT.findall(page)}  # noqa: S311 - load
    options = OPTION.findall(page)
    random.shuffle(options)
    return {**dict(options), **written}
