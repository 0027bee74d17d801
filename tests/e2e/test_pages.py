"""Every kind of page: readable by assistive technology, asking nobody else."""

from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.e2e.browsing import DESKTOP, PHONE, NewContext, fill_in, sign_in

pytestmark = pytest.mark.e2e

RULES = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
    ],
    "resultTypes": ["violations"],
}
# What is in order stays in the browser: bringing it here took most of the time.
RUN_AXE = """(rules) => axe.run(document, rules).then((result) =>
  result.violations.map((it) => `${it.id}: ${it.nodes[0].html.slice(0, 120)}`))"""
STAFF_PAGES = [
    "/staff/",
    "/staff/touchpoints/",
    "/staff/touchpoints/?touchpoint=delivery",
    "/staff/touchpoints/delivery/sentences",
    "/staff/touchpoints/delivery/sentences?theme=nl:gone",
    "/staff/review/",
    "/staff/review/quality",
    "/staff/review/versions",
    "/staff/review/quality/sentences",
    "/staff/responses/",
    "/staff/responses/1",
    "/staff/responses/1/erase",
    "/staff/imports/",
    "/staff/questionnaires/standard/drop-off/",
    "/staff/audit/",
    "/staff/interviews/",
    "/staff/interviews/1",
    "/staff/personas/",
    "/staff/journey/",
    "/staff/accounts/",
    "/staff/questionnaires/standard/distribution/",
    "/staff/questionnaires/standard/distribution/invite",
    "/staff/questionnaires/standard/distribution/links",
    "/staff/questionnaires/standard/distribution/texts/invitation/nl",
    "/staff/contacts/",
    "/staff/contacts/import",
    "/staff/contacts/bounces",
    "/staff/password",
    "/staff/nowhere",
]


def violations(page: Page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(RUN_AXE, RULES))


def is_wider_than_screen(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    )


@pytest.mark.parametrize(
    ("screen", "scheme", "language"),
    [(DESKTOP, "light", "nl"), (PHONE, "dark", "en")],
    ids=["desktop light nl", "phone dark en"],
)
def test_staff_pages_are_accessible_and_fit(
    screen: dict[str, int],
    scheme: str,
    language: str,
    new_context: NewContext,
    strangers: list[str],
) -> None:
    context = new_context(viewport=screen, color_scheme=scheme, locale=language)
    page = sign_in(context, "admin")

    faults: dict[str, object] = {}
    for path in STAFF_PAGES:
        page.goto(path)
        found = violations(page)
        if found or is_wider_than_screen(page):
            faults[path] = found or "wider than the screen"

    assert (faults, strangers) == ({}, [])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_respondent_pages_are_accessible_and_fit(
    language: str, new_context: NewContext, strangers: list[str]
) -> None:
    page = new_context(viewport={"width": 320, "height": 700}).new_page()

    faults: dict[str, object] = {}

    def look(_frame: object = None) -> None:
        found = violations(page)
        if found or is_wider_than_screen(page):
            faults[page.url] = found or "wider than the screen"

    fill_in(page, language, "Prima", look=look)
    look()
    for path in (
        f"/q/standard/{language}/privacy",
        "/q/unknown/nl/",
        "/r/nokey/nl/x",
        "/m/nokey",
    ):
        page.goto(path)
        look()

    assert (faults, strangers) == ({}, [])


def test_sign_in_page_is_accessible(new_context: NewContext) -> None:
    page = new_context(viewport=PHONE).new_page()

    page.goto("/staff/sign-in")

    assert violations(page) == []


def test_map_can_be_taken_along(new_context: NewContext, tmp_path: Path) -> None:
    page = sign_in(new_context(viewport=DESKTOP), "marketer")
    page.goto("/staff/journey/")

    starts = {}
    for form in ("SVG", "PNG", "PDF", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("link", name=form, exact=True).click()
        path = tmp_path / form
        download.value.save_as(path)
        starts[form] = path.read_bytes()[:4]

    assert starts == {
        "SVG": b"<svg",
        "PNG": b"\x89PNG",
        "PDF": b"%PDF",
        "JSON": b"{\n  ",
    }
