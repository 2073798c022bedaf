"""Brings a database to the newest shape of the tables, and tells whether it has it."""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from fbss_app.server.encryption import KeyRing


def migration_config(database_url: str | None = None, keys: KeyRing | None = None) -> Config:
    """Build Alembic's configuration in memory; no configuration file is needed.

    Args:
        database_url: The database; that of the settings unless named.
        keys: What seals answers; a migration that must seal or open some asks for it.
    """
    config = Config()
    config.set_main_option("script_location", "fbss_app.server.storage:migrations")
    config.attributes["database_url"] = database_url
    config.attributes["keys"] = keys
    return config


def upgrade_to_head(database_url: str, keys: KeyRing | None = None) -> None:
    """Apply every migration that is missing; harmless when none is, and when two processes try."""
    command.upgrade(migration_config(database_url, keys), "head")


def is_at_head(engine: Engine) -> bool:
    """Tell whether the database has every migration; raises where it has none at all."""
    with engine.connect() as connection:
        applied = connection.execute(text("SELECT version_num FROM alembic_version")).scalars()
        return set(applied) == _heads()


@cache
def _heads() -> set[str]:
    return set(ScriptDirectory.from_config(migration_config()).get_heads())
