"""An invitation asks one person to answer once; mails carry it to them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, and_
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.orm import Base
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.respondents.models import Contact


class Invitation(Base):
    """A link for one response.

    Its key is made from ``nonce`` and our secret, so that a reminder can carry it
    again; of the key itself only a hash is stored.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("kind IN ('personal', 'single_use')", "kind"),
        Unique("questionnaire_id", "wave_id", "contact_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    wave_id: Mapped[int | None] = mapped_column(ForeignKey("waves.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contacts.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(String(10))
    batch: Mapped[str] = mapped_column(String(100))  # what the keeper called the list
    language: Mapped[str] = mapped_column(String(2))
    nonce: Mapped[str] = mapped_column(String(64), unique=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reminded_count: Mapped[int] = mapped_column(default=0)
    last_reminded_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    # Claimed once, by UPDATE … WHERE used_at IS NULL; a day only when anonymous.
    used_at: Mapped[datetime | None]

    questionnaire: Mapped[Questionnaire] = relationship()
    wave: Mapped[Wave | None] = relationship()
    contact: Mapped[Contact | None] = relationship()


class Mail(Base):
    """A message on its way; the worker sends what is due, at most once each."""

    __tablename__ = "mails"
    __table_args__ = (
        CheckConstraint("kind IN ('invitation', 'reminder', 'results')", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    # Set before sending and cleared when it surely failed: who dies in between leaves
    # a mail of which nobody knows whether it went, and which is not sent again.
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    failed_at: Mapped[datetime | None]
    message_id: Mapped[str | None] = mapped_column(String(255), unique=True)
    trouble: Mapped[str | None] = mapped_column(String(200))  # never an address

    invitation: Mapped[Invitation | None] = relationship()
    contact: Mapped[Contact | None] = relationship()


IS_WAITING = and_(
    Mail.sent_at.is_(None), Mail.failed_at.is_(None), Mail.claimed_at.is_(None)
)
Index(
    "ix_mails_waiting",
    Mail.due_at,
    sqlite_where=IS_WAITING,
    postgresql_where=IS_WAITING,
)


class MailText(Base):
    """The keeper's own words for a mail; without a row the shipped words are used."""

    __tablename__ = "mail_texts"
    __table_args__ = (Unique("questionnaire_id", "kind", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaires.id", ondelete="CASCADE")
    )
    kind: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
