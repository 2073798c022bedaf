"""What an operator does from the command line: keys, retention, clinics and their audit trails."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from fbss_app.launch.checks import LaunchError
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
        needed = {result.key_id, *result.needed_by_trails}
        others = [each for each in database.keys.key_ids if each not in needed]
    yield (
        f"Everything is encrypted with {result.key_id} now: {result.answers} answers and "
        f"{result.links} links were encrypted anew, and {result.of_clinics} things of clinics."
    )
    if result.needed_by_trails:
        yield (
            "Still needed to check audit trails: "
            + ", ".join(sorted(result.needed_by_trails))
            + "."
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
    yield f"Deleted {_counted(run.counts)}."
    for each in earlier:
        yield f"{each.ran_at:%Y-%m-%d %H:%M} UTC: {_counted(each.counts)}"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def clinic_link(settings: Settings) -> Iterator[str]:
    """Print a link with which somebody founds a clinic; it works once, for a day."""
    from fbss_app.server.services.clinic.staff.set_up import make_founding_link

    migrate(settings)
    with opened_database(settings) as database:
        secret = make_founding_link(database, datetime.now(UTC))
    yield set_up_address(settings, secret)


def set_up_address(settings: Settings, secret: str) -> str:
    """Write a link that works once. What stands after # is never sent, and so in no log."""
    return f"{settings.public_url}/clinic/set-up#{secret}"


def let_in(settings: Settings, email: str) -> Iterator[str]:
    """Let in again a member of staff who lost password and phone, by a link that works once."""
    from fbss_app.server.logs import configure_logging
    from fbss_app.server.services.clinic.staff.emergency_access import let_in as renew_log_in

    # Beside the link, which must not get into the log.
    configure_logging(settings.log_format, sys.stderr)
    migrate(settings)
    with opened_database(settings) as database:
        done = renew_log_in(database, email, datetime.now(UTC))
    yield f"{done.name} of {done.clinic_name} chooses a new password with this link, within a day."
    yield "It works once:"
    yield set_up_address(settings, done.secret)
    yield "Their password, authenticator app and log-ins until now have ended. The clinic's audit"
    yield "trail tells of it, and its administrators are shown it as they log in."


def first_clinic_lines(settings: Settings) -> Iterator[str]:
    """Say how the first clinic is founded, where there is none."""
    from fbss_app.server.services.clinic.staff.set_up import make_first_link

    with opened_database(settings) as database:
        secret = make_first_link(database, datetime.now(UTC))
    if secret:
        yield "To found a clinic, open this link within a day. It works once:"
        yield set_up_address(settings, secret)


def demo_lines(settings: Settings) -> Iterator[str]:
    """Make the demo clinic where there is none yet, and say how to try it."""
    from fbss_app import routes
    from fbss_app.patient.client.definitions import questionnaires
    from fbss_app.server.services.demo.demo_clinic import make_demo_clinic

    definitions = {(each.name, each.version): each for each in questionnaires().values()}
    with opened_database(settings) as database:
        made = make_demo_clinic(database, settings, definitions, datetime.now(UTC))
    if made is None:
        yield f"The demo clinic in {settings.data_dir} is there already. Delete that folder for"
        yield "a new one with a new password."
        return
    yield f"Staff log in at {settings.public_url}{routes.CLINIC_LOG_IN} with the password"
    yield f"    {made.password}"
    for each in made.log_ins:
        yield f"    {each.email} ({each.role.value.replace('-', ' ')})"
    yield "A patient who was invited begins at"
    yield f"    {settings.public_url}{routes.INVITED}#{made.invitation_secret}"


def verify_audit(settings: Settings) -> Iterator[str]:
    """Check that nobody has changed or removed an entry of an audit trail.

    Raises:
        LaunchError: Somebody has.
    """
    from fbss_app.server.services.clinic.audit import verify_trails

    migrate(settings)
    with opened_database(settings) as database:
        broken = verify_trails(database)
    for each in broken:
        yield f"{each.clinic_id}, entry {each.sequence}: {each.problem}."
    if broken:
        raise LaunchError("The audit trail was changed. Keep the database as it is and find out.")
    yield "Every audit trail is whole."


TASKS: Mapping[str, Callable[[Settings], Iterator[str]]] = {
    "new-key": new_key,
    "reencrypt": reencrypt,
    "delete-expired": delete_expired,
    "clinic-link": clinic_link,
    "verify-audit": verify_audit,
}
