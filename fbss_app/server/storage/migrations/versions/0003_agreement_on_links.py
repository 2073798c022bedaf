"""Who said, and when, that the patient agrees to a link that a helper made."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("access_link") as table:
        table.add_column(sa.Column("agreement_said_by", sa.String(36), nullable=True))
        table.add_column(sa.Column("agreement_said_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("access_link") as table:
        table.drop_column("agreement_said_at")
        table.drop_column("agreement_said_by")
