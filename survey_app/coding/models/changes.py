"""The record of every change to codings: append-only, numbered without gaps.

It is the audit, the source of undo and redo, and what other open pages listen to.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.coding.models.columns import GUID
from survey_app.orm import Base


class ChangeCounter(Base):
    """One row: the number of the last change.

    Whoever takes the next one holds the row until the transaction ends, so that numbers
    appear in their order.
    """

    __tablename__ = "change_counter"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]


class Change(Base):
    """What one row was before and is after; it goes with its document when erased."""

    __tablename__ = "changes"
    __table_args__ = (
        Unique("client_key", "op", "target_guid"),
        Index("ix_changes_mine", "coder_id", "seq"),
        Index("ix_changes_target", "target_guid", "seq"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    coder_id: Mapped[int] = mapped_column(ForeignKey("coders.id"))
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), index=True
    )
    round_id: Mapped[int | None] = mapped_column(ForeignKey("coding_rounds.id"))
    action_group: Mapped[str] = mapped_column(GUID, index=True)  # what undo undoes
    op: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(15))
    target_guid: Mapped[str] = mapped_column(GUID)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    undo_of: Mapped[str | None] = mapped_column(GUID)  # an action group
    client_key: Mapped[str | None] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
