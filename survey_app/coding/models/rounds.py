"""A round is a pass of coding with rules of its own; assignments say who reads what."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.coding.models.columns import GUID, new_guid
from survey_app.orm import Base


class Round(Base):
    """In a blind one nobody sees another's codings, and nothing is suggested."""

    __tablename__ = "coding_rounds"
    __table_args__ = (
        CheckConstraint("mode IN ('open', 'blind', 'consensus', 'imported')", "mode"),
        CheckConstraint("unit IN ('turn', 'sentence', 'answer')", "unit"),
        CheckConstraint("unit_scope IN ('participant', 'all')", "unit_scope"),
        CheckConstraint("mode <> 'blind' OR NOT suggestions", "blind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    guid: Mapped[str] = mapped_column(GUID, unique=True, default=new_guid)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    mode: Mapped[str] = mapped_column(String(10))
    codebook_version_id: Mapped[int] = mapped_column(ForeignKey("codebook_versions.id"))
    # The round whose disagreements a consensus settles.
    settles_id: Mapped[int | None] = mapped_column(ForeignKey("coding_rounds.id"))
    unit: Mapped[str] = mapped_column(String(10), default="turn")
    unit_scope: Mapped[str] = mapped_column(String(15), default="participant")
    suggestions: Mapped[bool] = mapped_column(default=False)
    led_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


# Where people code when nobody has planned anything: one open round is always there.
Index(
    "ix_coding_rounds_open",
    Round.mode,
    Round.closed_at,
)


class Assignment(Base):
    """``done`` without a coding is a decision too; not done is missing."""

    __tablename__ = "assignments"
    __table_args__ = (
        Unique("round_id", "document_id", "coder_id"),
        CheckConstraint("state IN ('todo', 'doing', 'done')", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(
        ForeignKey("coding_rounds.id", ondelete="CASCADE")
    )
    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), index=True
    )
    coder_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    state: Mapped[str] = mapped_column(String(5), default="todo")
    changed_at: Mapped[datetime]
