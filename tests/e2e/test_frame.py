"""In a frame on another site, with a real browser: with and without script."""

import pytest
from playwright.sync_api import Browser, FrameLocator, expect

pytestmark = pytest.mark.e2e


def fill_in(frame: FrameLocator) -> None:
    """All the way through, without leaving the frame."""
    frame.get_by_role("textbox", name="Welke winkel?").fill("Zwolle")
    button = frame.locator("form#page .actions button[name=action][value=next]")
    for heading in ("Waar ziet u ons?", "Iets teruggestuurd?"):
        button.click()
        expect(frame.locator("h1", has_text=heading)).to_be_visible()
    frame.locator("input[value=no]").check()
    title = frame.locator("h1").first
    while button.count():
        left = title.inner_text()
        button.click()  # which waits for nothing: the page left would be seen again
        expect(title).not_to_have_text(left)
    frame.get_by_role("button", name="Verstuur mijn antwoorden").click()
    expect(frame.locator("h1", has_text="Dank")).to_be_visible()


@pytest.mark.parametrize(
    ("page", "javascript"), [("loaded", True), ("plain", True), ("plain", False)]
)
def test_questionnaire_is_answered_inside_another_site(
    browser: Browser,
    framed: str,
    page: str,
    javascript: bool,  # noqa: FBT001 - a case of a table
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=javascript
    )
    shown = context.new_page()
    shown.goto(f"{framed}/{page}.html")

    fill_in(shown.frame_locator("iframe"))

    assert shown.url == f"{framed}/{page}.html"
    assert context.cookies() == []
    context.close()


def test_frame_is_as_high_as_its_page(browser: Browser, framed: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="nl-NL"
    )
    shown = context.new_page()
    shown.goto(f"{framed}/loaded.html")
    frame = shown.frame_locator("iframe")
    frame.locator("h1").wait_for()
    shown.wait_for_timeout(300)

    inner = frame.locator("body").evaluate("it => it.getBoundingClientRect().height")
    outer = shown.locator("iframe").evaluate("it => it.clientHeight")

    assert 0 <= outer - inner < 2
    assert shown.locator("iframe").get_attribute("title") == "Vragenlijst"
    assert frame.locator("html").get_attribute("lang") == "nl"
    context.close()


def test_browser_refuses_a_site_that_was_not_named(
    browser: Browser, framed: str
) -> None:
    context = browser.new_context()
    shown = context.new_page()
    shown.goto(framed.replace("localhost", "127.0.0.1") + "/plain.html")
    shown.wait_for_timeout(500)

    inside = shown.frames[1]

    assert inside.locator("form").count() == 0
    context.close()
