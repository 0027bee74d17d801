"""In a browser: judging in a row, by keyboard and on a phone without a script."""

import pytest
from playwright.sync_api import Page

from tests.e2e.browsing import DESKTOP, PHONE, NewContext, follow, sign_in
from tests.e2e.test_pages import is_wider_than_screen, violations

pytestmark = pytest.mark.e2e


def press(page: Page, key: str) -> None:
    """A key that leads to the next thing to judge."""
    with page.expect_navigation():
        page.keyboard.press(key)


def judged(page: Page) -> str:
    return page.locator(".review-top [role=status]").inner_text()


def machine(page: Page) -> str:
    return page.locator("#machine").inner_text()


def open_queue(page: Page) -> None:
    """When all is analysed: the order of asking changes while it is not."""
    while page.request.get("/staff/unread").json()["unread"]:
        page.wait_for_timeout(200)
    page.goto("/staff/review/")


@pytest.fixture
def page(new_context: NewContext) -> Page:
    page = sign_in(new_context(viewport=DESKTOP, locale="en"), "researcher")
    open_queue(page)
    return page


def test_judging_by_keyboard_and_taking_all_of_it_back(page: Page) -> None:
    asked = [machine(page)]

    for key in ("n", "Enter", "y"):
        press(page, key)
        asked.append(machine(page))
    told = judged(page)
    page.keyboard.press("t")
    page.keyboard.type("Pri")
    press(page, "Enter")
    after_choosing = judged(page)
    press(page, "s")
    back = []
    for _ in range(5):
        press(page, "u")
        back.append(machine(page))

    assert (told, after_choosing) == ("3 judged today", "4 judged today")
    assert back == [back[0], asked[3], asked[2], asked[1], asked[0]]
    assert len(set(asked)) > 1
    assert judged(page) == "0 judged today"
    assert page.get_by_role("button", name="Undo").is_disabled()


def test_help_opens_by_key_and_keys_can_be_switched_off(page: Page) -> None:
    page.keyboard.press("?")
    assert page.locator(".keys dl").is_visible()
    assert violations(page) == []

    page.get_by_label("Use these keys").uncheck()
    page.reload()
    page.keyboard.press("n")
    page.wait_for_timeout(300)

    assert judged(page) == "0 judged today"


def test_keys_leave_alone_who_is_choosing_something(page: Page) -> None:
    page.keyboard.press("m")
    page.keyboard.type("ns")
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)

    assert judged(page) == "0 judged today"
    assert violations(page) == []


def test_on_a_phone_without_a_script(new_context: NewContext) -> None:
    context = new_context(viewport=PHONE, locale="nl", java_script_enabled=False)
    page = sign_in(context, "researcher")
    open_queue(page)
    asked = machine(page)

    follow(page.get_by_role("button", name="Geen vermelding"))
    told = judged(page)
    follow(page.get_by_role("button", name="Ongedaan maken"))

    assert told == "1 beoordeeld vandaag"
    assert machine(page) == asked
    assert not is_wider_than_screen(page)
