"""Whether patients may answer through a clinic's own pages, without an invitation."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("takes_uninvited", sa.Boolean(), nullable=False, server_default=sa.false())
    with op.batch_alter_table("clinic") as table:
        table.add_column(column)
    with op.batch_alter_table("clinic") as table:
        table.alter_column("takes_uninvited", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("clinic") as table:
        table.drop_column("takes_uninvited")
