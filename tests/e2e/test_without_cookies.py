"""In a browser that refuses every cookie: nobody who answers needs one."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from tests.e2e.browsing import follow
from tests.e2e.conftest import ARGUMENTS, CHROMIUM
from tests.e2e.test_frame import fill_in
from tests.e2e.test_pages import is_wider_than_screen, violations
from tests.e2e.test_questionnaire import WORDS, fill_in_all
from tests.factories import PASSWORD

pytestmark = pytest.mark.e2e

REFUSE = 2  # Chromium's own number for it
CHOICE = {"profile": {"default_content_setting_values": {"cookies": REFUSE}}}
SMALLEST = ViewportSize(width=320, height=640)
KEEP_ONE = "document.cookie = 'kept=yes'; document.cookie"
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize(
    "javascript", [True, False], ids=["script", "no script"]
)

Refusing = Callable[..., BrowserContext]


@pytest.fixture
def refusing(browser: Browser, server: str, tmp_path: Path) -> Iterator[Refusing]:
    """A browser of its own: only a profile on disk can hold that choice."""
    profile = tmp_path / "profile" / "Default"
    profile.mkdir(parents=True)
    (profile / "Preferences").write_text(json.dumps(CHOICE), "utf-8")
    with ExitStack() as opened:

        def open_context(*, javascript: bool, locale: str = "nl-NL") -> BrowserContext:
            context = browser.browser_type.launch_persistent_context(
                profile.parent,
                executable_path=CHROMIUM,
                args=ARGUMENTS,
                base_url=server,
                viewport=SMALLEST,
                locale=locale,
                java_script_enabled=javascript,
            )
            return opened.enter_context(closing(context))

        yield open_context


def test_the_browser_keeps_no_cookie_where_another_does(
    refusing: Refusing, browser: Browser, framed: str
) -> None:
    kept = []

    for context in (refusing(javascript=True), browser.new_context()):
        page = context.new_page()
        page.goto(f"{framed}/plain.html")
        kept.append((page.evaluate(KEEP_ONE), len(context.cookies())))
        context.close()

    assert kept == [("", 0), ("kept=yes", 1)]


@WITH_AND_WITHOUT_SCRIPT
def test_questionnaire_is_answered_from_the_first_page_to_the_receipt(
    refusing: Refusing, *, javascript: bool
) -> None:
    page = refusing(javascript=javascript).new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))

    fill_in_all(page, "nl")
    expect(page.locator(".answers .words").first).to_have_text(f"{WORDS} 0")
    follow(page.get_by_role("button", name="Verstuur mijn antwoorden"))
    page.wait_for_url("**/thanks")
    follow(page.get_by_role("link", name="Lees terug"))

    expect(page.locator(".answers .words").first).to_have_text(f"{WORDS} 0")
    assert faults == []


@WITH_AND_WITHOUT_SCRIPT
def test_questionnaire_is_answered_in_a_frame_on_another_site(
    refusing: Refusing, framed: str, *, javascript: bool
) -> None:
    shown = refusing(javascript=javascript).new_page()
    address = f"{framed}/{'loaded' if javascript else 'plain'}.html"
    shown.goto(address)

    fill_in(shown.frame_locator("iframe"))

    assert shown.url == address


@WITH_AND_WITHOUT_SCRIPT
@pytest.mark.parametrize(
    ("locale", "title", "advice"),
    [
        ("nl-NL", "Je browser heeft geen cookie bewaard", "Sta cookies toe"),
        ("en-GB", "Your browser kept no cookie", "Allow cookies"),
    ],
    ids=["nl", "en"],
)
def test_staff_are_told_why_they_cannot_sign_in(
    refusing: Refusing, locale: str, title: str, advice: str, *, javascript: bool
) -> None:
    page = refusing(javascript=javascript, locale=locale).new_page()
    page.goto("/staff/")
    page.fill("#email", "admin@example.org")
    page.fill("#password", PASSWORD)

    follow(page.locator("main button"))

    assert page.locator("h1").inner_text() == title
    assert advice in page.locator("main").inner_text()
    assert not is_wider_than_screen(page)
    assert not javascript or violations(page) == []
    follow(page.locator("main a.button"))
    expect(page.locator("#password")).to_be_visible()
    assert page.context.cookies() == []
