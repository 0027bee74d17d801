"""Lists of contacts, the opt-out link's hash, and the claim on a mail."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0002"
branch_labels = None
depends_on = None

WAITING = sa.text("sent_at IS NULL AND failed_at IS NULL AND claimed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "contact_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_lists")),
        sa.UniqueConstraint("name", name=op.f("uq_contact_lists_name")),
    )
    op.create_table(
        "contact_list_members",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_contact_list_members_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["contact_lists.id"],
            name=op.f("fk_contact_list_members_list_id_contact_lists"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "list_id", "contact_id", name=op.f("pk_contact_list_members")
        ),
    )
    op.create_index(
        op.f("ix_contact_list_members_contact_id"),
        "contact_list_members",
        ["contact_id"],
    )
    op.add_column("contacts", sa.Column("last_imported_at", sa.DateTime(timezone=True)))
    op.add_column("contacts", sa.Column("opt_out_hash", sa.String(length=64)))
    op.create_index(
        op.f("ix_contacts_opt_out_hash"), "contacts", ["opt_out_hash"], unique=True
    )
    op.add_column("mails", sa.Column("claimed_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_mails_waiting",
        "mails",
        ["due_at"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    op.drop_index("ix_mails_waiting", table_name="mails")
    op.drop_column("mails", "claimed_at")
    op.drop_index(op.f("ix_contacts_opt_out_hash"), table_name="contacts")
    op.drop_column("contacts", "opt_out_hash")
    op.drop_column("contacts", "last_imported_at")
    op.drop_table("contact_list_members")
    op.drop_table("contact_lists")
