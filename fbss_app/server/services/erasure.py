"""Deletes answers: at the person's wish, or because their time is over. Nothing stays behind."""

from datetime import datetime

from fbss_app.server.logs import get_logger
from fbss_app.server.services.access import open_response
from fbss_app.server.services.unit_of_work import Database

logger = get_logger(__name__)


def erase_response(database: Database, response_id: str, secret: str, now: datetime) -> None:
    """Delete a response with all its answers; only its secret opens this door."""
    with database.unit_of_work() as unit:
        unit.responses.delete(open_response(unit, response_id, secret, now))
    database.scrub()
    logger.info("response-erased", response=response_id)


def delete_expired(database: Database, now: datetime) -> int:
    """Delete every response whose time is over, and return how many there were."""
    with database.unit_of_work() as unit:
        count = unit.responses.delete_expired(now)
    if count:
        database.scrub()
        logger.info("expired-responses-deleted", count=count)
    return count
