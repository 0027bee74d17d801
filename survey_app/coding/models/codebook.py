"""The codebook: a tree of codes, and what it was at certain times."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.coding.models.columns import GUID, new_guid
from survey_app.orm import Base

NAME_LENGTH = 200
COLOUR_LENGTH = 7


class Code(Base):
    """A named idea. ``folded`` is the name by which two codes are the same.

    A code of kind ``touchpoint`` or ``phase`` that stands for one of the
    organisation's own carries its ``key``, so that a researcher's coding and the
    machine's mention speak of the same thing.
    """

    __tablename__ = "codes"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('phase', 'touchpoint', 'emotion', 'need_goal', 'pain_point',"
            " 'deciding_factor', 'theme')",
            "kind",
        ),
        CheckConstraint("parent_id <> id", "parent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    guid: Mapped[str] = mapped_column(GUID, unique=True, default=new_guid)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("codes.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str | None] = mapped_column(String(50))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    folded: Mapped[str] = mapped_column(String(2 * NAME_LENGTH))
    definition: Mapped[str] = mapped_column(Text, default="")
    include_rule: Mapped[str] = mapped_column(Text, default="")
    exclude_rule: Mapped[str] = mapped_column(Text, default="")
    example: Mapped[str] = mapped_column(Text, default="")
    color: Mapped[str] = mapped_column(String(COLOUR_LENGTH))
    codable: Mapped[bool] = mapped_column(default=True)
    sort: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("codes.id"))
    row_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    parent: Mapped["Code | None"] = relationship(
        remote_side="Code.id", foreign_keys=[parent_id]
    )

    __mapper_args__ = {"version_id_col": row_version}


# Names are one of a kind among siblings only; NULL parents would all be different.
Index(
    "uq_codes_siblings",
    Code.kind,
    Code.parent_id,
    Code.folded,
    unique=True,
    sqlite_where=Code.parent_id.is_not(None),
    postgresql_where=Code.parent_id.is_not(None),
)
Index(
    "uq_codes_roots",
    Code.kind,
    Code.folded,
    unique=True,
    sqlite_where=Code.parent_id.is_(None),
    postgresql_where=Code.parent_id.is_(None),
)
Index(
    "uq_codes_key",
    Code.kind,
    Code.key,
    unique=True,
    sqlite_where=Code.key.is_not(None),
    postgresql_where=Code.key.is_not(None),
)


class CodebookVersion(Base):
    """The whole codebook as it was when a round began, or when somebody kept it."""

    __tablename__ = "codebook_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    snapshot: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
