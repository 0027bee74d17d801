"""Whatever somebody writes comes back as it was written, everywhere, and harmless."""

from collections.abc import Callable
from html import unescape

import pytest

from survey_app.responses.answer_text import clean_text
from tests.responses.naughty import naughty_texts
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor

TEXTS = list(naughty_texts())


def test_texts_come_back_on_every_page_as_they_were_written(
    visit: Callable[..., Visitor], stored: Stored
) -> None:
    """One respondent writes them all: each on the page, checked, and after sending."""
    visitor = visit()
    visitor.send()
    here = visitor.url

    for text in TEXTS:
        visitor.go(here)
        visitor.send(answer_q2_first_impression=text)

        clean = clean_text(text) or ""
        pages = [visitor.get(here).text, visitor.get(f"{here[:-17]}/check").text]
        assert stored.said() == [("q2_first_impression", None, clean)], repr(text)
        for page in pages:
            assert clean in unescape(page), repr(text)
            assert "<script>alert" not in page
            assert "<b>vet" not in page
            assert "\x00" not in page


@pytest.mark.parametrize("text", [*TEXTS[-4:], "<script>alert('x')</script>"])
def test_they_come_back_after_sending_too(
    visit: Callable[..., Visitor], text: str
) -> None:
    visitor = visit()
    visitor.send(detail_q1_found_us=text[:900])
    visitor.skip_all()
    visitor.submit()

    page = visitor.get(f"/r/{visitor.key}/nl/answers").text

    assert (clean_text(text[:900]) or "") in unescape(page)
    assert "<script>alert" not in page


def test_four_thousand_characters_of_dutch_fit(
    visit: Callable[..., Visitor], stored: Stored
) -> None:
    visitor = visit()
    visitor.send()
    text = ("Mooi ge\u0301woon 👩‍👩‍👧‍👦 " * 300)[:3_999] + "."

    sent = visitor.send(answer_q2_first_impression=text)

    assert sent.status_code == 303
    assert stored.said()[0][2] == clean_text(text)
