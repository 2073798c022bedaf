from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from fbss_app.server.services.clinic.audit import entry_of
from fbss_app.server.services.clinic.dashboard import MonthCounts, read_dashboard
from fbss_app.server.services.clinic.invitations.invitations import invite
from fbss_app.server.services.clinic.permission import StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.submissions import review
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.settings import Settings
from tests.server.builders import START
from tests.server.services.clinic.patient import Patient
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, LEG, make_submission

SINCE = datetime(2026, 2, 1, tzinfo=UTC)
UNTIL = datetime(2026, 5, 1, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def clinic_id(database: Database) -> str:
    return make_clinic(database)


@pytest.fixture
def clinician(database: Database, clinic_id: str) -> Staff:
    return make_staff(database, clinic_id, Role.CLINICIAN)


def test_dashboard_counts_by_month(
    database: Database, clinic_id: str, clinician: Staff, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("fbss_app.server.services.clinic.dashboard._AT_ONCE", 2)
    sent = [
        make_submission(database, clinic_id, {LEG: pain}, minutes=minutes, now=now)
        for pain, minutes, now in [
            (2, 10, START),
            (4, 20, START),
            (9, 60, START),
            (5, 5, START + timedelta(days=35)),
            (1, 1, START + timedelta(days=90)),
        ]
    ]
    make_submission(database, clinic_id, {"note": "no number"}, minutes=30)
    review.mark_reviewed(database, clinician, sent[0].id, START, datetime(2026, 4, 2, tzinfo=UTC))

    found = read_dashboard(database, clinician, SINCE, UNTIL, NOW, DEFINITIONS)

    assert found.months == (
        # They are invited the day before, in February.
        MonthCounts("2026-02", 4, 0, 0, 0),
        MonthCounts("2026-03", 0, 4, 4, 0),
        MonthCounts("2026-04", 1, 1, 1, 1),
    )
    assert (found.invited, found.opened, found.sent, found.reviewed) == (5, 5, 5, 1)
    assert found.median_minutes == 20
    (score,) = found.scores
    assert score.title == "Leg pain"
    assert [(each.mean, each.people) for each in score.months] == [(None, 0), (5, 3), (None, 1)]


def test_trend_of_self_reports_leaves_out_what_a_helper_answered(
    database: Database, settings: Settings, clinic_id: str, clinician: Staff
):
    staff = make_staff(database, clinic_id)

    def sent(pain: int, **by: str) -> Patient:
        patient = Patient(database, settings)
        patient.answer({LEG: pain}, **by)
        (made,) = invite(database, staff, "small", [Invitee("Jo")], 60, START)
        patient.send(made)
        return patient

    def trend() -> list[tuple[float | None, int]]:
        found = read_dashboard(database, clinician, SINCE, UNTIL, NOW, DEFINITIONS)
        assert found.sent == 6
        (score,) = found.scores
        return [(each.mean, each.people) for each in score.months]

    for pain in (2, 4, 6):
        sent(pain)
    for perspective in ("proxy-own-view", "proxy-patient-view"):
        sent(10, author_role="helper", perspective=perspective)
    both = Patient(database, settings)
    both.answer({LEG: 8}, id=(given := str(uuid4())), author_role="helper")
    (made,) = invite(database, staff, "small", [Invitee("Jo")], 60, START)
    both.send(made)

    assert trend() == [(None, 0), (4, 3), (None, 0)]

    both.answer({LEG: 8}, confirms=given)
    both.send(made)

    assert trend() == [(None, 0), (5, 4), (None, 0)]


def test_dashboard_of_a_time_without_work_is_empty(database: Database, clinician: Staff):
    found = read_dashboard(database, clinician, SINCE, UNTIL, NOW)
    assert (found.sent, found.median_minutes, found.scores) == (0, None, ())
    assert len(found.months) == 3


def test_another_clinics_work_does_not_count(database: Database, clinic_id: str):
    make_submission(database, clinic_id)
    other = make_staff(database, make_clinic(database, "south"))
    found = read_dashboard(database, other, SINCE, UNTIL, NOW)
    assert (found.invited, found.opened, found.sent, found.scores) == (0, 0, 0, ())


@pytest.mark.parametrize("role", Role)
def test_who_may_look_and_what_the_trail_tells(database: Database, clinic_id: str, role: Role):
    staff = make_staff(database, clinic_id, role)
    if role is Role.FRONT_DESK:
        with pytest.raises(StaffNotAllowedError):
            read_dashboard(database, staff, SINCE, UNTIL, NOW)
    else:
        read_dashboard(database, staff, SINCE, UNTIL, NOW)
    with database.unit_of_work() as unit:
        (entry,) = map(entry_of, unit.clinic(clinic_id).audit.page(before=None, limit=9))
    assert entry.action == ("refused" if role is Role.FRONT_DESK else "dashboard-viewed")


@pytest.mark.parametrize(("since", "until"), [(UNTIL, SINCE), (SINCE, SINCE.replace(year=2050))])
def test_time_has_an_end(database: Database, clinician: Staff, since: datetime, until: datetime):
    with pytest.raises(RefusedError, match="ten years"):
        read_dashboard(database, clinician, since, until, NOW)
