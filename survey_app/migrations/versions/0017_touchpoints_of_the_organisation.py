"""touchpoints renamed, hidden and added by the organisation"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "touchpoint_settings",
        sa.Column("code", sa.String(length=50), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("name_nl", sa.String(length=60), nullable=True),
        sa.Column("name_en", sa.String(length=60), nullable=True),
        sa.Column("description_nl", sa.String(length=300), nullable=True),
        sa.Column("description_en", sa.String(length=300), nullable=True),
        sa.Column("phase", sa.String(length=30), nullable=True),
        sa.Column("cues_nl", sa.JSON(), nullable=False),
        sa.Column("cues_en", sa.JSON(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_touchpoint_settings")),
    )


def downgrade() -> None:
    op.drop_table("touchpoint_settings")
