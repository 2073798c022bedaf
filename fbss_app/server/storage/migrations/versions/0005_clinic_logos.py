"""Logos of clinics, in a table of their own; the column that was meant for them goes unused."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clinic_logo",
        sa.Column("clinic_id", sa.String(length=36), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=16), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_clinic_logo_clinic_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("clinic_id", name="pk_clinic_logo"),
    )
    with op.batch_alter_table("clinic") as table:
        table.drop_column("logo")


def downgrade() -> None:
    with op.batch_alter_table("clinic") as table:
        table.add_column(sa.Column("logo", sa.LargeBinary(), nullable=True))
    op.drop_table("clinic_logo")
