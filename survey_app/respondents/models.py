"""A respondent is a person asked; a figure's base counts respondents."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.orm import Base


class Respondent(Base):
    __tablename__ = "respondents"

    id: Mapped[int] = mapped_column(primary_key=True)
    # SHA-256 of the identifier that an import gave: enough to recognise, not to read.
    external_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]

    @property
    def pseudonym(self) -> str:
        return f"K-{self.id:04d}"
