"""generations of the analysis: old figures stay until a new analysis is whole"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None

FIGURES = (
    "touchpoint",
    "respondent_id",
    "wave_id",
    "language",
    "role",
    "source",
    "week",
    "score",
)
# SQLite makes the table anew, and its checks cannot be read off the old one.
ONE_SOURCE = sa.CheckConstraint(
    "(answer_id IS NULL) <> (turn_id IS NULL)", name="ck_analysed_texts_one_source"
)
# What the newest version has read is the first generation; the rest is still to do.
KEEP_WHAT_IS_THERE = """
INSERT INTO analysis_generations (id, version, place, texts, done, begun_at, finished_at)
SELECT 1, version, 'current', 0, 0, analysed_at, analysed_at
FROM analysed_texts ORDER BY id DESC LIMIT 1
"""
MARK = """
UPDATE {table} SET analysis_version = '1'
WHERE analysis_version = (SELECT version FROM analysis_generations)
"""


def upgrade() -> None:
    op.create_table(
        "analysis_generations",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=10), nullable=True),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_generations")),
        sa.UniqueConstraint("place", name=op.f("uq_analysis_generations_place")),
    )
    op.execute(KEEP_WHAT_IS_THERE)
    for table in ("answers", "turns"):
        op.execute(MARK.format(table=table))
    _number_texts()
    _number_mentions()


def _number_texts() -> None:
    with op.batch_alter_table("analysed_texts", table_args=(ONE_SOURCE,)) as batch:
        batch.add_column(_number())
        for source in ("answer_id", "turn_id"):
            batch.drop_constraint(f"uq_analysed_texts_{source}", type_="unique")
            batch.create_unique_constraint(
                f"uq_analysed_texts_{source}_generation", [source, "generation"]
            )
        batch.create_index("ix_analysed_texts_generation", ["generation"])


def _number_mentions() -> None:
    op.add_column("mentions", _number())
    op.drop_index("ix_mentions_figures", "mentions")
    op.create_index("ix_mentions_figures", "mentions", ["generation", *FIGURES])
    op.create_index("ix_mentions_generation", "mentions", ["generation"])


def _number() -> sa.Column[int]:
    return sa.Column("generation", sa.Integer(), nullable=False, server_default="1")


def downgrade() -> None:
    raise RuntimeError("go back to the backup that was made before upgrading")
