"""Whichever statements keep a page: afterwards there stands what was said last."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.responses.stored import Stored
from tests.responses.visitor import Visitor
from tests.staff_visits import counted_statements

Visit = Callable[..., Visitor]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (["shop", "site"], ["site"]),
        (["site"], ["shop", "site"]),
        (["shop"], []),
    ],
    ids=["fewer", "more", "none"],
)
def test_page_sent_again_replaces_its_answers(
    visit: Visit, stored: Stored, first: list[str], then: list[str]
) -> None:
    visitor = visit("every_kind")
    visitor.send(answer_shop="Noord")
    channels = visitor.url
    visitor.send(answer_channels=first)

    visitor.go(channels)
    visitor.send(answer_channels=then)

    said = stored.said()
    assert [code for name, code, _ in said if name == "channels"] == then
    assert ("shop", None, "Noord") in said


def test_page_is_read_and_kept_in_one_statement_each_across_a_network(
    app: Flask, visit: Visit
) -> None:
    visitor = visit("every_kind")
    visitor.send(answer_shop="Noord")
    dialect = app.extensions["database"].engine.dialect.name

    with counted_statements(app) as statements:
        target = visitor.url
        answer = visitor.post(
            target, token=visitor.token, action="next", answer_channels=["shop", "site"]
        )

    assert answer.status_code == 303
    assert dialect == "sqlite" or len(statements) == len(["read", "kept"])
