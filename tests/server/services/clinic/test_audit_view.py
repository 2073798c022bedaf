import csv
import io
from datetime import timedelta

import pytest

from fbss_app.server.services.clinic.audit import SYSTEM, Action, record
from fbss_app.server.services.clinic.audit_view import (
    PAGE_SIZE,
    AuditQuery,
    export_audit_trail,
    read_audit_trail,
)
from fbss_app.server.services.clinic.permission import StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START
from tests.server.services.clinic.staff import make_clinic, make_staff


def fill(database: Database, clinic_id: str, count: int) -> None:
    with database.unit_of_work() as unit:
        for number in range(count):
            at = START + timedelta(hours=number)
            record(unit, clinic_id, SYSTEM, Action.EXPIRED_DELETED, at, n=number)


def test_pages_follow_each_other_without_a_gap(database: Database):
    staff = make_staff(database, make_clinic(database))
    fill(database, staff.clinic_id, PAGE_SIZE + 5)

    first = read_audit_trail(database, staff, AuditQuery(), START)
    second = read_audit_trail(database, staff, AuditQuery(before=first.next_before), START)

    numbers = [entry.sequence for page in (first, second) for entry in page.entries]
    assert numbers == list(range(PAGE_SIZE + 5, 0, -1))
    assert second.next_before is None


def test_looking_at_the_trail_is_told_once_for_all_its_pages(database: Database):
    staff = make_staff(database, make_clinic(database))
    fill(database, staff.clinic_id, PAGE_SIZE + 5)
    first = read_audit_trail(database, staff, AuditQuery(), START)
    read_audit_trail(database, staff, AuditQuery(before=first.next_before), START)

    told = read_audit_trail(database, staff, AuditQuery(action=Action.AUDIT_VIEWED), START)
    assert [entry.actor for entry in told.entries] == [staff.id]
    assert told.actors[staff.id] == staff.name


def test_entries_are_found_by_person_kind_and_time(database: Database):
    staff = make_staff(database, make_clinic(database))
    fill(database, staff.clinic_id, 5)
    query = AuditQuery(
        actor=SYSTEM,
        action=Action.EXPIRED_DELETED,
        since=START + timedelta(hours=1),
        until=START + timedelta(hours=3),
    )
    found = read_audit_trail(database, staff, query, START)
    assert [entry.details["n"] for entry in found.entries] == [2, 1]


def test_the_file_holds_the_whole_trail_of_this_clinic_alone(database: Database):
    staff = make_staff(database, make_clinic(database, "north"))
    fill(database, staff.clinic_id, 3)
    fill(database, make_clinic(database, "south"), 2)

    rows = list(csv.reader(io.StringIO("".join(export_audit_trail(database, staff, START)))))

    assert [row[0] for row in rows] == ["sequence", "1", "2", "3", "4"]
    assert rows[-1][3] == Action.EXPORTED


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK])
def test_only_administrators_see_the_trail(database: Database, role: Role):
    staff = make_staff(database, make_clinic(database), role)
    with pytest.raises(StaffNotAllowedError):
        read_audit_trail(database, staff, AuditQuery(), START)
    with pytest.raises(StaffNotAllowedError):
        list(export_audit_trail(database, staff, START))
