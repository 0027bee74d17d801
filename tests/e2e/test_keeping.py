"""A keeper in a browser: from nothing to a first answer, also without a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsing import DESKTOP, PHONE, NewContext, follow, sign_in
from tests.e2e.test_pages import is_wider_than_screen, violations

pytestmark = pytest.mark.e2e

LIST = "/staff/questionnaires/"
MAX_TABS = 120


def start_draft(page: Page, title: str) -> str:
    """A draft from nothing; its address."""
    page.goto(f"{LIST}drafts/new")
    page.fill("#title", title)
    page.locator("button[value=blank]").click()
    page.wait_for_url("**/drafts/*/")
    return page.url


def write_question(page: Page) -> None:
    """The one question that a draft from nothing has, with options."""
    follow(page.locator(".outline-title").first)
    page.locator('[name="title.nl"]').fill("Hoe was de bezorging?")
    page.locator('[name="title.en"]').fill("How was the delivery?")
    page.locator("#type").select_option("choice")
    follow(page.locator("#type + button"))
    for number, (dutch, english) in enumerate([("Goed", "Good"), ("Slecht", "Bad")]):
        page.locator(f'[name="options.{number}.label.nl"]').fill(dutch)
        page.locator(f'[name="options.{number}.label.en"]').fill(english)
    page.locator("button[value=done]").click()
    page.wait_for_url("**/drafts/*/#*")


def publish(page: Page) -> None:
    page.locator(".title-row .button").click()
    page.wait_for_url("**/publish")
    page.locator("main form.form button").click()
    page.wait_for_url(f"**{LIST}*/")


@pytest.mark.parametrize(
    ("screen", "language", "scripts"),
    [(DESKTOP, "nl", True), (PHONE, "en", False)],
    ids=["desktop nl", "phone en, no scripts"],
)
def test_from_nothing_to_the_first_answer(
    screen: dict[str, int], language: str, *, scripts: bool, new_context: NewContext
) -> None:
    context = new_context(viewport=screen, locale=language, java_script_enabled=scripts)
    page = sign_in(context, "researcher")

    start_draft(page, f"Na de bezorging {language}")
    write_question(page)
    publish(page)

    respondent = context.new_page()
    respondent.goto(f"/q/na_de_bezorging_{language}")
    expect(respondent.locator("h1")).to_contain_text(
        {"nl": "Hoe was de bezorging?", "en": "How was the delivery?"}[language]
    )
    respondent.locator("input[type=radio]").first.check()
    follow(respondent.locator("form#page .actions button[value=next]"))
    follow(respondent.locator("main form button:visible").first)
    respondent.wait_for_url("**/thanks")
    page.goto(LIST)
    row = page.locator("tr", has_text=f"Na de bezorging {language}")
    expect(row.locator("td.num")).to_have_text("1")


@pytest.mark.parametrize(
    ("screen", "scheme", "language"),
    [(DESKTOP, "light", "nl"), ({"width": 320, "height": 700}, "dark", "en")],
    ids=["desktop light nl", "narrow phone dark en"],
)
def test_the_keepers_pages_are_accessible_and_fit(
    screen: dict[str, int], scheme: str, language: str, new_context: NewContext
) -> None:
    context = new_context(viewport=screen, color_scheme=scheme, locale=language)
    page = sign_in(context, "admin")
    draft = start_draft(page, "Toegankelijk")
    write_question(page)
    broken = start_draft(page, "Met fouten")
    page.goto(f"{broken}source")
    page.locator("#source").fill('id = "x"\n[[pages]]\n[[pages.questions]]\n')
    follow(page.locator("main form button"))

    faults: dict[str, object] = {}
    for path in [*_pages_to_see(draft), f"{draft}preview/nl/", *_pages_to_see(broken)]:
        page.goto(path)
        found = violations(page)
        if found or is_wider_than_screen(page):
            faults[path] = found or "wider than the screen"

    assert faults == {}


def _pages_to_see(draft: str) -> list[str]:
    standard = f"{LIST}standard/"
    return [
        *(LIST, f"{LIST}drafts/new", f"{LIST}drafts/validate"),
        *(standard, f"{standard}settings", f"{standard}versions/"),
        *(f"{standard}waves/", f"{standard}waves/new", f"{standard}retire"),
        *(f"{standard}improvements/", f"{standard}improvements/new"),
        *(draft, f"{draft}pages/1", f"{draft}pages/1/questions/1", f"{draft}texts"),
        *(f"{draft}settings", f"{draft}path", f"{draft}source", f"{draft}publish"),
        f"{draft}discard",
    ]


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse does."""
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {target}")


def test_without_a_mouse(new_context: NewContext) -> None:
    page = sign_in(new_context(viewport=DESKTOP, locale="en"), "researcher")

    def press_on(locator: Locator, key: str = "Enter") -> None:
        tab_to(page, locator)
        page.keyboard.press(key)

    press_on(page.locator(f'#menu a[href="{LIST}"]'))
    page.wait_for_url(f"**{LIST}")
    press_on(page.locator(".title-row .button"))
    page.wait_for_url("**/drafts/new")
    tab_to(page, page.locator("#title"))
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url("**/drafts/*/")
    press_on(page.locator(".outline-title").first)
    page.wait_for_url("**/questions/1")
    for language, words in (("nl", "Wat viel op?"), ("en", "What stood out?")):
        tab_to(page, page.locator(f'[name="title.{language}"]'))
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
    press_on(page.locator("button[value=done]"))
    page.wait_for_url("**/drafts/*/#*")
    press_on(page.locator(".title-row .button"))
    page.wait_for_url("**/publish")
    press_on(page.locator("main form.form button"))
    page.wait_for_url(f"**{LIST}by_keyboard/")
    assert page.goto("/q/by_keyboard/en/") is not None
    expect(page.locator("h1")).to_contain_text("What stood out?")


def test_the_preview_follows_what_is_typed(new_context: NewContext) -> None:
    page = sign_in(new_context(viewport=DESKTOP, locale="en"), "researcher")
    start_draft(page, "Followed")
    follow(page.locator(".outline-title").first)

    page.locator('[name="title.en"]').fill("Typed and not saved")

    frame = page.frame_locator("iframe[name=preview]")
    expect(frame.locator("h1")).to_have_text("Typed and not saved")
    page.locator('.preview a[data-language="nl"]').click()
    expect(frame.locator("html")).to_have_attribute("lang", "nl")
    page.reload()
    expect(page.locator('[name="title.en"]')).not_to_have_value("Typed and not saved")


def test_a_rule_shows_the_answers_of_its_question(new_context: NewContext) -> None:
    page = sign_in(new_context(viewport=DESKTOP, locale="en"), "researcher")
    page.goto(f"{LIST}drafts/new")
    page.locator("button[value=shipped]").first.click()
    page.wait_for_url("**/drafts/*/")
    page.goto(f"{page.url}pages/8")

    follow(page.locator('button[value="add_row:show_if"]'))
    _redrawn(
        page,
        lambda: page.locator('[name="show_if.0.asked"]').select_option("q6_bought"),
    )
    page.get_by_label("Not yet").check()
    follow(page.get_by_role("button", name="Save", exact=True))

    expect(page.get_by_label("Not yet")).to_be_checked()


def _redrawn(page: Page, change: Callable[[], object]) -> None:
    with page.expect_navigation():
        change()
