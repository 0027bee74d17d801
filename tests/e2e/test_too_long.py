"""A page that is too long to send: nothing that was typed is lost."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import NewContext, follow
from tests.e2e.test_pages import is_wider_than_screen

pytestmark = pytest.mark.e2e


def test_too_much_text_is_held_back_and_goes_when_it_is_shorter(
    new_context: NewContext,
) -> None:
    page = new_context(locale="en-GB").new_page()
    page.goto("/q/standard/en/")
    button = page.locator("form#page .actions button[name=action][value=next]")
    follow(button)
    box = page.locator("textarea").first
    box.fill("é" * 30_000)

    button.click()

    warning = page.locator("#too-long")
    expect(warning).to_be_visible()
    expect(warning).to_be_focused()
    assert box.input_value() == "é" * 30_000
    box.fill("Shorter")
    button.click()
    page.wait_for_url("**/found_what")


@pytest.mark.parametrize(
    ("language", "told", "button"),
    [
        ("nl", "Maak hem daar korter", "Verstuur opnieuw"),
        ("en", "Shorten it there", "Send again"),
    ],
)
def test_without_script_the_text_comes_back_to_be_shortened(
    new_context: NewContext, language: str, told: str, button: str
) -> None:
    smallest = {"width": 320, "height": 640}
    context = new_context(viewport=smallest, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/q/standard/{language}/")
    onward = page.locator("form#page .actions button[name=action][value=next]")
    follow(onward)
    page.locator("textarea").first.fill("é" * 30_000)

    follow(onward)

    box = page.locator("main textarea")
    assert told in page.locator("main").inner_text()
    assert page.locator("html").get_attribute("lang") == language
    assert box.input_value() == "é" * 30_000
    assert not is_wider_than_screen(page)
    box.fill("Korter")
    follow(page.get_by_role("button", name=button))
    page.wait_for_url("**/found_what")
