"""Links that can be listed and ended, the length of an invitation, who approves a research file."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Written out, not imported: a migration must not change when the tables do.
UTC_TIME = sa.DateTime(timezone=True)
_NEWEST = "clinic_id created_at id erased_at answered_at revoked_at expires_at opened_at"

set_up_link = sa.table("set_up_link", sa.column("token_sha256"), sa.column("id"))


def upgrade() -> None:
    with op.batch_alter_table("set_up_link") as table:
        table.add_column(sa.Column("id", sa.String(36), nullable=True))
        table.add_column(sa.Column("created_by", sa.String(36), nullable=True))
    connection = op.get_bind()
    for token in connection.scalars(sa.select(set_up_link.c.token_sha256)).all():
        named = set_up_link.update().where(set_up_link.c.token_sha256 == token)
        connection.execute(named.values(id=str(uuid4())))
    with op.batch_alter_table("set_up_link") as table:
        table.alter_column("id", existing_type=sa.String(36), nullable=False)
        table.create_unique_constraint("uq_set_up_link_id", ["id"])
        table.create_foreign_key(
            "fk_set_up_link_created_by", "staff", ["created_by"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("invitation") as table:
        table.add_column(sa.Column("days", sa.Integer(), nullable=True))
    op.drop_index("ix_invitation_clinic_id_created_at", table_name="invitation")
    op.create_index("ix_invitation_newest", "invitation", _NEWEST.split())
    op.create_table(
        "research_request",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("clinic_id", sa.String(36), nullable=False),
        sa.Column("asked_by", sa.String(36), nullable=True),
        sa.Column("asked_at", UTC_TIME, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("urgency", sa.String(20), nullable=False),
        sa.Column("decision", sa.String(10), nullable=False),
        sa.Column("decided_by", sa.String(36), nullable=True),
        sa.Column("decided_at", UTC_TIME, nullable=True),
        sa.Column("expires_at", UTC_TIME, nullable=False),
        sa.CheckConstraint(
            "decision IN ('', 'approved', 'refused')", name="ck_research_request_decision_known"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name="fk_research_request_clinic_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["staff.id"], name="fk_research_request_asked_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["staff.id"], name="fk_research_request_decided_by", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_research_request"),
    )
    op.create_index("ix_research_request_clinic_id", "research_request", ["clinic_id"])
    op.create_index("ix_research_request_expires_at", "research_request", ["expires_at"])


def downgrade() -> None:
    op.drop_index("ix_research_request_expires_at", table_name="research_request")
    op.drop_index("ix_research_request_clinic_id", table_name="research_request")
    op.drop_table("research_request")
    op.drop_index("ix_invitation_newest", table_name="invitation")
    op.create_index("ix_invitation_clinic_id_created_at", "invitation", ["clinic_id", "created_at"])
    with op.batch_alter_table("invitation") as table:
        table.drop_column("days")
    with op.batch_alter_table("set_up_link") as table:
        table.drop_constraint("fk_set_up_link_created_by", type_="foreignkey")
        table.drop_constraint("uq_set_up_link_id", type_="unique")
        table.drop_column("created_by")
        table.drop_column("id")
