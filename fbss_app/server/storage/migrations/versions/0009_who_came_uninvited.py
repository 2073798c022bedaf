"""Who came without an invitation, said of each submission, so that the inbox can filter by it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Written out, not imported: a migration must not change when the tables do.
_INDEXES = {
    "ix_submission_status_urgency": (
        "clinic_id status urgency submitted_at id assigned_to invitation_id"
    ),
    "ix_submission_status_time": (
        "clinic_id status submitted_at id urgency assigned_to invitation_id"
    ),
    "ix_submission_urgency": "clinic_id urgency submitted_at id status assigned_to invitation_id",
    "ix_submission_time": "clinic_id submitted_at id status urgency assigned_to invitation_id",
}

submission = sa.table("submission", sa.column("invitation_id"), sa.column("is_uninvited"))
invitation = sa.table("invitation", sa.column("id"), sa.column("created_by"))


def upgrade() -> None:
    # The default stays: to take it away SQLite would build the table anew, without its checks.
    column = sa.Column("is_uninvited", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("submission", column)
    uninvited = sa.select(invitation.c.id).where(invitation.c.created_by.is_(None))
    op.execute(
        submission.update()
        .where(submission.c.invitation_id.in_(uninvited))
        .values(is_uninvited=sa.true())
    )
    _drop_indexes()
    for name, columns in _INDEXES.items():
        op.create_index(name, "submission", [*columns.split(), "is_uninvited"])


def downgrade() -> None:
    _drop_indexes()
    op.drop_column("submission", "is_uninvited")
    for name, columns in _INDEXES.items():
        op.create_index(name, "submission", columns.split())


def _drop_indexes() -> None:
    for name in _INDEXES:
        op.drop_index(name, table_name="submission")
