"""In a browser: a selection of responses, and a file on its way in."""

from pathlib import Path

import pytest

from tests.e2e.browsing import DESKTOP, PHONE, NewContext, sign_in
from tests.e2e.test_pages import is_wider_than_screen, violations

pytestmark = pytest.mark.e2e

FILE = (
    "Tijdstempel;Waarom heeft u voor ons gekozen?;Hoe heeft u ons gevonden?\n"
    "14-03-2026;Goed advies;Op een beurs of evenement\n"
    "gisteren;Snel;telepathie\n"
)


@pytest.mark.parametrize("java_script", [True, False], ids=["with", "without"])
def test_ticked_responses_get_a_tag(
    new_context: NewContext, *, java_script: bool
) -> None:
    context = new_context(
        viewport=DESKTOP, locale="en", java_script_enabled=java_script
    )
    page = sign_in(context, "researcher")
    page.goto("/staff/responses/")

    if java_script:
        page.get_by_label("Tick all on this page").check()
        assert page.locator("[data-count]").inner_text() != "(0)"
    else:
        page.locator("tbody input[type=checkbox]").first.check()
        page.locator("#selection summary").click()
    page.locator("#selection [name=tag]").fill(f"Terug {java_script}")
    page.get_by_role("button", name="Give this tag").click()

    assert page.locator(".chip", has_text=f"terug {java_script}".lower()).count()


def test_a_file_comes_in_by_keyboard_and_is_accessible(
    new_context: NewContext, tmp_path: Path
) -> None:
    page = sign_in(new_context(viewport=PHONE, locale="en"), "researcher")
    path = tmp_path / "answers.csv"
    path.write_text(FILE, "utf-8")
    faults = {}

    def look(step: str) -> None:
        found = violations(page)
        if found or is_wider_than_screen(page):
            faults[step] = found or ["wider than the screen"]

    page.goto("/staff/imports/")
    page.select_option("#questionnaire", "standard")
    page.set_input_files("#file", path)
    page.get_by_role("button", name="Upload and look").press("Enter")
    page.get_by_text("Which column is what?").wait_for()
    look("columns")
    page.get_by_role("button", name="Try it; nothing is stored yet").press("Enter")
    page.get_by_text("This is what would come of it").wait_for()
    look("tried")
    page.get_by_role("button", name="Import now").press("Enter")
    page.get_by_text("See the responses").wait_for()
    look("imported")

    assert faults == {}
