"""coding: documents, codebook, codings, rounds, suggestions, changes"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_counter")),
    )
    op.create_table(
        "codebook_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["staff.id"],
            name=op.f("fk_codebook_versions_created_by_staff"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_versions")),
        sa.UniqueConstraint("number", name=op.f("uq_codebook_versions_number")),
    )
    op.create_table(
        "coders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_coders_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coders")),
        sa.UniqueConstraint("guid", name=op.f("uq_coders_guid")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_coders_staff_id")),
    )
    op.create_table(
        "codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=50), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=400), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("include_rule", sa.Text(), nullable=False),
        sa.Column("exclude_rule", sa.Text(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.Column("color", sa.String(length=7), nullable=False),
        sa.Column("codable", sa.Boolean(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('phase', 'touchpoint', 'emotion', 'need_goal', 'pain_point', 'deciding_factor', 'theme')",
            name=op.f("ck_codes_kind"),
        ),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_codes_parent")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["staff.id"], name=op.f("fk_codes_created_by_staff")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["codes.id"], name=op.f("fk_codes_merged_into_id_codes")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["codes.id"], name=op.f("fk_codes_parent_id_codes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes")),
        sa.UniqueConstraint("guid", name=op.f("uq_codes_guid")),
    )
    with op.batch_alter_table("codes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_codes_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(
            "uq_codes_key",
            ["kind", "key"],
            unique=True,
            sqlite_where=sa.text('"key" IS NOT NULL'),
            postgresql_where=sa.text('"key" IS NOT NULL'),
        )
        batch_op.create_index(
            "uq_codes_roots",
            ["kind", "folded"],
            unique=True,
            sqlite_where=sa.text("parent_id IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL"),
        )
        batch_op.create_index(
            "uq_codes_siblings",
            ["kind", "parent_id", "folded"],
            unique=True,
            sqlite_where=sa.text("parent_id IS NOT NULL"),
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        )

    op.create_table(
        "coding_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("codebook_version_id", sa.Integer(), nullable=False),
        sa.Column("settles_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("unit_scope", sa.String(length=15), nullable=False),
        sa.Column("suggestions", sa.Boolean(), nullable=False),
        sa.Column("led_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "mode <> 'blind' OR NOT suggestions", name=op.f("ck_coding_rounds_blind")
        ),
        sa.CheckConstraint(
            "mode IN ('open', 'blind', 'consensus', 'imported')",
            name=op.f("ck_coding_rounds_mode"),
        ),
        sa.CheckConstraint(
            "unit IN ('turn', 'sentence', 'answer')", name=op.f("ck_coding_rounds_unit")
        ),
        sa.CheckConstraint(
            "unit_scope IN ('participant', 'all')",
            name=op.f("ck_coding_rounds_unit_scope"),
        ),
        sa.ForeignKeyConstraint(
            ["codebook_version_id"],
            ["codebook_versions.id"],
            name=op.f("fk_coding_rounds_codebook_version_id_codebook_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["led_by"], ["staff.id"], name=op.f("fk_coding_rounds_led_by_staff")
        ),
        sa.ForeignKeyConstraint(
            ["settles_id"],
            ["coding_rounds.id"],
            name=op.f("fk_coding_rounds_settles_id_coding_rounds"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_rounds")),
        sa.UniqueConstraint("guid", name=op.f("uq_coding_rounds_guid")),
        sa.UniqueConstraint("name", name=op.f("uq_coding_rounds_name")),
    )
    with op.batch_alter_table("coding_rounds", schema=None) as batch_op:
        batch_op.create_index(
            "ix_coding_rounds_open", ["mode", "closed_at"], unique=False
        )

    op.create_table(
        "suggesters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("codebook_version_id", sa.Integer(), nullable=True),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("trained_on", sa.JSON(), nullable=False),
        sa.Column("metrics", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('lexicon', 'similar', 'classifier')",
            name=op.f("ck_suggesters_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["codebook_version_id"],
            ["codebook_versions.id"],
            name=op.f("fk_suggesters_codebook_version_id_codebook_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggesters")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_suggesters_name_version")),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("respondent_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=3), nullable=True),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'answer') = (answer_id IS NOT NULL)",
            name=op.f("ck_documents_answer"),
        ),
        sa.CheckConstraint(
            "(kind = 'answer') = (interview_id IS NULL)",
            name=op.f("ck_documents_interview"),
        ),
        sa.CheckConstraint(
            "direction IN ('ltr', 'rtl')", name=op.f("ck_documents_direction")
        ),
        sa.CheckConstraint(
            "kind IN ('interview', 'user_test', 'desk_research', 'answer')",
            name=op.f("ck_documents_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name=op.f("fk_documents_answer_id_answers"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["staff.id"], name=op.f("fk_documents_created_by_staff")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_documents_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondents.id"],
            name=op.f("fk_documents_respondent_id_respondents"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_documents_answer_id")),
        sa.UniqueConstraint("guid", name=op.f("uq_documents_guid")),
        sa.UniqueConstraint("interview_id", name=op.f("uq_documents_interview_id")),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_documents_respondent_id"), ["respondent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_documents_title"), ["title"], unique=False)

    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=5), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('todo', 'doing', 'done')", name=op.f("ck_assignments_state")
        ),
        sa.ForeignKeyConstraint(
            ["coder_id"], ["staff.id"], name=op.f("fk_assignments_coder_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_assignments_document_id_documents"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["coding_rounds.id"],
            name=op.f("fk_assignments_round_id_coding_rounds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint(
            "round_id",
            "document_id",
            "coder_id",
            name=op.f("uq_assignments_round_id_document_id_coder_id"),
        ),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignments_coder_id"), ["coder_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assignments_document_id"), ["document_id"], unique=False
        )

    op.create_table(
        "changes",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("action_group", sa.String(length=36), nullable=False),
        sa.Column("op", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=15), nullable=False),
        sa.Column("target_guid", sa.String(length=36), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("undo_of", sa.String(length=36), nullable=True),
        sa.Column("client_key", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["coder_id"], ["coders.id"], name=op.f("fk_changes_coder_id_coders")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_changes_document_id_documents"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["coding_rounds.id"],
            name=op.f("fk_changes_round_id_coding_rounds"),
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_changes")),
        sa.UniqueConstraint(
            "client_key",
            "op",
            "target_guid",
            name=op.f("uq_changes_client_key_op_target_guid"),
        ),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_changes_action_group"), ["action_group"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_changes_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_changes_client_key"), ["client_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_changes_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index("ix_changes_mine", ["coder_id", "seq"], unique=False)
        batch_op.create_index("ix_changes_target", ["target_guid", "seq"], unique=False)

    op.create_table(
        "document_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("source_name", sa.String(length=255), nullable=True),
        sa.Column("source_format", sa.String(length=10), nullable=True),
        sa.Column("source_sha256", sa.String(length=64), nullable=True),
        sa.Column("import_report", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["staff.id"],
            name=op.f("fk_document_versions_created_by_staff"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_document_versions_document_id_documents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_versions")),
        sa.UniqueConstraint(
            "document_id",
            "number",
            name=op.f("uq_document_versions_document_id_number"),
        ),
    )
    with op.batch_alter_table("document_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_document_versions_sha256"), ["sha256"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_document_versions_source_sha256"),
            ["source_sha256"],
            unique=False,
        )

    op.create_table(
        "memos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("target", sa.String(length=10), nullable=False),
        sa.Column("target_guid", sa.String(length=36), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(target = 'project') = (target_guid IS NULL)",
            name=op.f("ck_memos_target_guid"),
        ),
        sa.CheckConstraint(
            "target IN ('project', 'document', 'code', 'coding', 'suggestion')",
            name=op.f("ck_memos_target"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["coders.id"], name=op.f("fk_memos_author_id_coders")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_memos_document_id_documents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memos")),
        sa.UniqueConstraint("guid", name=op.f("uq_memos_guid")),
    )
    with op.batch_alter_table("memos", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_memos_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index(
            "ix_memos_target", ["target", "target_guid"], unique=False
        )

    op.create_table(
        "blocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("starts_ms", sa.Integer(), nullable=True),
        sa.Column("ends_ms", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('turn', 'paragraph', 'heading', 'question')",
            name=op.f("ck_blocks_kind"),
        ),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck_blocks_span")),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
            name=op.f("fk_blocks_speaker_id_speakers"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_versions.id"],
            name=op.f("fk_blocks_version_id_document_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocks")),
        sa.UniqueConstraint("version_id", "seq", name=op.f("uq_blocks_version_id_seq")),
    )
    with op.batch_alter_table("blocks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_blocks_speaker_id"), ["speaker_id"], unique=False
        )

    op.create_table(
        "codings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.String(length=32), nullable=False),
        sa.Column("suffix", sa.String(length=32), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("certainty", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "origin IN ('manual', 'suggestion', 'rule', 'import', 'consensus')",
            name=op.f("ck_codings_origin"),
        ),
        sa.CheckConstraint(
            "certainty BETWEEN 1 AND 3", name=op.f("ck_codings_certainty")
        ),
        sa.CheckConstraint(
            'start >= 0 AND "end" > start', name=op.f("ck_codings_span")
        ),
        sa.ForeignKeyConstraint(
            ["code_id"], ["codes.id"], name=op.f("fk_codings_code_id_codes")
        ),
        sa.ForeignKeyConstraint(
            ["coder_id"], ["coders.id"], name=op.f("fk_codings_coder_id_coders")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["coding_rounds.id"],
            name=op.f("fk_codings_round_id_coding_rounds"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_versions.id"],
            name=op.f("fk_codings_version_id_document_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codings")),
        sa.UniqueConstraint("guid", name=op.f("uq_codings_guid")),
    )
    with op.batch_alter_table("codings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_codings_code_id"), ["code_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_codings_coder_id"), ["coder_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_codings_round_id"), ["round_id"], unique=False
        )
        batch_op.create_index(
            "uq_codings_highlight",
            ["version_id", "start", "end", "coder_id", "round_id"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL AND code_id IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL AND code_id IS NULL"),
        )
        batch_op.create_index(
            "uq_codings_once",
            ["version_id", "start", "end", "coder_id", "round_id", "code_id"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL AND code_id IS NOT NULL"),
            postgresql_where=sa.text("deleted_at IS NULL AND code_id IS NOT NULL"),
        )

    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.String(length=32), nullable=False),
        sa.Column("suffix", sa.String(length=32), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("suggester_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("coding_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('pending', 'accepted', 'corrected', 'rejected', 'skipped', 'stale', 'superseded')",
            name=op.f("ck_suggestions_state"),
        ),
        sa.CheckConstraint(
            'start >= 0 AND "end" > start', name=op.f("ck_suggestions_span")
        ),
        sa.ForeignKeyConstraint(
            ["code_id"], ["codes.id"], name=op.f("fk_suggestions_code_id_codes")
        ),
        sa.ForeignKeyConstraint(
            ["coding_id"],
            ["codings.id"],
            name=op.f("fk_suggestions_coding_id_codings"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["coders.id"], name=op.f("fk_suggestions_decided_by_coders")
        ),
        sa.ForeignKeyConstraint(
            ["suggester_id"],
            ["suggesters.id"],
            name=op.f("fk_suggestions_suggester_id_suggesters"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_versions.id"],
            name=op.f("fk_suggestions_version_id_document_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
        sa.UniqueConstraint("guid", name=op.f("uq_suggestions_guid")),
        sa.UniqueConstraint(
            "version_id",
            "start",
            "end",
            "code_id",
            "suggester_id",
            name=op.f("uq_suggestions_version_id_start_end_code_id_suggester_id"),
        ),
    )
    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_suggestions_code_id"), ["code_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_suggestions_coding_id"), ["coding_id"], unique=False
        )
        batch_op.create_index(
            "ix_suggestions_state", ["version_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_suggestions_suggester_id"), ["suggester_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestions_suggester_id"))
        batch_op.drop_index("ix_suggestions_state")
        batch_op.drop_index(batch_op.f("ix_suggestions_coding_id"))
        batch_op.drop_index(batch_op.f("ix_suggestions_code_id"))

    op.drop_table("suggestions")
    with op.batch_alter_table("codings", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_codings_once",
            sqlite_where=sa.text("deleted_at IS NULL AND code_id IS NOT NULL"),
            postgresql_where=sa.text("deleted_at IS NULL AND code_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_codings_highlight",
            sqlite_where=sa.text("deleted_at IS NULL AND code_id IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL AND code_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_codings_round_id"))
        batch_op.drop_index(batch_op.f("ix_codings_coder_id"))
        batch_op.drop_index(batch_op.f("ix_codings_code_id"))

    op.drop_table("codings")
    with op.batch_alter_table("blocks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_blocks_speaker_id"))

    op.drop_table("blocks")
    with op.batch_alter_table("memos", schema=None) as batch_op:
        batch_op.drop_index("ix_memos_target")
        batch_op.drop_index(batch_op.f("ix_memos_document_id"))

    op.drop_table("memos")
    with op.batch_alter_table("document_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_versions_source_sha256"))
        batch_op.drop_index(batch_op.f("ix_document_versions_sha256"))

    op.drop_table("document_versions")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index("ix_changes_target")
        batch_op.drop_index("ix_changes_mine")
        batch_op.drop_index(batch_op.f("ix_changes_document_id"))
        batch_op.drop_index(batch_op.f("ix_changes_client_key"))
        batch_op.drop_index(batch_op.f("ix_changes_at"))
        batch_op.drop_index(batch_op.f("ix_changes_action_group"))

    op.drop_table("changes")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignments_document_id"))
        batch_op.drop_index(batch_op.f("ix_assignments_coder_id"))

    op.drop_table("assignments")
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_documents_title"))
        batch_op.drop_index(batch_op.f("ix_documents_respondent_id"))

    op.drop_table("documents")
    op.drop_table("suggesters")
    with op.batch_alter_table("coding_rounds", schema=None) as batch_op:
        batch_op.drop_index("ix_coding_rounds_open")

    op.drop_table("coding_rounds")
    with op.batch_alter_table("codes", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_codes_siblings",
            sqlite_where=sa.text("parent_id IS NOT NULL"),
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_codes_roots",
            sqlite_where=sa.text("parent_id IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL"),
        )
        batch_op.drop_index(
            "uq_codes_key",
            sqlite_where=sa.text('"key" IS NOT NULL'),
            postgresql_where=sa.text('"key" IS NOT NULL'),
        )
        batch_op.drop_index(batch_op.f("ix_codes_parent_id"))

    op.drop_table("codes")
    op.drop_table("coders")
    op.drop_table("codebook_versions")
    op.drop_table("change_counter")
