"""Deletes answers at the person's wish, with everything that belongs to them."""

from datetime import datetime

from fbss_app.server.logs import get_logger
from fbss_app.server.services.access import may_manage, open_response
from fbss_app.server.services.clinic.submissions.taking_back import tell_of_erasure
from fbss_app.server.services.unit_of_work import Database

logger = get_logger(__name__)


def erase_response(database: Database, response_id: str, secret: str, now: datetime) -> None:
    """Delete a response with its answers, links and codes, or raise `RefusedError`.

    Deleting is also what taking back the consent means: without it nothing may be kept. What stays
    for a while is a hash of the random id, so that a first call on its way brings nothing back.
    """
    with database.unit_of_work() as unit:
        access = open_response(unit, response_id, secret, now, may_manage)
        tell_of_erasure(unit, response_id, now)
        unit.responses.erase(access.response, now)
    database.scrub()
    logger.info("response-erased", response=response_id)
