"""What has been committed, read afresh each time: an open transaction would make
the app's writers wait."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.questionnaires.models import Questionnaire
from survey_app.responses.models import Answer


def take_off_the_guard(session: Session) -> None:
    """What somebody with the database in hand could do: change a published version."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER questionnaire_versions_frozen"))
    else:  # for this transaction; the database serves other tests after this one
        session.execute(text("SET LOCAL session_replication_role = replica"))


class Stored:
    def __init__(self, database: Database) -> None:
        self.database = database

    def all(self, query: Select[Any]) -> Sequence[Any]:
        with self.database.read() as session:
            return session.scalars(query).all()

    def one(self, query: Select[Any]) -> Any:
        with self.database.read() as session:
            return session.scalars(query).one()

    def said(self) -> list[tuple[str, str | None, str | None]]:
        """Question, code and text of every answer."""
        with self.database.read() as session:
            rows = session.execute(
                select(Answer.question_id, Answer.code, Answer.text).order_by(
                    Answer.question_id, Answer.position
                )
            )
            return [(row[0], row[1], row[2]) for row in rows]

    def change(self, slug: str, **columns: object) -> None:
        """Set columns of a questionnaire, as staff would."""
        with self.database.transaction() as session:
            questionnaire = session.scalars(
                select(Questionnaire).where(Questionnaire.slug == slug)
            ).one()
            for name, value in columns.items():
                setattr(questionnaire, name, value)
