"""Files for research as they were first taken, so that taking one again gives the same."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "research_file",
        sa.Column("request_id", sa.String(36), nullable=False),
        sa.Column("clinic_id", sa.String(36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submissions", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_research_file_clinic_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["research_request.id"],
            name="fk_research_file_request_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("request_id", name="pk_research_file"),
    )
    op.create_index("ix_research_file_clinic_id", "research_file", ["clinic_id"])
    op.create_index("ix_research_file_key_id", "research_file", ["key_id"])


def downgrade() -> None:
    op.drop_index("ix_research_file_key_id", table_name="research_file")
    op.drop_index("ix_research_file_clinic_id", table_name="research_file")
    op.drop_table("research_file")
