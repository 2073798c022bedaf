"""Every query on the calls to the system of one clinic."""

from collections.abc import Sequence

from sqlmodel import col

from fbss_app.server.storage.clinic_tables import WebhookDeliveryRow
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope


class WebhookDeliveryRepository:
    """The calls to the system of one clinic as the current transaction sees them."""

    def __init__(self, scope: ClinicScope) -> None:
        self._scope = scope

    def add(self, row: WebhookDeliveryRow) -> None:
        """Add a call that is to be made."""
        self._scope.add(row)

    def recent(self, limit: int) -> Sequence[WebhookDeliveryRow]:
        """List the last calls, the newest first."""
        found = self._scope.rows(WebhookDeliveryRow)
        newest = (col(WebhookDeliveryRow.created_at).desc(), col(WebhookDeliveryRow.id))
        return self._scope.all(found.order_by(*newest).limit(limit))
