"""Access links, codes to come back with, sealed answers, and what the retention job did."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from fbss_app.server.encryption import KeyRing, Sealed

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Written out, not imported: a migration must not change when the tables do.
UTC_TIME = sa.DateTime(timezone=True)
TEXT = ("link_id", "path", "value", "author_id", "author_role")
BATCH = 500

response = sa.table(
    "response",
    sa.column("id"),
    sa.column("secret_sha256"),
    sa.column("last_synced_at", UTC_TIME),
    sa.column("consent_received_at", UTC_TIME),
)
access_link = sa.table(
    "access_link",
    sa.column("id"),
    sa.column("response_id"),
    sa.column("secret_sha256"),
    sa.column("role"),
    sa.column("can_manage"),
    sa.column("key_id"),
    sa.column("sealed"),
    sa.column("created_at", UTC_TIME),
    sa.column("last_used_at", UTC_TIME),
)
answer_event = sa.table(
    "answer_event",
    sa.column("response_id"),
    sa.column("sequence"),
    sa.column("id"),
    sa.column("participant_id"),
    sa.column("key_id"),
    sa.column("sealed"),
    sa.column("link_id"),
    sa.column("path", sa.JSON()),
    sa.column("value", sa.JSON()),
    sa.column("author_id"),
    sa.column("author_role"),
    sa.column("answered_at", UTC_TIME),
)


def upgrade() -> None:
    op.create_table(
        "access_link",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("response_id", sa.String(36), nullable=False),
        sa.Column("parent_id", sa.String(36), nullable=True),
        sa.Column("secret_sha256", sa.String(64), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("can_manage", sa.Boolean(), nullable=False),
        sa.Column("key_id", sa.String(40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("last_used_at", UTC_TIME, nullable=True),
        sa.Column("expires_at", UTC_TIME, nullable=True),
        sa.Column("revoked_at", UTC_TIME, nullable=True),
        sa.CheckConstraint(
            "role IN ('patient', 'helper', 'read')", name="ck_access_link_role_known"
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name="fk_access_link_response_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_access_link"),
        sa.UniqueConstraint("secret_sha256", name="uq_access_link_secret_sha256"),
    )
    op.create_index("ix_access_link_response_id", "access_link", ["response_id"])
    op.create_index("ix_access_link_key_id", "access_link", ["key_id"])
    op.create_table(
        "return_code",
        sa.Column("access_link_id", sa.String(36), nullable=False),
        sa.Column("key_id", sa.String(40), nullable=False),
        sa.Column("code_mark", sa.String(64), nullable=False),
        sa.Column("year_mark", sa.String(64), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["access_link_id"],
            ["access_link.id"],
            name="fk_return_code_access_link_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("access_link_id", name="pk_return_code"),
        sa.UniqueConstraint("code_mark", name="uq_return_code_code_mark"),
    )
    op.create_index("ix_return_code_key_id", "return_code", ["key_id"])
    op.create_index("ix_return_code_expires_at", "return_code", ["expires_at"])
    op.create_table(
        "erased_response",
        sa.Column("id_sha256", sa.String(64), nullable=False),
        sa.Column("erased_at", UTC_TIME, nullable=False),
        sa.PrimaryKeyConstraint("id_sha256", name="pk_erased_response"),
    )
    op.create_index("ix_erased_response_erased_at", "erased_response", ["erased_at"])
    op.create_table(
        "retention_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ran_at", UTC_TIME, nullable=False),
        sa.Column("responses_deleted", sa.Integer(), nullable=False),
        sa.Column("codes_deleted", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_retention_run"),
    )
    with op.batch_alter_table("response") as table:
        table.add_column(sa.Column("consent_agreed_by", sa.String(10), nullable=True))
    with op.batch_alter_table("answer_event") as table:
        table.add_column(sa.Column("participant_id", sa.String(36), nullable=True))
        table.add_column(sa.Column("key_id", sa.String(40), nullable=True))
        table.add_column(sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE response SET consent_agreed_by = 'patient'")
    _make_first_links()
    _seal_answers()
    with op.batch_alter_table("response") as table:
        table.alter_column("consent_agreed_by", existing_type=sa.String(10), nullable=False)
        table.drop_column("secret_sha256")
        table.create_check_constraint(
            "ck_response_agreed_by_known", "consent_agreed_by IN ('patient', 'helper')"
        )
    with op.batch_alter_table("answer_event") as table:
        table.drop_constraint("ck_answer_event_author_role_known", type_="check")
        for name in (*TEXT, "answered_at"):
            table.drop_column(name)
        table.alter_column("participant_id", existing_type=sa.String(36), nullable=False)
        table.alter_column("key_id", existing_type=sa.String(40), nullable=False)
        table.alter_column("sealed", existing_type=sa.LargeBinary(), nullable=False)
    op.create_index("ix_answer_event_key_id", "answer_event", ["key_id"])


def downgrade() -> None:
    op.drop_index("ix_answer_event_key_id", table_name="answer_event")
    with op.batch_alter_table("answer_event") as table:
        table.add_column(sa.Column("link_id", sa.String(100), nullable=True))
        table.add_column(sa.Column("path", sa.JSON(), nullable=True))
        table.add_column(sa.Column("value", sa.JSON(), nullable=True))
        table.add_column(sa.Column("author_id", sa.String(36), nullable=True))
        table.add_column(sa.Column("author_role", sa.String(10), nullable=True))
        table.add_column(sa.Column("answered_at", UTC_TIME, nullable=True))
    with op.batch_alter_table("response") as table:
        table.add_column(sa.Column("secret_sha256", sa.String(64), nullable=True))
    op.execute(
        "UPDATE response SET secret_sha256 = (SELECT secret_sha256 FROM access_link WHERE "
        "access_link.response_id = response.id AND can_manage ORDER BY created_at LIMIT 1)"
    )
    _open_answers()
    with op.batch_alter_table("answer_event") as table:
        for name in ("participant_id", "key_id", "sealed"):
            table.drop_column(name)
        table.alter_column("link_id", existing_type=sa.String(100), nullable=False)
        table.alter_column("path", existing_type=sa.JSON(), nullable=False)
        table.alter_column("value", existing_type=sa.JSON(), nullable=False)
        table.alter_column("author_id", existing_type=sa.String(36), nullable=False)
        table.alter_column("author_role", existing_type=sa.String(10), nullable=False)
        table.alter_column("answered_at", existing_type=UTC_TIME, nullable=False)
        table.create_check_constraint(
            "ck_answer_event_author_role_known", "author_role IN ('patient', 'helper')"
        )
    with op.batch_alter_table("response") as table:
        table.alter_column("secret_sha256", existing_type=sa.String(64), nullable=False)
        table.drop_constraint("ck_response_agreed_by_known", type_="check")
        table.drop_column("consent_agreed_by")
    op.drop_table("retention_run")
    op.drop_table("erased_response")
    op.drop_table("return_code")
    op.drop_table("access_link")


def _keys() -> KeyRing:
    config = op.get_context().config
    keys = config.attributes.get("keys") if config else None
    if keys is None:
        raise RuntimeError("this database holds answers: its encryption keys are needed")
    return keys


def _make_first_links() -> None:
    """Give every response the link whose secret its phone already holds."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(response)).mappings().all():
        # The id of the response serves for its first link: both are random, and there is one each.
        place = f"access_link:{row['id']}:{row['id']}"
        sealed = _keys().seal(json.dumps({"name": "", "relationship": ""}).encode(), place)
        connection.execute(
            sa.insert(access_link).values(
                id=row["id"],
                response_id=row["id"],
                secret_sha256=row["secret_sha256"],
                role="patient",
                can_manage=True,
                key_id=sealed.key_id,
                sealed=sealed.sealed,
                created_at=_aware(row["consent_received_at"]),
                last_used_at=_aware(row["last_synced_at"]),
            )
        )


