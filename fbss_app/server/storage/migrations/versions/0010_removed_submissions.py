"""That a clinic removed what somebody sent uninvited, so that they can be told."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "removed_submission",
        sa.Column("clinic_id", sa.String(36), nullable=False),
        sa.Column("response_id", sa.String(36), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_removed_submission_clinic_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name="fk_removed_submission_response_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "response_id", name="pk_removed_submission"),
    )
    op.create_index("ix_removed_submission_response_id", "removed_submission", ["response_id"])


def downgrade() -> None:
    op.drop_index("ix_removed_submission_response_id", table_name="removed_submission")
    op.drop_table("removed_submission")
