"""The whole loop in a real browser: a customer writes, a marketer reads."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import DESKTOP, PHONE, NewContext, fill_in, sign_in

pytestmark = pytest.mark.e2e

ANALYSED_WITHIN = 20_000  # milliseconds
WRITTEN = "Het pakketje werd pas na drie weken bezorgd, schandalig."


@pytest.mark.parametrize("javascript", [False, True], ids=["no script", "script"])
def test_customer_on_a_phone_is_read_by_the_marketer(
    javascript: bool,  # noqa: FBT001 - a table
    new_context: NewContext,
    strangers: list[str],
) -> None:
    phone = new_context(viewport=PHONE, locale="nl-NL", java_script_enabled=javascript)
    written = f"{WRITTEN} {'Echt.' if javascript else 'Jammer.'}"

    thanks = fill_in(phone.new_page(), "nl", written)

    marketer = sign_in(new_context(viewport=DESKTOP, locale="nl-NL"), "marketer")
    sentence = marketer.locator("blockquote", has_text=written[:40])
    for _attempt in range(ANALYSED_WITHIN // 500):
        marketer.goto("/staff/touchpoints/delivery/sentences")
        if sentence.count() > int(javascript):
            break
        marketer.wait_for_timeout(500)
    expect(sentence.first.locator("mark")).to_be_visible()
    assert phone.cookies() == []
    assert strangers == []
    assert any(len(word) == 9 and word[4] == "-" for word in thanks.split())
