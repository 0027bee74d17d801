"""A short text that tells not what it is about: asked once, answered or not."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from survey_app.clock import now
from survey_app.questionnaires.service import publish
from survey_app.responses.models import PageEvent
from survey_app.touchpoints.models import TouchpointSetting
from tests.responses.conftest import STANDARD
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor

VAGUE = "Het duurde veel te lang."
CLEAR = "De bezorging duurde veel te lang."


@pytest.fixture
def asked(
    app: Flask, visit: Callable[..., Visitor], stored: Stored
) -> Callable[..., Visitor]:
    """A respondent who has come to the question about contact."""
    source = STANDARD.replace('id = "standard"', 'id = "asking"', 1).replace(
        "\n[title]", "\n[settings]\nask_back = true\n\n[title]", 1
    )
    with stored.database.transaction() as session:
        publish(session, source, published_at=now())
    app.extensions["touchpoint_reader"].wait()

    def come(language: str = "nl") -> Visitor:
        visitor = visit("asking", language)
        visitor.skip_to("interactions")
        return visitor

    return come


def kinds(stored: Stored) -> list[str]:
    events = stored.all(select(PageEvent).order_by(PageEvent.id))
    return [event.kind for event in events if event.page_id == "interactions"]


def test_a_vague_text_is_asked_about_and_the_answer_kept(
    asked: Callable[..., Visitor], stored: Stored
) -> None:
    visitor = asked()

    visitor.send(answer_q4_interactions=VAGUE)

    assert visitor.url.endswith("/nl/q4_interactions__about")
    assert "Waar ging dat over?" in visitor.page.text
    assert f"{VAGUE}</blockquote>" in visitor.page.text
    assert "Vraag 4 van 8" in visitor.page.text
    first = visitor.page.text.index('value="customer_service"')
    assert first < visitor.page.text.index('value="website"')
    visitor.send(answer_q4_interactions__about="delivery")
    assert visitor.url.endswith("/nl/time_on_site")
    assert stored.said() == [
        ("q4_interactions", None, VAGUE),
        ("q4_interactions__about", "delivery", None),
    ]
    assert kinds(stored) == ["saved", "asked_back", "told"]
    visitor.skip_all()
    assert "Dit ging over: Levering" in visitor.page.text
    visitor.submit()
    assert stored.said()[1] == ("q4_interactions__about", "delivery", None)


@pytest.mark.parametrize("text", [CLEAR, "x " * 40, ""], ids=["clear", "long", "empty"])
def test_other_texts_are_not_asked_about(
    asked: Callable[..., Visitor], text: str
) -> None:
    visitor = asked()

    visitor.send(answer_q4_interactions=text)

    assert visitor.url.endswith("/nl/time_on_site")


def test_it_is_asked_once_may_be_skipped_and_speaks_both_languages(
    asked: Callable[..., Visitor], stored: Stored
) -> None:
    visitor = asked()
    visitor.send(answer_q4_interactions=VAGUE)

    visitor.send("lang:en", answer_q4_interactions__about="returns")
    assert "Which part was that about?" in visitor.page.text
    assert 'value="returns" checked' in visitor.page.text
    visitor.send("back")
    assert visitor.url.endswith("/en/interactions")
    visitor.send(answer_q4_interactions=VAGUE)
    assert visitor.url.endswith("/en/time_on_site")
    visitor.go(f"/r/{visitor.key}/en/q4_interactions__about")
    visitor.send("skip")

    assert visitor.url.endswith("/en/time_on_site")
    assert stored.said() == [("q4_interactions", None, VAGUE)]


def add_charging_point(stored: Stored, **columns: Any) -> None:
    with stored.database.transaction() as session:
        setting = TouchpointSetting(
            code="own_laadpaal",
            is_own=True,
            name_nl="Laadpaal",
            name_en="Charging point",
            phase="experience",
            cues_nl=["laadpaal"],
            created_at=now(),
            changed_at=now(),
            **columns,
        )
        session.add(setting)


def test_the_organisations_own_touchpoints_are_known_and_offered(
    app: Flask, asked: Callable[..., Visitor], stored: Stored
) -> None:
    first = asked()
    add_charging_point(stored)

    first.send(answer_q4_interactions=VAGUE)
    assert 'value="own_laadpaal"' in first.page.text
    first.send(answer_q4_interactions__about="own_laadpaal")
    first.skip_all()
    assert "Dit ging over: Laadpaal" in first.page.text
    app.extensions["touchpoint_reader"].wait()  # it noticed the change
    second = asked()
    second.send(answer_q4_interactions="De laadpaal deed het niet")
    assert second.url.endswith("/nl/time_on_site")


def test_a_hidden_touchpoint_is_not_offered_and_keeps_its_name(
    asked: Callable[..., Visitor], stored: Stored
) -> None:
    visitor = asked()
    visitor.send(answer_q4_interactions=VAGUE)
    visitor.send(answer_q4_interactions__about="delivery")
    with stored.database.transaction() as session:
        session.add(
            TouchpointSetting(
                code="delivery", is_hidden=True, created_at=now(), changed_at=now()
            )
        )

    visitor.go(f"/r/{visitor.key}/nl/q4_interactions__about")
    assert 'value="delivery"' not in visitor.page.text
    visitor.send("skip")
    assert stored.said() == [("q4_interactions", None, VAGUE)]


def test_another_text_takes_back_what_the_first_was_about(
    asked: Callable[..., Visitor], stored: Stored
) -> None:
    visitor = asked()
    visitor.send(answer_q4_interactions=VAGUE)
    visitor.send(answer_q4_interactions__about="delivery")
    visitor.go(f"/r/{visitor.key}/nl/interactions")

    visitor.send(answer_q4_interactions=CLEAR)

    assert stored.said() == [("q4_interactions", None, CLEAR)]


def test_nobody_is_asked_while_the_analysis_is_not_there(
    app: Flask, asked: Callable[..., Visitor]
) -> None:
    visitor = asked()
    app.extensions["touchpoint_reader"]._pipeline = None  # noqa: SLF001 - not loaded

    visitor.send(answer_q4_interactions=VAGUE)

    assert visitor.url.endswith("/nl/time_on_site")


@pytest.mark.parametrize(
    "page_id", ["q2_first_impression__about", "q9__about", "__about"]
)
def test_nothing_is_asked_about_what_was_not_written(
    asked: Callable[..., Visitor], page_id: str
) -> None:
    visitor = asked()

    answer = visitor.get(f"/r/{visitor.key}/nl/{page_id}")

    assert answer.headers["Location"].endswith("/nl/interactions")
