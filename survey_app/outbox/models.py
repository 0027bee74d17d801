"""Events that wait to be told to whoever listens."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.orm import Base


class Event(Base):
    """Written in the transaction of what happened, deleted when handed over."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(
        String(50)
    )  # response.submitted, response.erased
    subject: Mapped[str] = mapped_column(String(100))  # a public id
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
