"""judgements drawn from a queue; how sure a mention must be to count unjudged"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FIGURES = (
    "generation",
    "touchpoint",
    "respondent_id",
    "wave_id",
    "language",
    "role",
    "source",
    "week",
    "score",
)


def upgrade() -> None:
    op.add_column("analysed_texts", sa.Column("machine_said", sa.JSON()))
    op.add_column("corrections", sa.Column("drawn", sa.String(length=10)))
    _create_text_judgements()
    op.create_table(
        "review_limits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("least_confidence", sa.Double(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["staff.id"], name=op.f("fk_review_limits_changed_by_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_limits")),
    )
    op.drop_index("ix_mentions_figures", table_name="mentions")
    op.create_index("ix_mentions_figures", "mentions", [*FIGURES, "confidence"])
    _read_corrected_texts_again()


def _create_text_judgements() -> None:
    op.create_table(
        "text_judgements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("drawn", sa.String(length=10), nullable=False),
        sa.Column("judged_by", sa.Integer(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(answer_id IS NULL) <> (turn_id IS NULL)",
            name=op.f("ck_text_judgements_one_source"),
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name=op.f("fk_text_judgements_answer_id_answers"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["turn_id"],
            ["turns.id"],
            name=op.f("fk_text_judgements_turn_id_turns"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["judged_by"], ["staff.id"], name=op.f("fk_text_judgements_judged_by_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_judgements")),
    )
    for column in ("answer_id", "turn_id"):
        name = op.f(f"ix_text_judgements_{column}")
        op.create_index(name, "text_judgements", [column])


def _read_corrected_texts_again() -> None:
    """So that what the machine said of them is kept beside what people said."""
    for table, column in (("answers", "answer_id"), ("turns", "turn_id")):
        op.execute(
            f"UPDATE {table} SET analysis_version = NULL WHERE id IN"  # noqa: S608 - names of ours
            f" (SELECT {column} FROM corrections WHERE {column} IS NOT NULL)"
        )


def downgrade() -> None:
    raise RuntimeError("go back to the backup that was made before upgrading")
