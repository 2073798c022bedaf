"""Deletes what has been kept long enough, and keeps a record of what it deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fbss_app.server.logs import get_logger
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.tables import RetentionRunRow

logger = get_logger(__name__)

_NO_CALL_IS_SO_LATE = timedelta(days=30)


@dataclass(frozen=True)
class RetentionRun:
    """What one run of the job deleted."""

    ran_at: datetime
    responses_deleted: int
    codes_deleted: int

    @property
    def found_anything(self) -> bool:
        """Say whether there was anything to delete."""
        return bool(self.responses_deleted or self.codes_deleted)


def delete_expired(database: Database, now: datetime) -> RetentionRun:
    """Delete every response and every code whose time is over, and say how many there were."""
    with database.unit_of_work() as unit:
        codes = unit.return_codes.delete_expired(now)
        responses = unit.responses.delete_expired(now)
        unit.responses.forget_erased(now - _NO_CALL_IS_SO_LATE)
        run = RetentionRun(now, responses, codes)
        if run.found_anything:
            unit.retention_runs.add(
                RetentionRunRow(ran_at=now, responses_deleted=responses, codes_deleted=codes)
            )
    if run.found_anything:
        database.scrub()
        logger.info("expired-deleted", responses=responses, codes=codes)
    return run


def latest_runs(database: Database, count: int) -> Sequence[RetentionRun]:
    """List the last runs that deleted something, the newest first."""
    with database.unit_of_work() as unit:
        return [
            RetentionRun(row.ran_at, row.responses_deleted, row.codes_deleted)
            for row in unit.retention_runs.latest(count)
        ]
