"""Deletes answers: at the person's wish, or because their time is over. Nothing stays behind."""

import logging
from datetime import datetime

from fbss_app.server.services.access import open_response
from fbss_app.server.services.unit_of_work import Database

logger = logging.getLogger(__name__)


def erase_response(database: Database, response_id: str, secret: str, now: datetime) -> None:
    """Delete a response with all its answers; only its secret opens this door."""
    with database.unit_of_work() as unit:
        unit.responses.delete(open_response(unit, response_id, secret, now))
    database.scrub()
    logger.info("erased response %s", response_id)


def delete_expired(database: Database, now: datetime) -> int:
    """Delete every response whose time is over, and return how many there were."""
    with database.unit_of_work() as unit:
        count = unit.responses.delete_expired(now)
    if count:
        database.scrub()
        logger.info("deleted %d expired responses", count)
    return count
