"""Brings what is stored to the newest encryption key, and tells which keys are still needed."""

from dataclasses import dataclass

from fbss_app.server.logs import get_logger
from fbss_app.server.services.clinic import second_factor
from fbss_app.server.services.unit_of_work import Database

logger = get_logger(__name__)

_AT_ONCE = 200


@dataclass(frozen=True)
class Reencryption:
    """What was sealed anew.

    Attributes:
        key_id: The key that seals everything now.
        answers: How many answers.
        links: How many links.
        codes_ended: How many codes ended, because their marks cannot be made again.
    """

    key_id: str
    answers: int
    links: int
    codes_ended: int


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
    with database.unit_of_work() as unit:
        ended = unit.return_codes.delete_of_other_keys(database.keys.newest.key_id)
    database.scrub()
    result = Reencryption(database.keys.newest.key_id, counts["answers"], counts["links"], ended)
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
    return {key_id for key_id in used if not database.keys.knows(key_id)}


def _seal_some(database: Database, kind: str) -> int:
    with database.unit_of_work() as unit:
        if kind == "second-factors":
            return second_factor.seal_anew(unit, _AT_ONCE)
        sealing = unit.answer_events if kind == "answers" else unit.access_links
        return sealing.seal_anew(_AT_ONCE)
