import pytest

from fbss_app.server.services.clinic.audit import PATIENT, Action
from fbss_app.server.services.clinic.invitations.invitations import (
    InvitationQuery,
    list_invitations,
    revoke_invitation,
)
from fbss_app.server.services.clinic.invitations.own_pages import (
    UNINVITED_DAYS,
    NoOwnPagesError,
    invite_oneself,
    own_pages,
    read_own_pages,
)
from fbss_app.server.services.clinic.permission import StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.submissions.submissions import (
    UnknownInvitationError,
    open_invitation,
)
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START
from tests.server.services.clinic.door import audit_of, deeds_of
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS

NAME = "small"


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_staff(database, make_clinic(database, "north"))


def let_in(database: Database, staff: Staff, *, takes: bool = True) -> None:
    with database.unit_of_work() as unit:
        clinic = unit.clinics.get(staff.clinic_id)
        assert clinic
        clinic.takes_uninvited = takes


def come(database: Database, label: str = "Jo Miller", slug: str = "north", name: str = NAME):
    return invite_oneself(database, DEFINITIONS, slug, name, label, START)


@pytest.mark.parametrize("slug", ["north", "nowhere"])
def test_closed_clinic_and_none_are_told_alike(database: Database, staff: Staff, slug: str):
    for attempt in (lambda: own_pages(database, slug), lambda: come(database, slug=slug)):
        with pytest.raises(NoOwnPagesError) as refusal:
            attempt()
        assert str(refusal.value) == str(NoOwnPagesError())
    assert list_invitations(database, staff, InvitationQuery(), START).total == 0


def test_open_clinic_shows_what_patients_need(database: Database, staff: Staff):
    let_in(database, staff)
    shown = own_pages(database, "north")
    assert (shown.slug, shown.settings.name, shown.settings.country) == (
        "north",
        "North Clinic",
        "gb",
    )
    assert read_own_pages(database, staff, START) == shown


def test_who_comes_uninvited_can_send_and_be_found(database: Database, staff: Staff):
    let_in(database, staff)
    made = come(database, "  Jo   Miller ")

    opened = open_invitation(database, made.secret, START)
    assert (opened.slug, opened.questionnaire) == ("north", NAME)
    assert (made.expires_at - START).days == UNINVITED_DAYS
    (row,) = list_invitations(database, staff, InvitationQuery(search="mil"), START).rows
    assert (row.label, row.is_uninvited, row.state) == ("Jo Miller", True, "opened")
    came = audit_of(database, staff.clinic_id)[0]
    assert came == (PATIENT, Action.CAME_UNINVITED, row.id, came[3])
    assert "Miller" not in came[3]
    revoke_invitation(database, staff, row.id, START)
    with pytest.raises(UnknownInvitationError):
        open_invitation(database, made.secret, START)


def test_marks_that_phones_put_around_a_name_are_left_out(database: Database, staff: Staff):
    let_in(database, staff)
    come(database, "\u202aJo\u200b \u2066Miller\u2069\u202c")
    (row,) = list_invitations(database, staff, InvitationQuery(), START).rows
    assert row.label == "Jo Miller"
    with pytest.raises(RefusedError):
        come(database, "\u202e\u200b")


@pytest.mark.parametrize(
    ("label", "name"), [("", NAME), ("x" * 81, NAME), ("a\x07b", NAME), ("Jo", "no")]
)
def test_what_cannot_be_used_leaves_nothing(
    database: Database, staff: Staff, label: str, name: str
):
    let_in(database, staff)
    before = len(deeds_of(database, staff.clinic_id))
    with pytest.raises(RefusedError):
        come(database, label, name=name)
    assert list_invitations(database, staff, InvitationQuery(), START).total == 0
    assert len(deeds_of(database, staff.clinic_id)) == before


def test_only_administrators_read_them_as_staff(database: Database, staff: Staff):
    let_in(database, staff)
    for role in (Role.CLINICIAN, Role.FRONT_DESK):
        with pytest.raises(StaffNotAllowedError):
            read_own_pages(database, make_staff(database, staff.clinic_id, role), START)
    let_in(database, staff, takes=False)
    assert read_own_pages(database, staff, START) is None
