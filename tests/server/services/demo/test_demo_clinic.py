from pathlib import Path

from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.server.call_counter import CallCounter
from fbss_app.server.services.clinic.audit import verify_trails
from fbss_app.server.services.clinic.invitations.invitations import (
    InvitationQuery,
    list_invitations,
)
from fbss_app.server.services.clinic.staff.log_in import Door
from fbss_app.server.services.clinic.staff.sessions import staff_of
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery, read_inbox
from fbss_app.server.services.clinic.submissions.submissions import open_invitation
from fbss_app.server.services.demo.demo_clinic import PEOPLE, make_demo_clinic
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings
from tests.server.builders import START, make_keys

DEFINITIONS = {(each.name, each.version): each for each in load_questionnaires().values()}


def test_demo_has_something_in_every_list_and_a_trail_that_holds(tmp_path: Path):
    settings = Settings(_env_file=None, data_dir=tmp_path, second_factor="optional")
    database = Database(settings.database_url, make_keys)
    database.upgrade()
    made = make_demo_clinic(database, settings, DEFINITIONS, START)
    assert made is not None

    door = Door(database, settings, CallCounter(), lambda: START)
    entered = [door.check_password(each.email, made.password) for each in made.log_ins]
    with database.unit_of_work() as unit:
        administrator = staff_of(unit.log_ins.staff(entered[0].staff_id))

    page = read_inbox(database, administrator, InboxQuery(), START)
    assert page.total == PEOPLE
    assert all(page.counts.values())
    states = list_invitations(database, administrator, InvitationQuery(), START).counts
    assert (states["sent"], states["opened"], states["not-opened"]) == (PEOPLE, 1, 2)
    assert open_invitation(database, made.invitation_secret, START).clinic.name
    assert verify_trails(database) == []
    # A second time there is a clinic already, and nothing is touched.
    assert make_demo_clinic(database, settings, DEFINITIONS, START) is None
    database.close()
