"""Every query on the logo of one clinic."""

from datetime import datetime
from typing import cast

from fbss_app.server.storage.clinic_tables import ClinicLogoRow
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope


class LogoRepository:
    """The logo of one clinic as the current transaction sees it."""

    def __init__(self, scope: ClinicScope) -> None:
        self._scope = scope

    def about(self) -> tuple[int, int, str] | None:
        """Read its width, height and digest; the picture stays where it is."""
        columns = (ClinicLogoRow.width, ClinicLogoRow.height, ClinicLogoRow.digest)
        found = self._scope.values(self._scope.columns(ClinicLogoRow, *columns))
        return cast("tuple[int, int, str]", tuple(found[0])) if found else None

    def put(self, *, width: int, height: int, digest: str, png: bytes, now: datetime) -> None:
        """Set the logo, in place of the one before."""
        self.remove()
        self._scope.add(
            ClinicLogoRow(
                clinic_id=self._scope.clinic_id,
                width=width,
                height=height,
                digest=digest,
                png=png,
                changed_at=now,
            )
        )

    def remove(self) -> bool:
        """Delete the logo, and say whether there was one."""
        return self._scope.run(self._scope.deletes(ClinicLogoRow)) > 0
