"""A coding is a code laid on a passage by someone; a memo a note on anything.

A coding keeps its own range: moving one coder's boundary never moves another's. Every
range carries its quote and the words around it, so that it can be checked and found
again.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    and_,
)
from sqlalchemy.orm import (
    InstrumentedAttribute,
    Mapped,
    mapped_column,
    relationship,
)

from survey_app.coding.models.codebook import Code
from survey_app.coding.models.columns import GUID, new_guid
from survey_app.coding.models.documents import DocumentVersion
from survey_app.coding.models.rounds import Round
from survey_app.orm import Base

CONTEXT = 32  # code points kept before and after a passage


class Coding(Base):
    """Without a code it is a highlight."""

    __tablename__ = "codings"
    __table_args__ = (
        CheckConstraint('start >= 0 AND "end" > start', "span"),
        CheckConstraint(
            "origin IN ('manual', 'suggestion', 'rule', 'import', 'consensus')",
            "origin",
        ),
        CheckConstraint("certainty BETWEEN 1 AND 3", "certainty"),
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
    code_id: Mapped[int | None] = mapped_column(ForeignKey("codes.id"), index=True)
    coder_id: Mapped[int] = mapped_column(ForeignKey("coders.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("coding_rounds.id"), index=True)
    origin: Mapped[str] = mapped_column(String(10), default="manual")
    certainty: Mapped[int | None]
    row_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    version: Mapped[DocumentVersion] = relationship()
    code: Mapped[Code | None] = relationship()
    coder: Mapped["Coder"] = relationship()
    round: Mapped[Round] = relationship()

    __mapper_args__ = {"version_id_col": row_version}


def _once(
    name: str, *columns: InstrumentedAttribute[Any], where: ColumnElement[bool]
) -> Index:
    there = and_(Coding.deleted_at.is_(None), where)
    return Index(
        name, *columns, unique=True, sqlite_where=there, postgresql_where=there
    )


# A double click, a retry or a second tab make one row; NULL codes would all differ.
_PLACE = (
    Coding.version_id,
    Coding.start,
    Coding.end,
    Coding.coder_id,
    Coding.round_id,
)
_once("uq_codings_once", *_PLACE, Coding.code_id, where=Coding.code_id.is_not(None))
_once("uq_codings_highlight", *_PLACE, where=Coding.code_id.is_(None))


class Coder(Base):
    """Someone who codes: a member of staff, or a name that came with a file.

    Names from two files are never one person by their likeness alone.
    """

    __tablename__ = "coders"

    id: Mapped[int] = mapped_column(primary_key=True)
    guid: Mapped[str] = mapped_column(GUID, unique=True, default=new_guid)
    name: Mapped[str] = mapped_column(String(200))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), unique=True)
    created_at: Mapped[datetime]


class Memo(Base):
    """``target_guid`` is a document's, code's, coding's or suggestion's; None: all."""

    __tablename__ = "memos"
    __table_args__ = (
        CheckConstraint(
            "target IN ('project', 'document', 'code', 'coding', 'suggestion')",
            "target",
        ),
        CheckConstraint("(target = 'project') = (target_guid IS NULL)", "target_guid"),
        Index("ix_memos_target", "target", "target_guid"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    guid: Mapped[str] = mapped_column(GUID, unique=True, default=new_guid)
    target: Mapped[str] = mapped_column(String(10))
    target_guid: Mapped[str | None] = mapped_column(GUID)
    # With the document it speaks about, a memo is erased too.
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("coders.id"))
    row_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    author: Mapped[Coder] = relationship()

    __mapper_args__ = {"version_id_col": row_version}
