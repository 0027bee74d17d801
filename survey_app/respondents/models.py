"""A respondent is a person asked; a figure's base counts respondents.

Who that is stands in ``contacts``, encrypted, and nowhere else.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

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


class Contact(Base):
    """How to reach somebody. ``respondent_id`` stays empty in anonymous fielding."""

    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    respondent_id: Mapped[int | None] = mapped_column(
        ForeignKey("respondents.id", ondelete="SET NULL"), index=True
    )
    # A keyed hash of the address: finds a contact again, reveals none.
    email_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email_encrypted: Mapped[bytes] = mapped_column(LargeBinary)
    name_encrypted: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    consent_at: Mapped[datetime | None]
    opted_out_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
    last_mailed_at: Mapped[datetime | None]  # counts for the quiet period

    respondent: Mapped[Respondent | None] = relationship()
