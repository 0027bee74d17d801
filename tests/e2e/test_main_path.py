"""The whole loop in a real browser: a customer writes, a marketer reads."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.factories import PASSWORD

pytestmark = pytest.mark.e2e

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
ANALYSED_WITHIN = 20_000  # milliseconds
WRITTEN = "Het pakketje werd pas na drie weken bezorgd, schandalig."

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def strangers() -> list[str]:
    """Addresses of other hosts that a page asked for; there should be none."""
    return []


@pytest.fixture
def new_context(
    browser: Browser, server: str, strangers: list[str]
) -> Iterator[NewContext]:
    opened: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=server, **options)
        context.on(
            "request",
            lambda asked: None
            if asked.url.startswith((server, "data:"))
            else strangers.append(asked.url),
        )
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


def sign_in(context: BrowserContext, role: str) -> Page:
    page = context.new_page()
    page.goto("/staff/")
    page.fill("#email", f"{role}@example.org")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/staff/")
    return page


def go_on(page: Page) -> None:
    page.locator("form#page button[name=action][value=next]:visible").click()


def fill_in(page: Page, language: str, delivery: str) -> str:
    """Answer some questions, skip others, submit; the receipt that is shown."""
    page.goto(f"/q/standard/{language}/")
    page.locator("input[value=search_engine]").check()
    go_on(page)  # first impression
    page.locator("textarea").first.fill("Mooie site")
    go_on(page)  # found what?
    go_on(page)  # contact
    page.locator("textarea").first.fill(delivery)
    while page.locator("form#page button[value=next]:visible").count():
        go_on(page)
    page.locator("main form button:visible").first.click()
    page.wait_for_url("**/thanks")
    return page.locator("main").inner_text()


@pytest.mark.parametrize("javascript", [False, True], ids=["no script", "script"])
def test_customer_on_a_phone_is_read_by_the_marketer(
    javascript: bool, new_context: NewContext, strangers: list[str]  # noqa: FBT001 - a table
) -> None:
    phone = new_context(
        viewport=PHONE, locale="nl-NL", java_script_enabled=javascript
    )
    written = f"{WRITTEN} {'Echt.' if javascript else 'Jammer.'}"

    thanks = fill_in(phone.new_page(), "nl", written)

    marketer = sign_in(new_context(viewport=DESKTOP, locale="nl-NL"), "marketer")
    sentence = marketer.locator("blockquote", has_text=written.split(",")[0])
    for _attempt in range(ANALYSED_WITHIN // 500):
        marketer.goto("/staff/touchpoints/delivery/sentences")
        if sentence.count() > int(javascript):
            break
        marketer.wait_for_timeout(500)
    expect(sentence.first.locator("mark")).to_be_visible()
    assert phone.cookies() == []
    assert strangers == []
    assert any(len(word) == 9 and word[4] == "-" for word in thanks.split())
