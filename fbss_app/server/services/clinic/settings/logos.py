"""The logo of a clinic: its administrators choose it, and everybody may see it."""

from dataclasses import dataclass
from datetime import datetime

from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import Staff, may_change_settings
from fbss_app.server.services.clinic.settings.logo_picture import LogoPicture, make_logo
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database, UnitOfWork


class NoLogoError(RefusedError):
    """No logo here. It must never tell whether there is such a clinic."""

    def __init__(self) -> None:
        super().__init__("no-logo", "There is no logo at this address.", status_code=404)


@dataclass(frozen=True, slots=True)
class Logo:
    """What a page needs to know of a logo before it loads.

    Attributes:
        width: Its width in pixels.
        height: Its height in pixels.
        digest: What stands in its address, so that another logo has another address.
    """

    width: int
    height: int
    digest: str


def read_logo_picture(database: Database, slug: str) -> LogoPicture:
    """Give a clinic's logo, for whoever asks, or raise `NoLogoError`."""
    with database.unit_of_work(reads_only=True) as unit:
        row = unit.logos.get(slug)
        if row is None:
            raise NoLogoError
        return LogoPicture(row.png, row.width, row.height, row.digest)


def logo_of(unit: UnitOfWork, clinic_id: str) -> Logo | None:
    """Tell of the logo of a clinic in the caller's transaction."""
    about = unit.clinic(clinic_id).logo.about()
    return Logo(*about) if about else None


def set_logo(database: Database, staff: Staff, file: bytes, now: datetime) -> Logo:
    """Set the logo of one's own clinic. The same picture again changes nothing.

    Args:
        database: Where it is kept.
        staff: Who sets it.
        file: What was uploaded; a picture of it is made anew.
        now: The time.

    Raises:
        LogoRefusedError: The file cannot become a logo.
        StaffNotAllowedError: They may not.
    """
    require(database, staff, may_change_settings, now)
    made = make_logo(file)
    logo = Logo(made.width, made.height, made.digest)
    with database.unit_of_work() as unit:
        # Two who set one at once come one after the other.
        unit.clinics.lock(staff.clinic_id)
        if logo_of(unit, staff.clinic_id) != logo:
            unit.clinic(staff.clinic_id).logo.put(
                width=made.width, height=made.height, digest=made.digest, png=made.png, now=now
            )
            record(
                unit,
                staff.clinic_id,
                staff.id,
                Action.LOGO_CHANGED,
                now,
                width=made.width,
                height=made.height,
            )
    return logo


def remove_logo(database: Database, staff: Staff, now: datetime) -> None:
    """Remove the logo of one's own clinic; nothing happens without one."""
    require(database, staff, may_change_settings, now)
    with database.unit_of_work() as unit:
        unit.clinics.lock(staff.clinic_id)
        if unit.clinic(staff.clinic_id).logo.remove():
            record(unit, staff.clinic_id, staff.id, Action.LOGO_REMOVED, now)
