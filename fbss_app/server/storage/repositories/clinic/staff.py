"""Every query on the staff of one clinic."""

from collections.abc import Sequence

from sqlmodel import col

from fbss_app.server.storage.clinic_tables import StaffRow
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope


class StaffRepository:
    """The staff of one clinic as the current transaction sees them."""

    def __init__(self, scope: ClinicScope) -> None:
        self._scope = scope

    def get(self, staff_id: str) -> StaffRow | None:
        """Find a member of the staff, also one who has left."""
        return self._scope.get(StaffRow, staff_id)

    def all(self) -> Sequence[StaffRow]:
        """List everyone, those who left too, by name."""
        return self._scope.all(self._scope.rows(StaffRow).order_by(col(StaffRow.name)))

    def lock_all(self) -> Sequence[StaffRow]:
        """List everyone, and keep other transactions off them until this one ends."""
        # In one order for everybody, so that no two transactions wait for each other.
        return self._scope.all(
            self._scope.rows(StaffRow).order_by(col(StaffRow.id)).with_for_update()
        )

    def add(self, row: StaffRow) -> bool:
        """Add a member of the staff, unless the address is taken; say whether they were added."""
        return self._scope.add_if_free(row)
