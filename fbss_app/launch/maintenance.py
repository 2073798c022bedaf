"""What an operator does with the saved answers from the command line: keys and retention."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from fbss_app.launch.database import migrate, opened_database
from fbss_app.settings import Settings


def new_key(settings: Settings) -> Iterator[str]:
    """Put a new encryption key in front of those in the key file."""
    from fbss_app.server.key_file import add_key

    key_id = add_key(settings, datetime.now(UTC))
    yield f"{settings.encryption_key_file} has a new key, {key_id}. Keep a copy of the file."
    yield "Start the server anew, so that it uses the key. Then run: python -m fbss_app reencrypt"


def reencrypt(settings: Settings) -> Iterator[str]:
    """Encrypt everything that is saved with the newest key."""
    from fbss_app.server.services.keys import reencrypt as seal_anew

    migrate(settings)
    with opened_database(settings) as database:
        result = seal_anew(database)
        others = [each for each in database.keys.key_ids if each != result.key_id]
    yield (
        f"Everything is encrypted with {result.key_id} now: {result.answers} answers and "
        f"{result.links} links were encrypted anew."
    )
    if result.codes_ended:
        yield f"{result.codes_ended} short codes stopped working; people can make new ones."
    if others:
        yield f"No longer needed here, but by older backups: {', '.join(others)}."


def delete_expired(settings: Settings) -> Iterator[str]:
    """Delete what has been kept long enough, and say what that was."""
    from fbss_app.server.services.retention import delete_expired as delete
    from fbss_app.server.services.retention import latest_runs

    migrate(settings)
    with opened_database(settings) as database:
        run = delete(database, datetime.now(UTC))
        earlier = latest_runs(database, 10)
    yield f"Deleted {run.responses_deleted} responses and {run.codes_deleted} codes."
    for each in earlier:
        yield (
            f"{each.ran_at:%Y-%m-%d %H:%M} UTC: {each.responses_deleted} responses, "
            f"{each.codes_deleted} codes"
        )


TASKS: Mapping[str, Callable[[Settings], Iterator[str]]] = {
    "new-key": new_key,
    "reencrypt": reencrypt,
    "delete-expired": delete_expired,
}
