from datetime import timedelta
from threading import Barrier, Thread

import pytest

from fbss_app.server.services.clinic.audit import Entry, entry_of
from fbss_app.server.services.clinic.permission import StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.settings.logo_picture import LogoRefusedError, make_logo
from fbss_app.server.services.clinic.settings.logos import (
    Logo,
    NoLogoError,
    read_logo_picture,
    remove_logo,
    set_logo,
)
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START
from tests.server.logo_files import SVG, a_logo
from tests.server.services.clinic.seen_logos import read_logo
from tests.server.services.clinic.staff import make_clinic, make_staff

LATER = START + timedelta(days=1)


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_staff(database, make_clinic(database))


def told(database: Database, staff: Staff) -> list[Entry]:
    with database.unit_of_work() as unit:
        rows = unit.clinic(staff.clinic_id).audit.page(before=None, limit=9)
        return [entry_of(row) for row in reversed(rows)]


def test_logo_is_kept_for_everybody_to_see_and_the_trail_tells(database: Database, staff: Staff):
    assert read_logo(database, "north") is None
    logo = set_logo(database, staff, a_logo((960, 320)), START)
    assert logo == read_logo(database, "north")
    assert (logo.width, logo.height) == (480, 160)
    picture = read_logo_picture(database, "north")
    assert Logo(picture.width, picture.height, picture.digest) == logo
    assert picture == make_logo(a_logo((960, 320)))
    (entry,) = told(database, staff)
    assert (entry.action, entry.actor) == ("logo-changed", staff.id)
    assert entry.details == {"width": 480, "height": 160}


def test_another_logo_takes_the_place_of_the_first(database: Database, staff: Staff):
    set_logo(database, staff, a_logo(), START)
    logo = set_logo(database, staff, a_logo((200, 100)), LATER)
    assert read_logo(database, "north") == logo
    assert [entry.action for entry in told(database, staff)] == ["logo-changed"] * 2


def test_the_same_logo_again_changes_nothing(database: Database, staff: Staff):
    assert set_logo(database, staff, a_logo(), START) == set_logo(database, staff, a_logo(), LATER)
    assert len(told(database, staff)) == 1


def test_removed_logo_is_gone_and_the_trail_tells_once(database: Database, staff: Staff):
    set_logo(database, staff, a_logo(), START)
    remove_logo(database, staff, LATER)
    remove_logo(database, staff, LATER)
    assert read_logo(database, "north") is None
    with pytest.raises(NoLogoError):
        read_logo_picture(database, "north")
    assert [entry.action for entry in told(database, staff)] == ["logo-changed", "logo-removed"]


def test_refused_file_leaves_the_logo_as_it_is(database: Database, staff: Staff):
    before = set_logo(database, staff, a_logo(), START)
    with pytest.raises(LogoRefusedError):
        set_logo(database, staff, SVG, LATER)
    assert read_logo(database, "north") == before
    assert len(told(database, staff)) == 1


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK])
def test_only_administrators_set_and_remove_it(database: Database, staff: Staff, role: Role):
    before = set_logo(database, staff, a_logo(), START)
    other = make_staff(database, staff.clinic_id, role)
    with pytest.raises(StaffNotAllowedError):
        set_logo(database, other, a_logo((100, 100)), LATER)
    with pytest.raises(StaffNotAllowedError):
        remove_logo(database, other, LATER)
    assert read_logo(database, "north") == before
    assert [entry.action for entry in told(database, staff)][1:] == ["refused"] * 2


def test_logos_of_two_clinics_do_not_meet(database: Database, staff: Staff):
    other = make_staff(database, make_clinic(database, "south"))
    theirs = set_logo(database, other, a_logo((200, 100)), START)
    assert read_logo(database, "north") is None
    ours = set_logo(database, staff, a_logo(), START)
    remove_logo(database, staff, LATER)
    assert read_logo(database, "south") == theirs != ours


@pytest.mark.parametrize("slug", ["", "nobody", "North", "north ", "north' OR 1=1 --"])
def test_what_is_no_clinic_has_no_logo(database: Database, staff: Staff, slug: str):
    set_logo(database, staff, a_logo(), START)
    assert read_logo(database, slug) is None
    with pytest.raises(NoLogoError):
        read_logo_picture(database, slug)


def test_two_who_set_it_at_once_both_succeed(database: Database, staff: Staff):
    barrier, failures = Barrier(2), list[BaseException]()

    def set_it(size: int) -> None:
        barrier.wait()
        try:
            set_logo(database, staff, a_logo((size, 100)), START)
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=set_it, args=(size,)) for size in (100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    logo = read_logo(database, "north")
    assert logo is not None
    assert logo.width in (100, 200)
