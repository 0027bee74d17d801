"""What people do in a browser: fill in the questionnaire, sign in."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page

from tests.factories import PASSWORD

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}

NewContext = Callable[..., BrowserContext]


def sign_in(context: BrowserContext, role: str) -> Page:
    page = context.new_page()
    page.goto("/staff/")
    page.fill("#email", f"{role}@example.org")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/staff/")
    return page


def follow(target: Locator) -> None:
    """Press something that leads to a page, and wait for that page.

    A click does not wait by itself: what comes after it would still see, and press,
    the page that is being left.
    """
    with target.page.expect_navigation():
        target.click()


def fill_in(
    page: Page, language: str, delivery: str, *, look: Callable[[], None] | None = None
) -> str:
    """Answer some questions, skip others, submit; what the last page says.

    ``look`` is called on every page on the way.
    """
    look = look or (lambda: None)
    page.goto(f"/q/standard/{language}/")
    look()
    page.locator("input[value=search_engine]").check()
    _go_on(page)  # to the first impression
    page.locator("textarea").first.fill("Mooie site")
    for _page in ("found what", "contact"):
        _go_on(page)
        look()
    page.locator("textarea").first.fill(delivery)
    while _main_button(page).count():
        _go_on(page)
        look()
    follow(page.locator("main form button:visible").first)
    page.wait_for_url("**/thanks")
    return page.locator("main").inner_text()


def _main_button(page: Page) -> Locator:
    return page.locator("form#page .actions button[name=action][value=next]")


def _go_on(page: Page) -> None:
    follow(_main_button(page))
