"""Queries on the calls to the systems of all clinics, for the job that makes them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from fbss_app.server.storage.clinic_tables import WebhookDeliveryRow


class WebhookQueue:
    """The calls that are to be made as the current transaction sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def due(self, now: datetime, limit: int) -> Sequence[WebhookDeliveryRow]:
        """List calls whose time has come, but for those that another process is at."""
        found = (
            select(WebhookDeliveryRow)
            .where(
                col(WebhookDeliveryRow.delivered_at).is_(None),
                col(WebhookDeliveryRow.next_try_at) <= now,
            )
            .order_by(col(WebhookDeliveryRow.next_try_at))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return self._session.exec(found).all()

    def get(self, delivery_id: str) -> WebhookDeliveryRow | None:
        """Find a call."""
        return self._session.get(WebhookDeliveryRow, delivery_id)

    def forget(self, before: datetime) -> int:
        """Delete what was queued before some time, and count it."""
        old = delete(WebhookDeliveryRow).where(col(WebhookDeliveryRow.created_at) < before)
        return self._session.exec(old).rowcount
