"""Responses and their answer events."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Written out, not imported: a migration must not change when the tables do.
UTC_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "response",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("questionnaire", sa.String(100), nullable=False),
        sa.Column("questionnaire_version", sa.String(50), nullable=False),
        sa.Column("secret_sha256", sa.String(64), nullable=False),
        sa.Column("consent_version", sa.String(50), nullable=False),
        sa.Column("consent_text_sha256", sa.String(64), nullable=False),
        sa.Column("consent_given_at", UTC_TIME, nullable=False),
        sa.Column("consent_received_at", UTC_TIME, nullable=False),
        sa.Column("last_synced_at", UTC_TIME, nullable=False),
        sa.Column("expires_at", UTC_TIME, nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_response"),
    )
    op.create_index("ix_response_expires_at", "response", ["expires_at"])
    op.create_table(
        "answer_event",
        sa.Column("response_id", sa.String(36), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("questionnaire_version", sa.String(50), nullable=False),
        sa.Column("link_id", sa.String(100), nullable=False),
        sa.Column("path", sa.JSON(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=False),
        sa.Column("author_role", sa.String(10), nullable=False),
        sa.Column("answered_at", UTC_TIME, nullable=False),
        sa.Column("received_at", UTC_TIME, nullable=False),
        sa.CheckConstraint(
            "author_role IN ('patient', 'helper')", name="ck_answer_event_author_role_known"
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name="fk_answer_event_response_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", "sequence", name="pk_answer_event"),
        sa.UniqueConstraint("response_id", "id", name="uq_answer_event_response_id_id"),
    )


def downgrade() -> None:
    op.drop_table("answer_event")
    op.drop_index("ix_response_expires_at", table_name="response")
    op.drop_table("response")
