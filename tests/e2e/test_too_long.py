"""A page that is too long to send stays where it is, with all that was typed."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import NewContext, follow

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
