"""Every query on the `retention_run` table."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from fbss_app.server.storage.tables import RetentionRunRow


class RetentionRunRepository:
    """What the retention job did, as the current transaction sees it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, row: RetentionRunRow) -> None:
        """Keep what one run deleted."""
        self._session.add(row)

    def latest(self, count: int) -> Sequence[RetentionRunRow]:
        """List the last runs that deleted something, the newest first."""
        newest = select(RetentionRunRow).order_by(col(RetentionRunRow.id).desc()).limit(count)
        return self._session.exec(newest).all()
