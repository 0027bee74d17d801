"""One derivation of personas, its personas, and who belongs to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.orm import Base


class PersonaDerivation(Base):
    """A run over all respondents; the newest one counts.

    ``input_hash`` tells whether answers or mentions changed since; ``report`` keeps
    the gates, the variables used and dropped, and why.
    """

    __tablename__ = "persona_derivations"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(20))  # derived, one_group, too_few
    base: Mapped[int]
    input_hash: Mapped[str] = mapped_column(String(64))
    seed: Mapped[int]
    report: Mapped[dict[str, Any]]
    derived_at: Mapped[datetime]

    personas: Mapped[list["Persona"]] = relationship(
        back_populates="derivation",
        cascade="all, delete-orphan",
        order_by="Persona.position",
    )


class Persona(Base):
    __tablename__ = "personas"
    __table_args__ = (UniqueConstraint("derivation_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    derivation_id: Mapped[int] = mapped_column(
        ForeignKey("persona_derivations.id", ondelete="CASCADE")
    )
    position: Mapped[int]
    name_nl: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(100))
    base: Mapped[int]
    description: Mapped[dict[str, Any]]  # share, stability, features

    derivation: Mapped[PersonaDerivation] = relationship(back_populates="personas")
    members: Mapped[list["PersonaMember"]] = relationship(
        back_populates="persona", cascade="all, delete-orphan"
    )


class PersonaMember(Base):
    __tablename__ = "persona_members"

    persona_id: Mapped[int] = mapped_column(
        ForeignKey("personas.id", ondelete="CASCADE"), primary_key=True
    )
    respondent_id: Mapped[int] = mapped_column(
        ForeignKey("respondents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    posterior: Mapped[float]

    persona: Mapped[Persona] = relationship(back_populates="members")
