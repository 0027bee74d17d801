"""What the analysis found in each text, and what people corrected.

Everything but what people said is derived and can be made again. Mentions repeat who,
when and where of their text, so that a figure is one read of one index. Texts and
mentions belong to a generation: figures speak of the current one alone.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BindParameter,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    bindparam,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.insights.lots import lot_of_row
from survey_app.orm import Base

BY_PEOPLE = ("human", "respondent")  # methods of a mention: a person said it
FIRST = "1"  # the generation of a workspace that never analysed anew


class Generation(Base):
    """One analysis of all texts by one version; numbers are never given out again.

    ``place`` says what it is for: ``current`` for figures, ``filling`` until it can
    take that place, ``previous`` to compare with. Without one its texts are removed.
    """

    __tablename__ = "analysis_generations"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(String(40))
    place: Mapped[str | None] = mapped_column(String(10), unique=True)
    texts: Mapped[int] = mapped_column(default=0)  # to be analysed, as far as known
    done: Mapped[int] = mapped_column(default=0)  # of those, and more ever since
    begun_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    emptied_at: Mapped[datetime | None]


class AnalysedText(Base):
    """One answer's or turn's text, as analysed by one version."""

    __tablename__ = "analysed_texts"
    __table_args__ = (
        CheckConstraint("(answer_id IS NULL) <> (turn_id IS NULL)", "one_source"),
        UniqueConstraint("answer_id", "generation"),
        UniqueConstraint("turn_id", "generation"),
        Index("ix_analysed_texts_lot", "generation", "lot", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int | None] = mapped_column(
        ForeignKey("answers.id", ondelete="CASCADE")
    )
    turn_id: Mapped[int | None] = mapped_column(
        ForeignKey("turns.id", ondelete="CASCADE")
    )
    generation: Mapped[int] = mapped_column(server_default=FIRST, index=True)
    respondent_id: Mapped[int] = mapped_column(ForeignKey("respondents.id"), index=True)
    wave_id: Mapped[int | None] = mapped_column(ForeignKey("waves.id"), index=True)
    source: Mapped[str] = mapped_column(String(10))  # survey, interview
    role: Mapped[str | None] = mapped_column(String(30))
    language: Mapped[str] = mapped_column(String(3))  # as detected
    week: Mapped[int]  # Monday's proleptic ordinal: sorts, and counts in sevens
    overall: Mapped[str | None] = mapped_column(String(8))
    version: Mapped[str] = mapped_column(String(40))
    analysed_at: Mapped[datetime] = mapped_column(index=True)
    lot: Mapped[int] = mapped_column(default=lot_of_row)
    # The mentions as the machine found them, kept of texts that a person judged.
    machine_said: Mapped[list[dict[str, Any]] | None] = mapped_column(
        JSON(none_as_null=True)
    )

    mentions: Mapped[list["Mention"]] = relationship(
        back_populates="analysed_text",
        cascade="all, delete-orphan",
        order_by="Mention.start",
    )


class Mention(Base):
    """One touchpoint spoken of in ``text[start:end]``; offsets are code points."""

    __tablename__ = "mentions"
    __table_args__ = (CheckConstraint('start >= 0 AND "end" > start', "span"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    analysed_text_id: Mapped[int] = mapped_column(
        ForeignKey("analysed_texts.id", ondelete="CASCADE"), index=True
    )
    generation: Mapped[int] = mapped_column(server_default=FIRST, index=True)
    start: Mapped[int]
    end: Mapped[int]
    touchpoint: Mapped[str] = mapped_column(String(50))
    polarity: Mapped[str] = mapped_column(String(8))
    score: Mapped[float]
    confidence: Mapped[float]
    emotion: Mapped[str] = mapped_column(String(20))
    stance: Mapped[str] = mapped_column(String(10))
    cues: Mapped[list[str]]
    method: Mapped[str] = mapped_column(String(10))
    respondent_id: Mapped[int] = mapped_column(ForeignKey("respondents.id"), index=True)
    wave_id: Mapped[int | None] = mapped_column(ForeignKey("waves.id"))
    source: Mapped[str] = mapped_column(String(10))
    role: Mapped[str | None] = mapped_column(String(30))
    language: Mapped[str] = mapped_column(String(3))
    week: Mapped[int]

    analysed_text: Mapped[AnalysedText] = relationship(back_populates="mentions")


# One covering index answers every filter of the Touchpoints page in key order.
Index(
    "ix_mentions_figures",
    Mention.generation,
    Mention.touchpoint,
    Mention.respondent_id,
    Mention.wave_id,
    Mention.language,
    Mention.role,
    Mention.source,
    Mention.week,
    Mention.score,
    Mention.confidence,
)


def is_unjudged(mention: type[Mention] = Mention) -> ColumnElement[bool]:
    """Whether no person has spoken on it.

    Written out in the statement: SQLite has to see that an index holds what is asked.
    """
    people: BindParameter[list[str]] = bindparam(
        "people", BY_PEOPLE, expanding=True, literal_execute=True
    )
    return mention.method.not_in(people)


# What is judged next: the least sure of each touchpoint and language comes first.
Index(
    "ix_mentions_unjudged",
    Mention.generation,
    Mention.touchpoint,
    Mention.language,
    Mention.confidence,
    Mention.analysed_text_id,
    Mention.start,
    sqlite_where=is_unjudged(),
    postgresql_where=is_unjudged(),
)


class MentionVector(Base):
    """What a mention's words mean, so that alike ones can be found without reading.

    Made by the worker where there is an encoder: ``made_by`` is its fingerprint.
    """

    __tablename__ = "mention_vectors"

    mention_id: Mapped[int] = mapped_column(
        ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True
    )
    made_by: Mapped[str] = mapped_column(String(64))
    vector: Mapped[bytes]  # signed bytes, one for each dimension


class FoundFactor(Base):
    """What decided for or against buying, according to one text."""

    __tablename__ = "found_factors"

    id: Mapped[int] = mapped_column(primary_key=True)
    analysed_text_id: Mapped[int] = mapped_column(
        ForeignKey("analysed_texts.id", ondelete="CASCADE"), index=True
    )
    respondent_id: Mapped[int] = mapped_column(ForeignKey("respondents.id"), index=True)
    factor: Mapped[str] = mapped_column(String(30))
    direction: Mapped[str] = mapped_column(String(10))


class Correction(Base):
    """A researcher's word on one mention; it wins, also over every later analysis.

    ``touchpoint`` None means: there is no mention here. ``machine_touchpoint`` None
    means: the machine had seen nothing here.
    """

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint("(answer_id IS NULL) <> (turn_id IS NULL)", "one_source"),
        CheckConstraint(
            "(touchpoint IS NULL) = (polarity IS NULL)", "polarity_of_touchpoint"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int | None] = mapped_column(
        ForeignKey("answers.id", ondelete="CASCADE"), index=True
    )
    turn_id: Mapped[int | None] = mapped_column(
        ForeignKey("turns.id", ondelete="CASCADE"), index=True
    )
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    machine_touchpoint: Mapped[str | None] = mapped_column(String(50))
    machine_polarity: Mapped[str | None] = mapped_column(String(8))
    machine_version: Mapped[str | None] = mapped_column(String(40))
    touchpoint: Mapped[str | None] = mapped_column(String(50))
    polarity: Mapped[str | None] = mapped_column(String(8))
    corrected_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    corrected_at: Mapped[datetime]
    drawn: Mapped[str | None] = mapped_column(String(10))  # None: met in passing


class TextJudgement(Base):
    """A person's word on a whole text.

    ``complete``: nothing is missing from what it holds; ``passed``: this person would
    rather not say, and is not asked again.
    """

    __tablename__ = "text_judgements"
    __table_args__ = (
        CheckConstraint("(answer_id IS NULL) <> (turn_id IS NULL)", "one_source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int | None] = mapped_column(
        ForeignKey("answers.id", ondelete="CASCADE"), index=True
    )
    turn_id: Mapped[int | None] = mapped_column(
        ForeignKey("turns.id", ondelete="CASCADE"), index=True
    )
    verdict: Mapped[str] = mapped_column(String(10))  # complete, passed
    drawn: Mapped[str] = mapped_column(String(10))  # random, uncertain
    judged_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    judged_at: Mapped[datetime]


class ReviewLimit(Base):
    """How sure a mention must be to count unjudged; the newest row holds."""

    __tablename__ = "review_limits"

    id: Mapped[int] = mapped_column(primary_key=True)
    least_confidence: Mapped[float | None]  # None: all count
    changed_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime]


class LearnedWeights(Base):
    """What was learned from judgements; the newest row that is used holds.

    None of the texts learned from stand in it, only how far the word lists and the
    encoder are trusted since.
    """

    __tablename__ = "learned_weights"

    id: Mapped[int] = mapped_column(primary_key=True)
    encoder: Mapped[str] = mapped_column(String(64))
    weights: Mapped[str | None] = mapped_column(Text)  # None: back to the shipped ones
    learned_from: Mapped[int]  # texts
    measured_on: Mapped[int]
    right_before: Mapped[float]  # F1 of touchpoint and polarity
    right_after: Mapped[float]
    is_used: Mapped[bool]  # False: they were worse, and are kept as a record
    learned_at: Mapped[datetime]
