"""An interview is a conversation: its text, who spoke, and each one's turns."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.orm import Base
from survey_app.questionnaires.models import Wave
from survey_app.respondents.models import Respondent


class Interview(Base):
    """The text is kept as it came, but for line breaks; positions are code points."""

    __tablename__ = "interviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(2))
    held_on: Mapped[date | None]
    wave_id: Mapped[int | None] = mapped_column(ForeignKey("waves.id"), index=True)
    source_name: Mapped[str] = mapped_column(String(255))
    source_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    text: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[datetime]

    wave: Mapped[Wave | None] = relationship()
    speakers: Mapped[list["Speaker"]] = relationship(
        back_populates="interview", cascade="all, delete-orphan"
    )
    turns: Mapped[list["Turn"]] = relationship(
        back_populates="interview", cascade="all, delete-orphan", order_by="Turn.seq"
    )


class Speaker(Base):
    __tablename__ = "speakers"
    __table_args__ = (
        Unique("interview_id", "label"),
        CheckConstraint("role IN ('interviewer', 'participant', 'other')", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE")
    )
    label: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(20))
    respondent_id: Mapped[int | None] = mapped_column(ForeignKey("respondents.id"))

    interview: Mapped[Interview] = relationship(back_populates="speakers")
    respondent: Mapped[Respondent | None] = relationship()


class Turn(Base):
    """One speaker's go: ``interview.text[start:end]``."""

    __tablename__ = "turns"
    __table_args__ = (
        Unique("interview_id", "seq"),
        CheckConstraint('start >= 0 AND "end" > start', "span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE")
    )
    speaker_id: Mapped[int] = mapped_column(
        ForeignKey("speakers.id", ondelete="CASCADE"), index=True
    )
    seq: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    analysis_version: Mapped[str | None] = mapped_column(String(40))

    interview: Mapped[Interview] = relationship(back_populates="turns")
    speaker: Mapped[Speaker] = relationship()

    @property
    def text(self) -> str:
        return self.interview.text[self.start : self.end]


Index("ix_turns_pending", Turn.analysis_version)
