"""What respondents do, step by step, for whoever plays them.

Of a hundred, 70 answer everything and send it, 20 leave at some page, and 10 write far
too much at first, are told so, and then finish.
"""

import random
import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

START = "/q/standard/nl/"
TOKEN = re.compile(r'name="token" value="([^"]+)"')
ACTION = re.compile(r'<form [^>]*action="([^"]+)"')
TEXT = re.compile(r'<textarea [^>]*name="([^"]+)"')
OPTION = re.compile(r'<input [^>]*type="radio"[^>]*name="([^"]+)" value="([^"]+)"')
PAGES = 10  # of the standard questionnaire, the check page among them
TOO_LONG = "Te lang. " * 1_000
LEAVE, ERR = 0.2, 0.1
WORDS = (
    "De site is overzichtelijk, maar op mijn telefoon traag.",
    "Netjes geholpen aan de telefoon, binnen een dag een oplossing.",
    "De verzendkosten waren pas bij het afrekenen te zien.",
    "Snelle levering en een mooi product.",
    "Goede prijs.",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One request; without a form it asks for a page."""

    name: str
    path: str
    form: Mapping[str, str] | None
    expected: int  # status


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    location: str | None
    body: str


Walk = Generator[Step, Reply, None]


def walk() -> Walk:
    """One respondent, as likely to be of each kind as among real ones."""
    kind = random.random()  # noqa: S311 - load
    leaves_after = random.randrange(1, PAGES) if kind < LEAVE else None  # noqa: S311 - load
    errs = LEAVE <= kind < LEAVE + ERR
    url, pages = START, 0
    while not url.endswith("/thanks") and pages != leaves_after:
        page = (yield Step("GET page", url, None, 200)).body
        text = TEXT.findall(page)
        if errs and text:
            errs = False
            page = (yield _posted(page, {text[0]: TOO_LONG}, expected=422)).body
        reply = yield _posted(page, _answers(page), expected=303)
        url, pages = urlsplit(reply.location or "").path, pages + 1


def _posted(page: str, answers: Mapping[str, str], *, expected: int) -> Step:
    target = unescape(ACTION.findall(page)[0])
    form = {"token": unescape(TOKEN.findall(page)[0]), "action": "next", **answers}
    name = "POST submit" if target.endswith("/submit") else f"POST page {expected}"
    return Step(name, target, form, expected)


def _answers(page: str) -> dict[str, str]:
    written = {name: random.choice(WORDS) for name in TEXT.findall(page)}  # noqa: S311 - load
    options = OPTION.findall(page)
    random.shuffle(options)
    return {**dict(options), **written}
