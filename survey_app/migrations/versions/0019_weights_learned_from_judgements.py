"""weights learned from judgements"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learned_weights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("encoder", sa.String(length=64), nullable=False),
        sa.Column("weights", sa.Text(), nullable=True),
        sa.Column("learned_from", sa.Integer(), nullable=False),
        sa.Column("measured_on", sa.Integer(), nullable=False),
        sa.Column("right_before", sa.Double(), nullable=False),
        sa.Column("right_after", sa.Double(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_weights")),
    )


def downgrade() -> None:
    op.drop_table("learned_weights")
