"""Queries on clinics themselves, and on all of them: for doors, jobs and commands."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from fbss_app.server.storage.clinic_tables import ClinicRow


class ClinicRepository:
    """Clinics as the current transaction sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, clinic_id: str) -> ClinicRow | None:
        """Find a clinic by its id."""
        return self._session.get(ClinicRow, clinic_id)

    def lock(self, clinic_id: str) -> ClinicRow | None:
        """Find a clinic and keep other transactions off it until this one ends."""
        return self._session.get(ClinicRow, clinic_id, with_for_update=True)

    def find(self, slug: str) -> ClinicRow | None:
        """Find a clinic by what stands in its addresses."""
        return self._session.exec(select(ClinicRow).where(ClinicRow.slug == slug)).first()

    def all(self) -> Sequence[ClinicRow]:
        """List every clinic, the oldest first."""
        return self._session.exec(select(ClinicRow).order_by(col(ClinicRow.created_at))).all()

    def add(self, row: ClinicRow) -> bool:
        """Add a clinic, unless what stands in its addresses is taken; say whether it was added."""
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            return False
        return True
