"""A response is one respondent's visit to a questionnaire; answers are its rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.invitations.models import Invitation
from survey_app.keys import new_public_id
from survey_app.orm import Base
from survey_app.questionnaires.models import QuestionnaireVersion, Wave
from survey_app.respondents.models import Respondent
from survey_app.responses.quality import fingerprint

SEALED = "sealed"  # the role of an address: nothing that anybody may read or analyse
ABOUT = "__about"  # after a text's question id: what, its writer says, it was about


class Response(Base):
    """In progress until it is submitted; only submitted ones enter the analysis."""

    __tablename__ = "responses"
    __table_args__ = (
        CheckConstraint(
            "state IN ('in_progress', 'submitted', 'abandoned', 'closed_partial',"
            " 'excluded')",
            "state",
        ),
        CheckConstraint(
            "privacy_mode IN ('anonymous', 'pseudonymous', 'identified')",
            "privacy_mode",
        ),
        Unique("source", "submission_id"),
        # What was asked in each wave, and how many answered, without reading a row.
        Index("ix_responses_waves", "wave_id", "version_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # What exports and the API call it: random, so that it tells no order.
    public_id: Mapped[str] = mapped_column(
        String(26), unique=True, default=new_public_id
    )
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"))
    wave_id: Mapped[int | None] = mapped_column(ForeignKey("waves.id"))
    respondent_id: Mapped[int] = mapped_column(ForeignKey("respondents.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="in_progress", index=True)
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitations.id", ondelete="SET NULL"), unique=True
    )
    privacy_mode: Mapped[str] = mapped_column(String(12), default="pseudonymous")
    source: Mapped[str] = mapped_column(
        String(20)
    )  # link, mail, qr, embed, import, api
    submission_id: Mapped[str | None] = mapped_column(String(200))  # given by an import
    resume_key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    start_nonce: Mapped[str | None] = mapped_column(String(64), unique=True)
    receipt: Mapped[str | None] = mapped_column(String(9), unique=True)
    row_version: Mapped[int] = mapped_column(default=0)
    language_started: Mapped[str] = mapped_column(String(2))
    language_submitted: Mapped[str | None] = mapped_column(String(2))
    started_at: Mapped[datetime]
    last_activity_at: Mapped[datetime] = mapped_column(index=True)
    submitted_at: Mapped[datetime | None] = mapped_column(index=True)
    # When it was last sent again with other answers; ``submitted_at`` stays.
    changed_at: Mapped[datetime | None] = mapped_column(index=True)
    consented_at: Mapped[datetime | None]
    anonymised_at: Mapped[datetime | None]
    last_page_id: Mapped[str | None] = mapped_column(String(50))  # the last one saved
    device: Mapped[str | None] = mapped_column(String(10))  # phone, tablet, desktop
    prefill: Mapped[dict[str, Any]] = mapped_column(default=dict)  # as given: untrusted
    note: Mapped[str | None] = mapped_column(Text)  # a researcher's
    excluded_because: Mapped[str | None] = mapped_column(String(20))

    version: Mapped[QuestionnaireVersion] = relationship()
    wave: Mapped[Wave | None] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
    respondent: Mapped[Respondent] = relationship()
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="response",
        cascade="all, delete-orphan",
        order_by="(Answer.id)",
    )
    marks: Mapped[list["ResponseMark"]] = relationship(
        cascade="all, delete-orphan", order_by="ResponseMark.name"
    )


def fingerprint_of(role: str | None, text: str | None) -> int | None:
    return None if text is None or role == SEALED else fingerprint(text)


def _fingerprint_of_row(context: DefaultExecutionContext) -> int | None:
    """Wherever a row comes from: nobody has to think of it."""
    row: dict[str, Any] = context.get_current_parameters()  # type: ignore[no-untyped-call] # SQLAlchemy's own
    return fingerprint_of(row.get("role"), row.get("text"))


class Answer(Base):
    """One thing said to one question.

    A skipped question has no row; a multiple choice has one for each option ticked
    (``position`` 0, 1, …), so that every count is a plain GROUP BY. ``text`` is what
    the respondent wrote, the detail beside a ticked option included; it is what the
    analysis reads, and ``analysis_version`` says which generation of it has.
    """

    __tablename__ = "answers"
    __table_args__ = (
        Unique("response_id", "question_id", "position"),
        CheckConstraint("code IS NOT NULL OR text IS NOT NULL", "says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(
        ForeignKey("responses.id", ondelete="CASCADE")
    )
    question_id: Mapped[str] = mapped_column(String(110))  # a row of a matrix: q__row
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text)
    role: Mapped[str | None] = mapped_column(String(30))  # what the question asks for
    on_path: Mapped[bool] = mapped_column(default=True)
    updated_at: Mapped[datetime]
    analysis_version: Mapped[str | None] = mapped_column(String(40))
    # By which the same text is found in another response, however many there are.
    text_fingerprint: Mapped[int | None] = mapped_column(
        BigInteger, default=_fingerprint_of_row
    )

    response: Mapped[Response] = relationship(back_populates="answers")


Index(
    "ix_answers_pending",
    Answer.analysis_version,
    sqlite_where=Answer.text.is_not(None),
    postgresql_where=Answer.text.is_not(None),
)

Index(
    "ix_answers_text_fingerprint",
    Answer.text_fingerprint,
    sqlite_where=Answer.text_fingerprint.is_not(None),
    postgresql_where=Answer.text_fingerprint.is_not(None),
)


class ResponseChange(Base):
    """Answers that are being changed after they were sent.

    They stand apart: until the response is sent again, what was sent is what counts.
    """

    __tablename__ = "response_changes"

    response_id: Mapped[int] = mapped_column(
        ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True
    )
    # By question id, where they differ from what was sent: codes, and text or None.
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    begun_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ResponseMark(Base):
    """A flag that a rule raised, or a tag that a researcher gave."""

    __tablename__ = "response_marks"
    __table_args__ = (CheckConstraint("kind IN ('flag', 'tag')", "kind"),)

    response_id: Mapped[int] = mapped_column(
        ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(4), primary_key=True)
    name: Mapped[str] = mapped_column(String(50), primary_key=True, index=True)
    marked_at: Mapped[datetime]
    marked_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class PageEvent(Base):
    """A page that was sent, with or without mistakes: where people stop, and why.

    No address and no browser. Sending an anonymous response cuts ``response_id``.
    """

    __tablename__ = "page_events"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('saved', 'error', 'asked_back', 'told', 'left')", "kind"
        ),
        Index("ix_page_events_pages", "version_id", "page_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"))
    response_id: Mapped[int | None] = mapped_column(
        ForeignKey("responses.id", ondelete="CASCADE"), index=True
    )
    page_id: Mapped[str] = mapped_column(String(50))
    kind: Mapped[str] = mapped_column(String(10))
    on_day: Mapped[date]
    seconds: Mapped[int | None]  # from being shown to being sent


class ErasedResponse(Base):
    """All that is left of an erased response: that there was one, and until when."""

    __tablename__ = "erased_responses"

    public_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    erased_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(20))  # asked, withdrawn, expired, staff
