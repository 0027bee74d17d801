"""answers changed after they were sent; the same text found in any response"""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LONG = 25
SEALED = "sealed"
BATCH = 1_000
ANSWERS = sa.table(
    "answers",
    sa.column("id", sa.Integer),
    sa.column("text", sa.Text),
    sa.column("role", sa.String),
    sa.column("text_fingerprint", sa.BigInteger),
)


def upgrade() -> None:
    op.add_column("answers", sa.Column("text_fingerprint", sa.BigInteger()))
    _take_fingerprints(op.get_bind())
    is_there = sa.text("text_fingerprint IS NOT NULL")
    op.create_index(
        "ix_answers_text_fingerprint",
        "answers",
        ["text_fingerprint"],
        sqlite_where=is_there,
        postgresql_where=is_there,
    )
    op.add_column("responses", sa.Column("changed_at", sa.DateTime(timezone=True)))
    op.create_index("ix_responses_changed_at", "responses", ["changed_at"])
    op.create_table(
        "response_changes",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["responses.id"],
            name=op.f("fk_response_changes_response_id_responses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_response_changes")),
    )


def _take_fingerprints(connection: sa.Connection) -> None:
    """Of the texts that are there, a thousand at a time."""
    last = 0
    while True:
        rows = connection.execute(
            sa.select(ANSWERS.c.id, ANSWERS.c.text)
            .where(ANSWERS.c.id > last, ANSWERS.c.text.is_not(None))
            .where(sa.func.coalesce(ANSWERS.c.role, "") != SEALED)
            .order_by(ANSWERS.c.id)
            .limit(BATCH)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        marks = [
            {"row": row.id, "mark": mark}
            for row in rows
            if (mark := _fingerprint(row.text)) is not None
        ]
        if marks:
            connection.execute(
                sa.update(ANSWERS)
                .where(ANSWERS.c.id == sa.bindparam("row"))
                .values(text_fingerprint=sa.bindparam("mark")),
                marks,
            )


def _fingerprint(text: str) -> int | None:
    words = " ".join(text.casefold().split())
    if len(words) < LONG:
        return None
    digest = hashlib.blake2b(words.encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def downgrade() -> None:
    raise RuntimeError("go back to the backup that was made before upgrading")
