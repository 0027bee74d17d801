"""In a browser: a touchpoint of one's own, from the form to the figures."""

import pytest

from tests.e2e.browsing import DESKTOP, PHONE, NewContext, follow, sign_in
from tests.e2e.test_pages import is_wider_than_screen, violations

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("screen", "language", "name", "found"),
    [(DESKTOP, "en", "Parcel", "answers"), (PHONE, "nl", "Koerier", "antwoorden")],
    ids=["desktop en", "phone nl"],
)
def test_a_touchpoint_is_added_looked_at_and_hidden(
    new_context: NewContext,
    screen: dict[str, int],
    language: str,
    name: str,
    found: str,
) -> None:
    page = sign_in(new_context(viewport=screen, locale=language), "researcher")
    faults = {}

    def look(step: str) -> None:
        wrong = violations(page)
        if wrong or is_wider_than_screen(page):
            faults[step] = wrong or ["wider than the screen"]

    page.goto("/staff/touchpoints/")
    follow(page.locator("main a[href$='/staff/touchpoints/list/']"))
    look("list")
    follow(page.locator("main a[href$='/new']"))
    page.fill("#name_nl", name)
    follow(page.locator("main form.form button").first)
    look("mistyped")
    page.fill("#cues_nl", "pakket\nbezorger")
    follow(page.locator("button[name=preview]"))
    assert found in page.locator("#preview").inner_text()
    look("preview")
    follow(page.locator("main form.form button").first)
    assert page.locator("tbody a", has_text=name).count()
    look("saved")

    page.goto("/staff/touchpoints/?wave=all")
    row = page.locator("table.touchpoints th", has_text=name)
    for _look in range(40):  # until the texts are read again
        if row.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    assert row.count()

    page.goto("/staff/touchpoints/list/")
    follow(page.get_by_role("row", name=name).locator("form button"))
    look("hidden")
    page.goto("/staff/touchpoints/?wave=all")
    assert not row.count()
    assert faults == {}
