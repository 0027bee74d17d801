"""An export that a worker makes and staff download."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.orm import Base


class ExportJob(Base):
    """``options`` say what goes in; the file lies in the instance's folder."""

    __tablename__ = "export_jobs"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'expired')",
            "state",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(26), unique=True)
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaires.id"), index=True
    )
    format: Mapped[str] = mapped_column(String(20))
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(10), default="queued", index=True)
    done: Mapped[int] = mapped_column(default=0)  # responses written so far
    total: Mapped[int | None]
    file_name: Mapped[str | None] = mapped_column(String(200))
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    trouble: Mapped[str | None] = mapped_column(String(300))
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(index=True)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    # An erasure since then: whoever has the file should make it again.
    stale_at: Mapped[datetime | None]
