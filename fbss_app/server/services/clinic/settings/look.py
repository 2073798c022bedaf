"""How a clinic looks on the pages of its own staff: its name, its colour, its logo."""

from dataclasses import dataclass

from fbss_app.server.services.clinic.settings.logos import Logo, logo_of
from fbss_app.server.services.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class ClinicLook:
    """What every page of a clinic shows of it, whoever looks.

    Attributes:
        slug: What stands in its addresses.
        name: What it is called.
        accent: The name of its colour, one of `ACCENTS`.
        logo: Its logo, where it has one.
    """

    slug: str
    name: str
    accent: str
    logo: Logo | None


def read_look(database: Database, clinic_id: str) -> ClinicLook:
    """Read how a clinic looks, which must be there."""
    with database.unit_of_work(reads_only=True) as unit:
        row = unit.clinics.get(clinic_id)
        assert row is not None
        return ClinicLook(row.slug, row.name, row.accent, logo_of(unit, clinic_id))
