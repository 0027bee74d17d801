"""Sessions that read cannot write, and writers do not lose each other's work."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from survey_app.clock import now
from survey_app.db import Database
from survey_app.respondents.models import Respondent


def test_reading_session_cannot_write(database: Database) -> None:
    with database.read() as session:
        session.add(Respondent(created_at=now()))

        with pytest.raises(SQLAlchemyError):
            session.commit()


def test_writing_works_after_reading_on_the_same_connection(
    database: Database,
) -> None:
    with database.read() as session:
        session.scalars(select(Respondent)).all()

    with database.transaction() as session:
        session.add(Respondent(created_at=now()))

    with database.read() as session:
        assert session.scalar(select(func.count(Respondent.id))) == 1


def test_parallel_writers_all_get_their_turn(database: Database) -> None:
    def add_respondent(_number: int) -> None:
        with database.transaction() as session:
            session.scalar(select(func.count(Respondent.id)))
            session.add(Respondent(created_at=now()))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_respondent, range(40)))

    with database.read() as session:
        assert session.scalar(select(func.count(Respondent.id))) == 40


def test_writer_that_fails_passes_its_turn_on(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _add_and_fail(database)

    with database.transaction() as session:
        assert session.scalar(select(func.count(Respondent.id))) == 0


def _add_and_fail(database: Database) -> None:
    with database.transaction() as session:
        session.add(Respondent(created_at=now()))
        session.flush()
        raise ZeroDivisionError
