"""Brings what is stored to the newest encryption key, and tells which keys are still needed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fbss_app.server.logs import get_logger
from fbss_app.server.services.clinic.labels import mark_anew
from fbss_app.server.services.clinic.settings.webhooks import seal_webhook_anew
from fbss_app.server.services.clinic.staff import second_factor
from fbss_app.server.services.unit_of_work import Database, UnitOfWork

logger = get_logger(__name__)

_AT_ONCE = 200
# One can have a line for each of 100,000 submissions.
_FILES_AT_ONCE = 5


@dataclass(frozen=True)
class Reencryption:
    """What was sealed anew.

    Attributes:
        key_id: The key that seals everything now.
        answers: How many answers.
        links: How many links.
        codes_ended: How many codes ended, because their marks cannot be made again.
        of_clinics: How many invitations, labels, submissions, notes, research files and the like.
        needed_by_trails: The older keys without which audit trails can no longer be checked:
            what vouches for an entry is never made anew.
    """

    key_id: str
    answers: int
    links: int
    codes_ended: int
    of_clinics: int = 0
    needed_by_trails: frozenset[str] = frozenset()


def reencrypt(database: Database) -> Reencryption:
    """Seal everything with the newest key. May be broken off, run again, and run beside a server.

    Raises:
        UnreadableError: Something cannot be opened; what was done so far is kept.
        StorageUnavailableError: The database is busy or away.
    """
    counts = {"answers": 0, "links": 0, "second-factors": 0}
    for kind in counts:
        # In small steps, so that phones which save meanwhile need not wait.
        while done := _seal_some(database, kind):
            counts[kind] += done
    of_clinics = counts["second-factors"] + _seal_clinics(database)
    with database.unit_of_work() as unit:
        trails = unit.trails.key_ids()
    newest = database.keys.newest.key_id
    with database.unit_of_work() as unit:
        ended = unit.return_codes.delete_of_other_keys(database.keys.newest.key_id)
    database.scrub()
    result = Reencryption(
        newest,
        counts["answers"],
        counts["links"],
        ended,
        of_clinics,
        frozenset(trails - {newest}),
    )
    logger.info("encrypted-anew", answers=result.answers, links=result.links)
    return result


def missing_keys(database: Database) -> set[str]:
    """List the keys that sealed something here and that nobody has any more."""
    with database.unit_of_work() as unit:
        used = (
            unit.answer_events.key_ids()
            | unit.access_links.key_ids()
            | unit.return_codes.key_ids()
            | unit.log_ins.key_ids()
        )
        for clinic in unit.clinics.all():
            own = unit.clinic(clinic.id)
            used |= own.invitations.key_ids() | own.label_marks.key_ids()
            used |= own.submissions.key_ids() | own.notes.key_ids()
            used |= own.research_files.key_ids()
            used |= {clinic.key_id} - {""}
    return {key_id for key_id in used if not database.keys.knows(key_id)}


def _seal_clinics(database: Database) -> int:
    with database.unit_of_work() as unit:
        clinic_ids = [clinic.id for clinic in unit.clinics.all()]
    done = 0
    for clinic_id in clinic_ids:
        while sealed := _seal_some_of_clinic(database, clinic_id):
            done += sealed
        done += _seal_webhook(database, clinic_id)
    return done


def _seal_some_of_clinic(database: Database, clinic_id: str) -> int:
    # Each in a transaction of its own: what one has locked must not wait for what another needs.
    kinds: Sequence[Callable[[UnitOfWork], int]] = (
        lambda unit: unit.clinic(clinic_id).invitations.seal_anew(_AT_ONCE),
        lambda unit: mark_anew(unit, clinic_id, _AT_ONCE),
        lambda unit: unit.clinic(clinic_id).submissions.seal_anew(_AT_ONCE),
        lambda unit: unit.clinic(clinic_id).notes.seal_anew(_AT_ONCE),
        lambda unit: unit.clinic(clinic_id).research_files.seal_anew(_FILES_AT_ONCE),
    )
    done = 0
    for seal_some in kinds:
        with database.unit_of_work() as unit:
            done += seal_some(unit)
    return done


def _seal_webhook(database: Database, clinic_id: str) -> int:
    """Seal the address that a clinic has called, and lose none that is set meanwhile.

    In a transaction of its own: who sends answers needs the clinic's row while holding others.
    """
    with database.unit_of_work() as unit:
        clinic = unit.clinics.lock(clinic_id)
        return seal_webhook_anew(unit, clinic) if clinic else 0


def _seal_some(database: Database, kind: str) -> int:
    with database.unit_of_work() as unit:
        if kind == "second-factors":
            return second_factor.seal_anew(unit, _AT_ONCE)
        sealing = unit.answer_events if kind == "answers" else unit.access_links
        return sealing.seal_anew(_AT_ONCE)
