"""Texts come back as they were written, and are counted as readers count."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from sqlalchemy import select

from survey_app.responses.answer_text import clean_text, count_characters
from survey_app.responses.models import Answer
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor

NAUGHTY = [
    "<script>alert('x')</script>",
    "{{ 7 * 7 }} {% raw %} ${x} <%= y %>",
    "'; DROP TABLE answers; --",
    "=1+1\t@SUM(A1)",
    "café crème één ﬁ Å",
    "👩‍👩‍👧‍👦 🇧🇪 👍🏽",
    "مرحبا بالعالم שלום",
    "regel één\nregel twee\n\n\tregel drie",
    "&amp; &lt;b&gt; </textarea><b>",
    "\\x00 %00 %s %(name)s",
    "Z̸̢̛a̷l̵g̶o̸",
]


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_text_comes_back_as_it_was_written(
    visit: Callable[..., Visitor], stored: Stored, text: str
) -> None:
    visitor = visit()
    visitor.send()
    visitor.send("back", answer_q2_first_impression=text)
    visitor.send()
    written = unicodedata.normalize("NFC", text)

    assert f"\n{escape(written)}</textarea>" in visitor.page.text
    visitor.skip_to("found_what")
    assert stored.all(select(Answer.text)) == []
    visitor.send("back")
    visitor.send(answer_q2_first_impression=text)
    visitor.skip_all()
    assert str(escape(written)) in visitor.page.text
    assert stored.one(select(Answer.text)) == written


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t ", "\u200b\u00a0", "\x00\x07", "\ufeff"]
)
def test_text_with_nothing_to_see_is_no_answer(text: str) -> None:
    assert clean_text(text) is None


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)

    assert clean_text(once) == once
    assert once is None or "\x00" not in once


@pytest.mark.parametrize(
    ("text", "characters"),
    [("abc", 3), ("e\u0301", 1), ("👩‍👩‍👧‍👦", 1), ("🇧🇪🇳🇱", 2), ("", 0)],
)
def test_characters_are_counted_as_they_are_seen(text: str, characters: int) -> None:
    assert count_characters(text) == characters
