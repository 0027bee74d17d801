"""A questionnaire has versions that never change, and waves in which it is fielded."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.orm import Base


class Questionnaire(Base):
    __tablename__ = "questionnaires"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'open', 'closed', 'retired')", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(50), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    active_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("questionnaire_versions.id", use_alter=True)
    )
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]

    active_version: Mapped["QuestionnaireVersion | None"] = relationship(
        foreign_keys=active_version_id, post_update=True
    )
    waves: Mapped[list["Wave"]] = relationship(
        back_populates="questionnaire", order_by="Wave.starts_on"
    )


class QuestionnaireVersion(Base):
    """What respondents were shown; never edited once published."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (UniqueConstraint("questionnaire_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    version: Mapped[str] = mapped_column(String(20))
    content_hash: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)  # the TOML as published
    published_at: Mapped[datetime]

    questionnaire: Mapped[Questionnaire] = relationship(foreign_keys=questionnaire_id)


class Wave(Base):
    """One round of fielding a questionnaire."""

    __tablename__ = "waves"
    __table_args__ = (UniqueConstraint("questionnaire_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    code: Mapped[str] = mapped_column(String(50))
    name: Mapped[str] = mapped_column(String(100))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    questionnaire: Mapped[Questionnaire] = relationship(back_populates="waves")
