"""The staff side: clinics, staff, invitations, submissions, and the audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Written out, not imported: a migration must not change when the tables do.
UTC_TIME = sa.DateTime(timezone=True)


# Each order of the inbox, with and without a status, and behind it whatever a filter looks at.
_INBOX = {
    "changed": "changed_at",
    "status_time": "status submitted_at id urgency assigned_to invitation_id",
    "status_urgency": "status urgency submitted_at id assigned_to invitation_id",
    "time": "submitted_at id status urgency assigned_to invitation_id",
    "urgency": "urgency submitted_at id status assigned_to invitation_id",
}
_APPEND_ONLY = "audit entries are only ever added"


def _keep_audit_entries() -> None:
    """Let the database itself refuse to change or delete what the trail says."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_no_{change.lower()} BEFORE {change} ON audit_entry "
                f"BEGIN SELECT RAISE(ABORT, '{_APPEND_ONLY}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_APPEND_ONLY}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
    )


def upgrade() -> None:
    with op.batch_alter_table("retention_run") as table:
        for name in ("submissions_deleted", "invitations_deleted"):
            table.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "audit_entry",
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "sequence", name="pk_audit_entry"),
    )
    op.create_index(
        "ix_audit_entry_action", "audit_entry", ["clinic_id", "action", "sequence"], unique=False
    )
    op.create_index(
        "ix_audit_entry_actor", "audit_entry", ["clinic_id", "actor", "sequence"], unique=False
    )
    op.create_table(
        "audit_head",
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", name="pk_audit_head"),
    )
    op.create_table(
        "clinic",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("accent", sa.String(length=20), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("optional_parts", sa.Text(), nullable=False),
        sa.Column("allowed_sites", sa.Text(), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("sealed_webhook", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clinic"),
        sa.UniqueConstraint("slug", name="uq_clinic_slug"),
    )
    op.create_index("ix_clinic_key_id", "clinic", ["key_id"], unique=False)
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("sealed_totp", sa.LargeBinary(), nullable=False),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("last_log_in_at", UTC_TIME, nullable=True),
        sa.Column("ended_at", UTC_TIME, nullable=True),
        sa.CheckConstraint(
            "role IN ('administrator', 'clinician', 'front-desk')", name="ck_staff_role_known"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_staff_clinic_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("email", name="uq_staff_email"),
    )
    op.create_index("ix_staff_clinic_id", "staff", ["clinic_id"], unique=False)
    op.create_index("ix_staff_key_id", "staff", ["key_id"], unique=False)
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("next_try_at", UTC_TIME, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("delivered_at", UTC_TIME, nullable=True),
        sa.Column("last_problem", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_webhook_delivery_clinic_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_delivery"),
    )
    op.create_index(
        "ix_webhook_delivery_clinic_id", "webhook_delivery", ["clinic_id"], unique=False
    )
    op.create_index(
        "ix_webhook_delivery_due", "webhook_delivery", ["delivered_at", "next_try_at"], unique=False
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("secret_sha256", sa.String(length=64), nullable=False),
        sa.Column("questionnaire", sa.String(length=100), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=True),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("sent_at", UTC_TIME, nullable=True),
        sa.Column("opened_at", UTC_TIME, nullable=True),
        sa.Column("expires_at", UTC_TIME, nullable=False),
        sa.Column("revoked_at", UTC_TIME, nullable=True),
        sa.Column("response_id", sa.String(length=36), nullable=True),
        sa.Column("answered_at", UTC_TIME, nullable=True),
        sa.Column("erased_at", UTC_TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_invitation_clinic_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["staff.id"], name="fk_invitation_created_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name="fk_invitation_response_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("secret_sha256", name="uq_invitation_secret_sha256"),
    )
    op.create_index("ix_invitation_clinic_id", "invitation", ["clinic_id"], unique=False)
    op.create_index(
        "ix_invitation_clinic_id_created_at",
        "invitation",
        ["clinic_id", "created_at"],
        unique=False,
    )
    op.create_index("ix_invitation_expires_at", "invitation", ["expires_at"], unique=False)
    op.create_index("ix_invitation_key_id", "invitation", ["key_id"], unique=False)
    op.create_index("ix_invitation_response_id", "invitation", ["response_id"], unique=False)
    op.create_table(
        "log_in_ticket",
        sa.Column("ticket_sha256", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("expires_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_log_in_ticket_staff_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_sha256", name="pk_log_in_ticket"),
    )
    op.create_index("ix_log_in_ticket_expires_at", "log_in_ticket", ["expires_at"], unique=False)
    op.create_index("ix_log_in_ticket_staff_id", "log_in_ticket", ["staff_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("used_at", UTC_TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_recovery_code_staff_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code_sha256", name="pk_recovery_code"),
    )
    op.create_index("ix_recovery_code_staff_id", "recovery_code", ["staff_id"], unique=False)
    op.create_table(
        "set_up_link",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=True),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("expires_at", UTC_TIME, nullable=False),
        sa.Column("used_at", UTC_TIME, nullable=True),
        sa.CheckConstraint(
            "purpose IN ('found', 'join', 'reset')", name="ck_set_up_link_purpose_known"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_set_up_link_clinic_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_set_up_link_staff_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_set_up_link"),
    )
    op.create_index("ix_set_up_link_clinic_id", "set_up_link", ["clinic_id"], unique=False)
    op.create_index("ix_set_up_link_expires_at", "set_up_link", ["expires_at"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("last_seen_at", UTC_TIME, nullable=False),
        sa.Column("ended_at", UTC_TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_staff_session_staff_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_staff_session"),
    )
    op.create_index("ix_staff_session_created_at", "staff_session", ["created_at"], unique=False)
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"], unique=False)
    op.create_table(
        "label_mark",
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("invitation_id", sa.String(length=36), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_label_mark_clinic_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name="fk_label_mark_invitation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "mark", "invitation_id", name="pk_label_mark"),
    )
    op.create_index("ix_label_mark_invitation_id", "label_mark", ["invitation_id"], unique=False)
    op.create_index("ix_label_mark_key_id", "label_mark", ["key_id"], unique=False)
    op.create_table(
        "submission",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("response_id", sa.String(length=36), nullable=False),
        sa.Column("invitation_id", sa.String(length=36), nullable=True),
        sa.Column("questionnaire", sa.String(length=100), nullable=False),
        sa.Column("questionnaire_version", sa.String(length=50), nullable=False),
        sa.Column("consent_version", sa.String(length=50), nullable=False),
        sa.Column("consent_text_sha256", sa.String(length=64), nullable=False),
        sa.Column("agreed_by", sa.String(length=10), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", UTC_TIME, nullable=False),
        sa.Column("first_submitted_at", UTC_TIME, nullable=False),
        sa.Column("submitted_at", UTC_TIME, nullable=False),
        sa.Column("changed_at", UTC_TIME, nullable=False),
        sa.Column("assigned_to", sa.String(length=36), nullable=True),
        sa.Column("reviewed_by", sa.String(length=36), nullable=True),
        sa.Column("reviewed_at", UTC_TIME, nullable=True),
        sa.Column("expires_at", UTC_TIME, nullable=False),
        sa.CheckConstraint(
            "status IN ('new', 'in-progress', 'reviewed')", name="ck_submission_status_known"
        ),
        sa.ForeignKeyConstraint(
            ["assigned_to"], ["staff.id"], name="fk_submission_assigned_to", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_submission_clinic_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name="fk_submission_invitation_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name="fk_submission_response_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["staff.id"], name="fk_submission_reviewed_by", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
    )
    op.create_index("ix_submission_assigned_to", "submission", ["assigned_to"], unique=False)
    op.create_index("ix_submission_clinic_id", "submission", ["clinic_id"], unique=False)
    op.create_index("ix_submission_expires_at", "submission", ["expires_at"], unique=False)
    for name, columns in _INBOX.items():
        op.create_index(f"ix_submission_{name}", "submission", ["clinic_id", *columns.split()])
    op.create_index("ix_submission_invitation_id", "submission", ["invitation_id"], unique=False)
    op.create_index("ix_submission_key_id", "submission", ["key_id"], unique=False)
    op.create_index("ix_submission_response_id", "submission", ["response_id"], unique=False)
    op.create_index(
        "uq_submission_clinic_id_response_id",
        "submission",
        ["clinic_id", "response_id"],
        unique=True,
    )
    op.create_table(
        "note",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("written_by", sa.String(length=36), nullable=True),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_note_clinic_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_note_submission_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["staff.id"], name="fk_note_written_by", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_clinic_id", "note", ["clinic_id"], unique=False)
    op.create_index("ix_note_key_id", "note", ["key_id"], unique=False)
    op.create_index("ix_note_submission_id", "note", ["submission_id"], unique=False)
    _keep_audit_entries()


def downgrade() -> None:
    op.drop_index("ix_note_submission_id", table_name="note")
    op.drop_index("ix_note_key_id", table_name="note")
    op.drop_index("ix_note_clinic_id", table_name="note")
    op.drop_table("note")
    op.drop_table("submission")
    op.drop_index("ix_label_mark_key_id", table_name="label_mark")
    op.drop_index("ix_label_mark_invitation_id", table_name="label_mark")
    op.drop_table("label_mark")
    op.drop_index("ix_staff_session_staff_id", table_name="staff_session")
    op.drop_index("ix_staff_session_created_at", table_name="staff_session")
    op.drop_table("staff_session")
    op.drop_index("ix_set_up_link_expires_at", table_name="set_up_link")
    op.drop_index("ix_set_up_link_clinic_id", table_name="set_up_link")
    op.drop_table("set_up_link")
    op.drop_index("ix_recovery_code_staff_id", table_name="recovery_code")
    op.drop_table("recovery_code")
    op.drop_index("ix_log_in_ticket_staff_id", table_name="log_in_ticket")
    op.drop_index("ix_log_in_ticket_expires_at", table_name="log_in_ticket")
    op.drop_table("log_in_ticket")
    op.drop_index("ix_invitation_response_id", table_name="invitation")
    op.drop_index("ix_invitation_key_id", table_name="invitation")
    op.drop_index("ix_invitation_expires_at", table_name="invitation")
    op.drop_index("ix_invitation_clinic_id_created_at", table_name="invitation")
    op.drop_index("ix_invitation_clinic_id", table_name="invitation")
    op.drop_table("invitation")
    op.drop_index("ix_webhook_delivery_due", table_name="webhook_delivery")
    op.drop_index("ix_webhook_delivery_clinic_id", table_name="webhook_delivery")
    op.drop_table("webhook_delivery")
    op.drop_index("ix_staff_key_id", table_name="staff")
    op.drop_index("ix_staff_clinic_id", table_name="staff")
    op.drop_table("staff")
    op.drop_index("ix_clinic_key_id", table_name="clinic")
    op.drop_table("clinic")
    op.drop_table("audit_head")
    op.drop_index("ix_audit_entry_actor", table_name="audit_entry")
    op.drop_index("ix_audit_entry_action", table_name="audit_entry")
    op.drop_table("audit_entry")
    with op.batch_alter_table("retention_run") as table:
        for name in ("invitations_deleted", "submissions_deleted"):
            table.drop_column(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_audit_change")
