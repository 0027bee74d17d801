"""why a response is left out, where people left, how long filling in takes"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KINDS = "kind IN ('saved', 'error', 'asked_back', 'told', 'left')"


def upgrade() -> None:
    op.add_column(
        "responses", sa.Column("excluded_because", sa.String(20), nullable=True)
    )
    op.add_column(
        "questionnaires", sa.Column("median_seconds", sa.Integer(), nullable=True)
    )
    op.create_index("ix_audit_log_subject", "audit_log", ["subject"])
    with op.batch_alter_table("page_events") as batch:
        batch.drop_constraint(op.f("ck_page_events_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_page_events_kind"), KINDS)


def downgrade() -> None:
    raise RuntimeError("go back to the backup that was made before upgrading")
