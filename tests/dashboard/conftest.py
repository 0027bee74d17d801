import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.staff_visits import sign_in


@pytest.fixture
def marketer(app: Flask, session: Session) -> FlaskClient:
    return sign_in(app, session, "marketer")


@pytest.fixture
def researcher(app: Flask, session: Session) -> FlaskClient:
    return sign_in(app, session, "researcher")
