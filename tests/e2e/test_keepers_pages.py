"""Pages that a keeper meets on the way, which have no address of their own to try."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e.browsing import DESKTOP, PHONE, NewContext, follow, sign_in
from tests.e2e.test_pages import is_wider_than_screen, violations

pytestmark = pytest.mark.e2e

ALL_TYPES = "/staff/questionnaires/all_types"
# A class of change each: other words, other options, another meaning, another id.
CHANGES = (
    ('en = "How did you order?"', 'en = "How did you place your order?"'),
    ('  { code = "tv", label = { nl = "Op televisie", en = "On television" } },\n', ""),
    ("points = [1, 5]", "points = [1, 7]"),
    ('id = "matters"', 'id = "counts_most"'),
)
WITH_MISTAKES = 'format = 1\nid = "Een Naam"\nlanguages = ["nl", "fr"]\n[[pages]]\n'


def save(page: Page) -> None:
    follow(page.locator("main button[value=save]:not([aria-hidden])").first)


def publishing(page: Page) -> Iterator[str]:
    """From a change to what it does to the figures."""
    page.goto(f"{ALL_TYPES}/")
    follow(page.locator(".title-row :is(a.button, button)"))
    draft = page.url.rstrip("/")
    page.goto(f"{draft}/source")
    source = page.locator("#source").input_value()
    for before, after in CHANGES:
        source = source.replace(before, after)
    page.fill("#source", source)
    save(page)
    page.goto(f"{draft}/publish")
    yield "publish"
    yield from _conflict(page, f"{draft}/pages/1/questions/1")


def _conflict(page: Page, address: str) -> Iterator[str]:
    other = page.context.new_page()
    for each in (page, other):
        each.goto(address)
    was = page.locator("[name='title.nl']").input_value()
    for each, words in ((other, f"{was} Echt?"), (page, "Mijn vraag?")):
        each.locator("[name='title.nl']").fill(words)
        save(each)
    other.close()
    assert page.locator("main td").count()  # both, side by side
    yield "conflict"


def checking(page: Page) -> Iterator[str]:
    page.goto("/staff/questionnaires/drafts/validate")
    page.fill("#source", WITH_MISTAKES)
    follow(page.locator("main form button").first)
    yield "mistakes"


def improvements(page: Page) -> Iterator[str]:
    page.goto(f"{ALL_TYPES}/improvements/new")
    yield "improvement"
    follow(page.locator("main form button[name=publish]"))
    yield "improvement with mistakes"
    for box in page.locator("main textarea").all():
        box.fill("De levering duurde te lang; nu staat de dag erbij.")
    follow(page.locator("main form button[name=publish]"))
    yield "improvements"


def exporting(page: Page) -> Iterator[str]:
    page.goto("/staff/exports/?questionnaire=standard")
    yield "exports"
    with page.expect_download():
        page.locator("form.export button").last.click()
    page.reload()
    yield "exports made"
    follow(page.locator("table.made th a").first)
    yield "an export"


@pytest.mark.parametrize(
    ("screen", "language"), [(DESKTOP, "nl"), (PHONE, "en")], ids=["desktop", "phone"]
)
def test_pages_on_the_way_are_accessible_and_fit(
    screen: dict[str, int], language: str, new_context: NewContext, strangers: list[str]
) -> None:
    page = sign_in(new_context(viewport=screen, locale=language), "admin")

    faults: dict[str, object] = {}
    for way in (publishing, checking, improvements, exporting):
        for name in way(page):
            found = violations(page)
            if found or is_wider_than_screen(page):
                faults[name] = found or "wider than the screen"

    assert (faults, strangers) == ({}, [])
