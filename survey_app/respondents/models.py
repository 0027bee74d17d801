"""A respondent is a person asked; a figure's base counts respondents.

Who that is stands in ``contacts``, encrypted, and nowhere else.
"""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table
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


contact_list_members = Table(
    "contact_list_members",
    Base.metadata,
    Column(
        "list_id", ForeignKey("contact_lists.id", ondelete="CASCADE"), primary_key=True
    ),
    Column(
        "contact_id",
        ForeignKey("contacts.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


class Contact(Base):
    """How to reach somebody. ``respondent_id`` stays empty in anonymous fielding.

    Who opted out and was erased keeps a row with nothing in it but the fingerprint, so
    that a later import of the same address does not mail this person again.
    """

    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    respondent_id: Mapped[int | None] = mapped_column(
        ForeignKey("respondents.id", ondelete="SET NULL"), index=True
    )
    # A keyed hash of the address: finds a contact again, reveals none.
    email_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email_encrypted: Mapped[bytes] = mapped_column(LargeBinary)  # empty when erased
    name_encrypted: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    last_imported_at: Mapped[datetime | None]
    consent_at: Mapped[datetime | None]
    opted_out_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
    last_mailed_at: Mapped[datetime | None]  # counts for the quiet period
    # Of the key in the link that ends all mail, the same for as long as we live.
    opt_out_hash: Mapped[str | None] = mapped_column(
        String(64), unique=True, index=True
    )

    respondent: Mapped[Respondent | None] = relationship()
    lists: Mapped[list["ContactList"]] = relationship(
        secondary=contact_list_members, back_populates="contacts"
    )

    @property
    def is_erased(self) -> bool:
        return not self.email_encrypted


class ContactList(Base):
    """What the keeper called a group of people, such as "customers of November"."""

    __tablename__ = "contact_lists"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    created_at: Mapped[datetime]

    contacts: Mapped[list[Contact]] = relationship(
        secondary=contact_list_members, back_populates="lists"
    )
