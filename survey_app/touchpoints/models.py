"""What an organisation made of its touchpoints: other names, hidden ones, its own."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.orm import Base


class TouchpointSetting(Base):
    """One of ours that was changed, or one of their own. A row is never deleted.

    Of ours a name or phase that is None is the shipped one. One of theirs that was
    removed keeps its name for what was said before, and its code for itself.
    """

    __tablename__ = "touchpoint_settings"

    code: Mapped[str] = mapped_column(String(50), primary_key=True)
    is_own: Mapped[bool] = mapped_column(default=False)
    name_nl: Mapped[str | None] = mapped_column(String(60))
    name_en: Mapped[str | None] = mapped_column(String(60))
    description_nl: Mapped[str | None] = mapped_column(String(300))
    description_en: Mapped[str | None] = mapped_column(String(300))
    phase: Mapped[str | None] = mapped_column(String(30))
    cues_nl: Mapped[list[str]] = mapped_column(default=list)
    cues_en: Mapped[list[str]] = mapped_column(default=list)
    examples: Mapped[list[str]] = mapped_column(default=list)
    is_hidden: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
