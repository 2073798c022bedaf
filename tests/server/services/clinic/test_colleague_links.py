from datetime import timedelta

import pytest

from fbss_app.server.services.clinic.audit import Action
from fbss_app.server.services.clinic.permission import NotFoundError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.staff.colleague_links import (
    ColleagueLink,
    end_colleague_link,
    list_colleague_links,
    renew_colleague_link,
)
from fbss_app.server.services.clinic.staff.set_up import join_clinic, read_set_up_link
from fbss_app.server.services.clinic.staff.set_up_links import UnknownSetUpLinkError
from fbss_app.server.services.clinic.staff.staff import (
    change_role,
    end_staff,
    invite_staff,
    make_password_link,
)
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START
from tests.server.services.clinic.door import EMAIL, PASSWORD, audit_of, deeds_of
from tests.server.services.clinic.staff import make_clinic, make_staff

WEEK = timedelta(days=7)
LATER = START + timedelta(days=2)

pytestmark = pytest.mark.usefixtures("cheap_hashes")


@pytest.fixture
def administrator(database: Database) -> Staff:
    return make_staff(database, make_clinic(database))


def invite(database: Database, staff: Staff, email: str = EMAIL, role: str = "clinician") -> str:
    return invite_staff(database, staff, email, "Anna", role, START)


def works(database: Database, secret: str) -> bool:
    try:
        return bool(read_set_up_link(database, secret, LATER))
    except UnknownSetUpLinkError:
        return False


def test_link_waits_until_it_is_used_or_over(database: Database, administrator: Staff):
    secret = invite(database, administrator)
    (link,) = list_colleague_links(database, administrator, START)
    assert link == ColleagueLink(
        link.id, "Anna", EMAIL, Role.CLINICIAN, START + WEEK, administrator.name
    )
    assert list_colleague_links(database, administrator, START + WEEK) == []
    join_clinic(database, secret, "Anna", PASSWORD, LATER)
    assert list_colleague_links(database, administrator, LATER) == []


def test_links_of_other_kinds_are_not_in_the_list(database: Database, administrator: Staff):
    colleague = make_staff(database, administrator.clinic_id, Role.CLINICIAN)
    make_password_link(database, administrator, colleague.id, START)
    assert list_colleague_links(database, administrator, START) == []


def test_ended_link_lets_nobody_in(database: Database, administrator: Staff):
    secret = invite(database, administrator)
    (link,) = list_colleague_links(database, administrator, START)
    end_colleague_link(database, administrator, link.id, LATER)
    assert not works(database, secret)
    assert list_colleague_links(database, administrator, LATER) == []
    with pytest.raises(NotFoundError):
        end_colleague_link(database, administrator, link.id, LATER)
    assert [entry[1:3] for entry in deeds_of(database, administrator.clinic_id)] == [
        (Action.STAFF_INVITED, link.id),
        (Action.STAFF_LINK_ENDED, link.id),
        (Action.REFUSED, link.id),
    ]


def test_renewed_link_takes_the_place_of_the_one_before(database: Database, administrator: Staff):
    old = invite(database, administrator)
    other = make_staff(database, administrator.clinic_id)
    (link,) = list_colleague_links(database, administrator, START)
    new = renew_colleague_link(database, other, link.id, LATER)
    assert (works(database, old), works(database, new)) == (False, True)
    (renewed,) = list_colleague_links(database, administrator, LATER)
    assert (renewed.id, renewed.expires_at) == (link.id, LATER + WEEK)
    assert renewed.made_by_name == other.name
    assert join_clinic(database, new, "Anna", PASSWORD, LATER).name == "Anna"
    told = [(entry[0], entry[1]) for entry in audit_of(database, administrator.clinic_id)]
    assert (other.id, Action.STAFF_LINK_RENEWED) in told


def test_link_that_is_used_or_over_is_not_renewed(database: Database, administrator: Staff):
    secret = invite(database, administrator)
    (link,) = list_colleague_links(database, administrator, START)
    with pytest.raises(NotFoundError):
        renew_colleague_link(database, administrator, link.id, START + WEEK)
    join_clinic(database, secret, "Anna", PASSWORD, LATER)
    with pytest.raises(NotFoundError):
        renew_colleague_link(database, administrator, link.id, LATER)


def test_second_link_for_an_address_ends_the_first(database: Database, administrator: Staff):
    first = invite(database, administrator, role="administrator")
    elsewhere = invite(database, administrator, "else@example.org")
    second = invite(database, administrator, EMAIL.upper(), role="front-desk")
    assert [works(database, each) for each in (first, elsewhere, second)] == [False, True, True]
    found = list_colleague_links(database, administrator, START)
    assert {(each.email, each.role) for each in found} == {
        (EMAIL, Role.FRONT_DESK),
        ("else@example.org", Role.CLINICIAN),
    }


@pytest.mark.parametrize("how", ["end", "role"])
def test_links_end_with_the_power_of_whoever_made_them(
    database: Database, administrator: Staff, how: str
):
    """Otherwise they could come back by one that they made for themselves."""
    leaving = make_staff(database, administrator.clinic_id)
    colleague = make_staff(database, administrator.clinic_id, Role.CLINICIAN)
    own = invite(database, leaving, "myself@example.org", "administrator")
    reset = make_password_link(database, leaving, colleague.id, START)
    others = invite(database, administrator)
    if how == "end":
        end_staff(database, administrator, leaving.id, START)
    else:
        change_role(database, administrator, leaving.id, "clinician", START)
    assert not works(database, own)
    assert not works(database, reset)
    assert works(database, others)
    assert '"links": 2' in audit_of(database, administrator.clinic_id)[-1][3]


def test_link_of_another_clinic_is_not_there(database: Database, administrator: Staff):
    secret = invite(database, administrator)
    (link,) = list_colleague_links(database, administrator, START)
    stranger = make_staff(database, make_clinic(database, "south"))
    assert list_colleague_links(database, stranger, START) == []
    for act in (end_colleague_link, renew_colleague_link):
        with pytest.raises(NotFoundError):
            act(database, stranger, link.id, START)
    # The address belongs to whoever has it first, in each clinic by itself.
    invite(database, stranger)
    assert works(database, secret)
