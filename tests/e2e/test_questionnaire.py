"""The questionnaire in a real browser: phones and desks, with and without scripts."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import DESKTOP, NewContext, follow
from tests.e2e.test_pages import is_wider_than_screen, violations

pytestmark = pytest.mark.e2e

PHONE = {"width": 360, "height": 740}
ZOOMED = {"width": 320, "height": 256}  # a desk at 400 %
WORDS = "Mooi & rustig 👍🏽 <b>"
TYPED = "textarea:visible, input[type=text]:visible:not([name=website])"
SMALLEST_TEXT = """() => Math.min(16, ...[...document.querySelectorAll(
  'main input:not([type=hidden], [type=radio], [type=checkbox], [name=website]),'
  + 'main select, main textarea')]
  .map((field) => parseFloat(getComputedStyle(field).fontSize)))"""
LOWEST_OPTION = """() => Math.min(44, ...[...document.querySelectorAll('label.option')]
  .filter((option) => option.offsetParent)
  .map((option) => option.getBoundingClientRect().height))"""


def go_on(page: Page) -> None:
    follow(page.locator("form#page .actions button[value=next]"))


def title(page: Page) -> str:
    return page.locator("h1").inner_text()


def steps(page: Page, language: str = "nl") -> Iterator[int]:
    """Each page of the standard questionnaire, from the first to the check page."""
    page.goto(f"/q/standard/{language}/")
    number = 0
    while page.locator("form#page").count():
        yield number
        number += 1


def answer(page: Page, number: int) -> None:
    """Choose something where there is something to choose, and write something."""
    if page.locator("label.option").count():
        page.locator("label.option").first.click()
    page.locator(TYPED).first.fill(f"{WORDS} {number}")


def fill_in_all(page: Page, language: str) -> None:
    for number in steps(page, language):
        if page.locator(TYPED).count():
            answer(page, number)
        else:
            page.locator("label.option").first.click()
        go_on(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_eight_questions_from_the_first_to_the_receipt(
    new_context: NewContext,
    strangers: list[str],
    *,
    language: str,
    screen: dict[str, int],
    javascript: bool,
) -> None:
    context = new_context(viewport=screen, java_script_enabled=javascript)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))

    fill_in_all(page, language)
    expect(page.locator(".answers .words").first).to_have_text(f"{WORDS} 0")
    follow(page.locator("main form button:visible").first)

    page.wait_for_url("**/thanks")
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", page.locator("main").inner_text())
    follow(page.get_by_role("link", name=re.compile("Lees terug|Read what")))
    expect(page.locator(".answers .words").first).to_have_text(f"{WORDS} 0")
    assert (context.cookies(), faults, strangers) == ([], [], [])


def test_back_forward_and_refresh_lose_nothing_at_any_step(
    new_context: NewContext,
) -> None:
    page = new_context(viewport=PHONE).new_page()
    lost = []

    for number in steps(page):
        if not page.locator(TYPED).count():
            go_on(page)
            continue
        answer(page, number)
        before = title(page)
        go_on(page)
        page.go_back()
        kept = page.locator(TYPED).first.input_value()
        if (title(page), kept) != (before, f"{WORDS} {number}"):
            lost.append(f"back to {before}: {kept}")
        page.go_forward()
        following = title(page)
        page.reload()
        if title(page) != following:
            lost.append(f"refresh of {following}")

    assert lost == []
    expect(page.locator(".answers .words").first).to_have_text(f"{WORDS} 0")


def test_switching_language_keeps_what_was_typed_at_every_step(
    new_context: NewContext,
) -> None:
    page = new_context(viewport=PHONE).new_page()
    lost = []

    for number in steps(page):
        if page.locator(TYPED).count():
            answer(page, number)
            follow(page.get_by_role("button", name="English"))
            expect(page.locator("html")).to_have_attribute("lang", "en")
            kept = page.locator(TYPED).first.input_value()
            follow(page.get_by_role("button", name="Nederlands"))
            if kept != f"{WORDS} {number}" or kept != (
                page.locator(TYPED).first.input_value()
            ):
                lost.append(title(page))
        go_on(page)

    assert lost == []


def test_what_was_begun_on_a_phone_is_finished_elsewhere(
    new_context: NewContext,
) -> None:
    phone = new_context(viewport=PHONE)
    page = phone.new_page()
    page.goto("/q/standard/nl/")
    answer(page, 0)
    go_on(page)
    page.locator("textarea").fill("Onderweg getypt")
    follow(page.get_by_role("button", name="Later verdergaan"))
    link = page.locator("#resume").input_value()
    phone.close()

    desk = new_context(viewport=DESKTOP).new_page()
    desk.goto(link)
    assert "gevonden wat u zocht" in title(desk)
    while desk.locator("form#page").count():
        go_on(desk)

    assert "Onderweg getypt" in desk.locator(".answers").inner_text()


def test_all_types_can_be_answered_by_keyboard_alone(new_context: NewContext) -> None:
    page = new_context(viewport=DESKTOP).new_page()
    page.goto("/q/all_types/en/")
    pressed = {
        "how": ["Space", "ArrowDown"],
        "seen": ["Space"],
        "order": ["ArrowDown"],
        "ease": ["Space", "ArrowRight"],
        "recommend": ["Space", "ArrowRight"],
        "rated": ["Space", "ArrowRight"],
        "facts": ["1", "4", "0", "3", "2", "0", "2", "6"],
        "words": ["f", "i", "n", "e"],
        "contact": [],
        "last": [],
    }

    for page_id, keys in pressed.items():
        if keys:
            tab_to(page, "main form input, main form select, main form textarea")
        for key in keys:
            page.keyboard.press(key)
        tab_to(page, "form#page .actions button[value=next]")
        page.keyboard.press("Enter")
        page.wait_for_function("(id) => !location.pathname.endsWith(id)", arg=page_id)

    answers = page.locator(".answers").inner_text()
    assert "In the shop" in answers
    assert "So-so" in answers
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks")


def tab_to(page: Page, selector: str) -> None:
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(it) => document.activeElement.matches(it)", selector):
            return
    pytest.fail(f"no Tab leads to {selector}")


def write_too_much_beside_other(page: Page) -> None:
    page.check("input[value=other]")
    page.fill("#detail_how", "x" * 41)


def choose_what_excludes_the_rest(page: Page) -> None:
    page.check("input[value=street]")
    page.evaluate("document.querySelector('input[value=nowhere]').checked = true")


def give_every_answer_the_same_place(page: Page) -> None:
    page.evaluate(
        "document.querySelectorAll('select').forEach((it) => { it.selectedIndex = 1; })"
    )


# What makes a page come back with a mistake on it.
MISTAKES: dict[str, Callable[[Page], None]] = {
    "how": write_too_much_beside_other,
    "seen": choose_what_excludes_the_rest,
    "order": give_every_answer_the_same_place,
    "facts": lambda page: page.fill("#answer_boxes", "veel"),
    "words": lambda page: page.fill("textarea", "x" * 4_001),
    "contact": lambda page: page.fill("#answer_address", "niemand@"),
}


@pytest.mark.parametrize(
    ("screen", "scheme", "language"),
    [(ZOOMED, "light", "nl"), (DESKTOP, "dark", "en")],
    ids=["400 % light nl", "desk dark en"],
)
def test_every_type_and_every_mistake_is_accessible_and_fits(
    new_context: NewContext, screen: dict[str, int], scheme: str, language: str
) -> None:
    page = new_context(viewport=screen, color_scheme=scheme).new_page()
    faults: dict[str, object] = {}

    def look(where: str) -> None:
        found: list[object] = list(violations(page))
        if is_wider_than_screen(page):
            found.append("wider than the screen")
        if page.evaluate(SMALLEST_TEXT) < 16:
            found.append("a field with small letters")
        if page.evaluate(LOWEST_OPTION) < 44:
            found.append("an option that is hard to touch")
        if found:
            faults[where] = found

    page.goto(f"/q/all_types/{language}/")
    page_id = "how"
    while page.locator("form#page").count():
        look(page_id)
        if page_id in MISTAKES:
            MISTAKES[page_id](page)
            go_on(page)
            expect(page.locator(".trouble:visible")).to_be_focused()
            look(f"{page_id}, with a mistake")
        skip = page.locator("button[value=skip]")
        follow(skip) if skip.count() else go_on(page)
        page_id = page.url.rsplit("/", 1)[1]
    look("check")
    follow(page.locator("main form button:visible").first)
    page.wait_for_url("**/thanks")
    look("thanks")
    page.goto(page.url.replace("thanks", "answers"))
    look("answers")
    page.goto(f"/q/other_ends/{language}/")
    look("intro")
    go_on(page)
    look("intro, without consent")

    assert faults == {}


def test_scripts_spare_people_two_mistakes(new_context: NewContext) -> None:
    page = new_context(viewport=PHONE).new_page()
    page.goto("/q/all_types/en/")
    go_on(page)

    page.check("input[value=street]")
    page.check("input[value=nowhere]")
    expect(page.locator("input[value=street]")).not_to_be_checked()
    page.check("input[value=other]")
    expect(page.locator("input[value=nowhere]")).not_to_be_checked()
    expect(page.locator("#detail_seen")).to_be_visible()
    go_on(page)
    first, second = page.locator("select").nth(0), page.locator("select").nth(1)
    first.select_option(index=1)
    second.select_option(index=2)
    second.select_option(index=1)

    expect(first).to_have_value("price:2")
    expect(second).to_have_value("speed:1")


def test_the_other_ends_begin_with_consent_and_send_from_the_last_page(
    new_context: NewContext,
) -> None:
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto("/q/other_ends/en/")

    page.get_by_label("I take part in this research").check()
    follow(page.get_by_role("button", name="Begin"))
    while not page.url.endswith("/last"):
        go_on(page)
    follow(page.get_by_role("button", name="Send my answers"))

    page.wait_for_url("**/thanks")
