"""Made-up clinics and staff for the tests of the staff side."""

from datetime import datetime
from uuid import uuid4

from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.clinic_tables import ClinicRow, StaffRow
from tests.server.builders import START


def make_clinic(database: Database, slug: str = "north", now: datetime = START) -> str:
    """Found a clinic and give its id."""
    clinic_id = str(uuid4())
    with database.unit_of_work() as unit:
        assert unit.clinics.add(
            ClinicRow(
                id=clinic_id, slug=slug, name=f"{slug.title()} Clinic", country="gb", created_at=now
            )
        )
    return clinic_id


def make_staff(
    database: Database,
    clinic_id: str,
    role: Role = Role.ADMINISTRATOR,
    email: str = "",
    now: datetime = START,
) -> Staff:
    """Add a member of a clinic's staff, as if they were logged in."""
    staff_id = str(uuid4())
    row = StaffRow(
        id=staff_id,
        clinic_id=clinic_id,
        email=email or f"{staff_id[:8]}@example.org",
        name=f"{role.value.title()} {staff_id[:4]}",
        role=role.value,
        password_hash="none",
        created_at=now,
    )
    staff = Staff(row.id, clinic_id, row.name, row.email, role)
    with database.unit_of_work() as unit:
        assert unit.clinic(clinic_id).staff.add(row)
    return staff
