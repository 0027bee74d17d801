"""Visits of signed-in staff, and how many questions a page puts to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories import make_staff_member


def sign_in(app: Flask, session: Session, role: str) -> FlaskClient:
    """A client of a new staff member with this role, who reads English.

    The cookie is as signing in leaves it; checking a password takes as long as a test.
    """
    member = make_staff_member(session, role)
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    with client.session_transaction() as cookie:
        cookie["_user_id"] = member.fs_uniquifier
        cookie["_fresh"] = True
    return client


@contextmanager
def counted_statements(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*details: object) -> None:
        statements.append(str(details[2]))

    engine = app.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
