"""A questionnaire has versions that never change, and waves in which it is fielded."""

from datetime import date, datetime
from typing import Any

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
    max_responses: Mapped[int | None]
    # Whether responses that were broken off count in the analysis.
    include_partial: Mapped[bool] = mapped_column(default=False)
    # As the newest version says: False where it is not customers who answer.
    in_figures: Mapped[bool] = mapped_column(default=True)
    median_seconds: Mapped[int | None]  # that filling in took, measured on many

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
    published_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    retired_at: Mapped[datetime | None]
    # Per question: same, wording, options or new, against the version before.
    comparability: Mapped[dict[str, Any]] = mapped_column(default=dict)

    questionnaire: Mapped[Questionnaire] = relationship(foreign_keys=questionnaire_id)


class QuestionnaireDraft(Base):
    """A question set that is being written; valid or not yet."""

    __tablename__ = "questionnaire_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int | None] = mapped_column(
        ForeignKey("questionnaires.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(100))
    source: Mapped[str] = mapped_column(Text)  # TOML
    row_version: Mapped[int] = mapped_column(default=0)  # two keepers at once
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    questionnaire: Mapped[Questionnaire | None] = relationship()


class Improvement(Base):
    """What respondents said, and what was done about it: for the public page."""

    __tablename__ = "improvements"

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaires.id", ondelete="CASCADE"), index=True
    )
    said: Mapped[dict[str, Any]]  # language -> text
    done: Mapped[dict[str, Any]]
    position: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


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
