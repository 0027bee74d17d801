"""what is judged next is read off an index"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0020"
branch_labels = None
depends_on = None

BY_NOBODY = sa.text("method NOT IN ('human', 'respondent')")
# The numbers by which texts were put in order when they were drawn, until now.
LOTS = 2**31 - 1
SOURCE = "CAST(CASE WHEN turn_id IS NOT NULL THEN turn_id * 2 + 1 ELSE answer_id * 2 END AS BIGINT)"
MIXED = f"(({SOURCE} * 1103515245 + 12345) % {LOTS})"
GIVE_LOTS = f"""
UPDATE analysed_texts SET lot =
  (({MIXED} * {MIXED} + {SOURCE}) % {LOTS} * 1103515245 + 40692) % {LOTS}
"""  # noqa: S608 - numbers of ours


def upgrade() -> None:
    op.add_column(
        "analysed_texts",
        sa.Column("lot", sa.Integer(), nullable=False, server_default="0"),
    )
    op.execute(GIVE_LOTS)
    op.create_index(
        "ix_analysed_texts_lot", "analysed_texts", ["generation", "lot", "id"]
    )
    op.create_index(
        "ix_mentions_unjudged",
        "mentions",
        [
            "generation",
            "touchpoint",
            "language",
            "confidence",
            "analysed_text_id",
            "start",
        ],
        sqlite_where=BY_NOBODY,
        postgresql_where=BY_NOBODY,
    )


def downgrade() -> None:
    op.drop_index("ix_mentions_unjudged", "mentions")
    op.drop_index("ix_analysed_texts_lot", "analysed_texts")
    op.drop_column("analysed_texts", "lot")
