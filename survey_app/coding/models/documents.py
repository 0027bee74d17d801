"""A document is a text that can be coded: a transcript, notes, or one open answer.

Its versions never change; positions are code points of one version's text. A document
of an answer is made when somebody first opens it to code: ten thousand answers are not
copied beforehand. When the interview or the answer is erased, all of this goes too.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.coding.models.columns import GUID, new_guid
from survey_app.interviews.models import Interview, Speaker
from survey_app.orm import Base
from survey_app.respondents.models import Respondent
from survey_app.responses.models import Answer

TITLE_LENGTH = 200


class Document(Base):
    """``kind`` says where the words come from; speakers hang on the interview."""

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('interview', 'user_test', 'desk_research', 'answer')", "kind"
        ),
        CheckConstraint("(kind = 'answer') = (answer_id IS NOT NULL)", "answer"),
        CheckConstraint("(kind = 'answer') = (interview_id IS NULL)", "interview"),
        CheckConstraint("direction IN ('ltr', 'rtl')", "direction"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    guid: Mapped[str] = mapped_column(GUID, unique=True, default=new_guid)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH), index=True)
    kind: Mapped[str] = mapped_column(String(15))
    interview_id: Mapped[int | None] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), unique=True
    )
    answer_id: Mapped[int | None] = mapped_column(
        ForeignKey("answers.id", ondelete="CASCADE"), unique=True
    )
    respondent_id: Mapped[int | None] = mapped_column(
        ForeignKey("respondents.id"), index=True
    )
    language: Mapped[str | None] = mapped_column(String(3))
    direction: Mapped[str] = mapped_column(String(3), default="ltr")
    current_version: Mapped[int] = mapped_column(default=1)  # its number
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    interview: Mapped[Interview | None] = relationship()
    answer: Mapped[Answer | None] = relationship()
    respondent: Mapped[Respondent | None] = relationship()
    versions: Mapped[list["DocumentVersion"]] = relationship(
        back_populates="document",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="DocumentVersion.number",
    )


class DocumentVersion(Base):
    __tablename__ = "document_versions"
    __table_args__ = (Unique("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE")
    )
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    length: Mapped[int]  # code points
    source_name: Mapped[str | None] = mapped_column(String(255))
    source_format: Mapped[str | None] = mapped_column(String(10))
    source_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    import_report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    document: Mapped[Document] = relationship(back_populates="versions")
    blocks: Mapped[list["Block"]] = relationship(
        back_populates="version",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Block.seq",
    )


class Block(Base):
    """A turn, paragraph or heading: ordered, apart, white space between at most."""

    __tablename__ = "blocks"
    __table_args__ = (
        Unique("version_id", "seq"),
        CheckConstraint('start >= 0 AND "end" > start', "span"),
        CheckConstraint("kind IN ('turn', 'paragraph', 'heading', 'question')", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("document_versions.id", ondelete="CASCADE")
    )
    seq: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    speaker_id: Mapped[int | None] = mapped_column(
        ForeignKey("speakers.id", ondelete="SET NULL"), index=True
    )
    starts_ms: Mapped[int | None]
    ends_ms: Mapped[int | None]

    version: Mapped[DocumentVersion] = relationship(back_populates="blocks")
    speaker: Mapped[Speaker | None] = relationship()
