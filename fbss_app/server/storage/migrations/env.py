"""Runs the migrations in one transaction, whether `alembic` or `upgrade_to_head` asks for it."""

from alembic import context
from sqlalchemy import Connection, text

from fbss_app.server.storage.clinic_tables import ClinicRow
from fbss_app.server.storage.engine import create_database_engine
from fbss_app.settings import Settings

# Any number will do, as long as it stays the same: it names the lock that migrations share.
_ADVISORY_LOCK = 704_225_193


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        # Its module builds on the other tables', so that every table is known here.
        target_metadata=ClinicRow.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
        user_module_prefix="fbss_app.server.storage.tables.",
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
        context.run_migrations()


def database_url() -> str:
    given = context.config.attributes.get("database_url")
    return given or Settings().database_url


engine = create_database_engine(database_url(), foreign_keys=False)
try:
    with engine.connect() as open_connection:
        run(open_connection)
finally:
    engine.dispose()