def _seal_answers() -> None:
    connection = op.get_bind()
    while rows := _batch(answer_event.c.key_id.is_(None)):
        for row in rows:
            answered_at = _aware(row["answered_at"]).isoformat()
            payload = {**{name: row[name] for name in TEXT}, "answered_at": answered_at}
            sealed = _keys().seal(json.dumps(payload).encode(), _place(row))
            connection.execute(
                sa.update(answer_event)
                .where(*_this(row))
                .values(
                    participant_id=row["response_id"], key_id=sealed.key_id, sealed=sealed.sealed
                )
            )


def _open_answers() -> None:
    connection = op.get_bind()
    while rows := _batch(answer_event.c.link_id.is_(None)):
        for row in rows:
            sealed = Sealed(row["key_id"], bytes(row["sealed"]))
            payload = json.loads(_keys().open(sealed, _place(row)))
            answered_at = datetime.fromisoformat(payload["answered_at"])
            values = {name: payload[name] for name in TEXT}
            connection.execute(
                sa.update(answer_event).where(*_this(row)).values(**values, answered_at=answered_at)
            )


def _batch(condition: sa.ColumnElement[bool]) -> list[sa.RowMapping]:
    query = sa.select(answer_event).where(condition).limit(BATCH)
    return list(op.get_bind().execute(query).mappings())


def _this(row: sa.RowMapping) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        answer_event.c.response_id == row["response_id"],
        answer_event.c.sequence == row["sequence"],
    )


def _place(row: sa.RowMapping) -> str:
    return f"answer_event:{row['response_id']}:{row['id']}"


def _aware(time: datetime) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=UTC)
