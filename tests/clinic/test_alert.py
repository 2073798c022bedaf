"""What the operator did in an emergency is shown to administrators as they come in."""

from fbss_app import routes
from fbss_app.clinic.audit.state import AuditState
from fbss_app.clinic.inbox.state import InboxState
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.clinic.staff.emergency_access import let_in
from fbss_app.server.services.unit_of_work import Database
from tests.clinic.conftest import OpenTab
from tests.clinic.world import Clinic
from tests.server.builders import Clock


def test_administrators_see_it_until_they_open_the_audit_trail(
    north: Clinic, south: Clinic, tab_of: OpenTab, database: Database, clock: Clock
):
    let_in(database, north.clinician.email, clock.time)
    for staff in (north.front_desk, south.administrator):
        tab = tab_of(staff)
        tab.send(InboxState.on_load)
        assert tab.state(StaffState).alert == ""
    tab = tab_of(north.of(Role.ADMINISTRATOR))
    tab.send(InboxState.on_load)
    said = tab.state(StaffState).alert
    assert f"let {north.clinician.name} in again on 1 March 2026" in said
    tab.send(InboxState.on_load)
    assert tab.state(StaffState).alert == said
    tab.send(AuditState.on_load)
    assert tab.state(StaffState).alert == ""
    (told,) = [each for each in tab.state(AuditState).entries if each.is_alert]
    assert told.actor == "Whoever runs this app"
    assert told.action == "Let in again by whoever runs this app"
    again = tab_of(north.administrator, routes.CLINIC)
    again.send(InboxState.on_load)
    assert again.state(StaffState).alert == ""
