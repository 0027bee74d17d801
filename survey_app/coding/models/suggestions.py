"""What the machine proposes to code, and what people answered to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.coding.models.codings import CONTEXT
from survey_app.coding.models.columns import GUID, new_guid
from survey_app.orm import Base


class Suggester(Base):
    """One way of proposing, as it was learned at one time; never changed afterwards."""

    __tablename__ = "suggesters"
    __table_args__ = (
        CheckConstraint("kind IN ('lexicon', 'similar', 'classifier')", "kind"),
        Unique("name", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(10))
    version: Mapped[str] = mapped_column(String(40))
    codebook_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("codebook_versions.id")
    )
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    trained_on: Mapped[dict[str, Any]] = mapped_column(default=dict)
    metrics: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class Suggestion(Base):
    __tablename__ = "suggestions"
    __table_args__ = (
        Unique("version_id", "start", "end", "code_id", "suggester_id"),
        CheckConstraint('start >= 0 AND "end" > start', "span"),
        CheckConstraint(
            "state IN ('pending', 'accepted', 'corrected', 'rejected', 'skipped',"
            " 'stale', 'superseded')",
            "state",
        ),
        Index("ix_suggestions_state", "version_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    guid: Mapped[str] = mapped_column(GUID, unique=True, default=new_guid)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("document_versions.id", ondelete="CASCADE")
    )
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(String(CONTEXT))
    suffix: Mapped[str] = mapped_column(String(CONTEXT))
    code_id: Mapped[int] = mapped_column(ForeignKey("codes.id"), index=True)
    suggester_id: Mapped[int] = mapped_column(ForeignKey("suggesters.id"), index=True)
    score: Mapped[float]
    reason: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(10), default="pending")
    decision: Mapped[dict[str, Any]] = mapped_column(default=dict)  # order, seconds
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("coders.id"))
    decided_at: Mapped[datetime | None]
    coding_id: Mapped[int | None] = mapped_column(
        ForeignKey("codings.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime]

    suggester: Mapped[Suggester] = relationship()
