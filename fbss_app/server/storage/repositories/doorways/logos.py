"""Queries on the logos of all clinics, for whoever sees a page of theirs."""

from sqlmodel import Session, col, select

from fbss_app.server.storage.clinic_tables import ClinicLogoRow, ClinicRow


class LogoDoorway:
    """Logos by what stands in the addresses of their clinics; everybody may see them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, slug: str) -> ClinicLogoRow | None:
        """Read a clinic's logo, with its picture; None also without such a clinic."""
        found = (
            select(ClinicLogoRow)
            .join(ClinicRow, col(ClinicRow.id) == col(ClinicLogoRow.clinic_id))
            .where(ClinicRow.slug == slug)
        )
        return self._session.exec(found).first()
