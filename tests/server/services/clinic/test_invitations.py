import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.clinic.audit import Action
from fbss_app.server.services.clinic.invitations import invitations as invitation_service
from fbss_app.server.services.clinic.invitations.invitations import (
    MOST_DAYS,
    PAGE_SIZE,
    InvitationPage,
    InvitationQuery,
    invite,
    list_invitations,
    renew_invitation,
    revoke_invitation,
)
from fbss_app.server.services.clinic.invitations.new_invitation import USUAL_DAYS, NewInvitation
from fbss_app.server.services.clinic.labels import marks_of_search
from fbss_app.server.services.clinic.permission import NotFoundError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.submissions.submissions import (
    UnknownInvitationError,
    open_invitation,
)
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.retention import delete_expired
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic import label_marks
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.server.storage.repositories.clinic.label_marks import Marked
from tests.bench.inbox import fill
from tests.server.builders import START, make_keys
from tests.server.query_plans import plan_of
from tests.server.services.clinic.door import audit_of, deeds_of
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import make_submission

JO = Invitee("Jo 17", "jo@example.org")


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_staff(database, make_clinic(database), Role.FRONT_DESK)


def ask(
    database: Database, staff: Staff, *people: Invitee, days: int = 30, now: datetime = START
) -> tuple[NewInvitation, ...]:
    return invite(database, staff, "small", people or (JO,), days, now)


def listed(database: Database, staff: Staff, now: datetime = START, **query) -> InvitationPage:
    return list_invitations(database, staff, InvitationQuery(**query), now)


def told(database: Database, staff: Staff) -> list[str]:
    return [action for _, action, _, _ in deeds_of(database, staff.clinic_id)]


def test_front_desk_invites_and_the_secret_is_known_once(
    database: Database, staff: Staff, engine: Engine
):
    (made,) = ask(database, staff, Invitee("  Jo   17 ", " jo@example.org "))
    assert (made.label, made.email) == ("Jo 17", "jo@example.org")
    assert made.expires_at == START + timedelta(days=30)
    assert len(made.secret) == 43
    (row,) = listed(database, staff).rows
    assert (row.label, row.email, row.state) == ("Jo 17", "jo@example.org", "not-opened")
    with engine.connect() as connection:
        kept = str(connection.execute(text("SELECT * FROM invitation")).all())
    assert hash_secret(made.secret) in kept
    assert made.secret not in kept
    assert "Jo" not in kept
    assert "example" not in kept
    assert "Jo" not in str(audit_of(database, staff.clinic_id))


def test_all_are_invited_or_nobody(database: Database, staff: Staff):
    with pytest.raises(RefusedError) as refused:
        ask(database, staff, JO, Invitee("x" * 81), Invitee("Al", "nobody"), Invitee(" "))
    messages = [each.message for each in refused.value.problems]
    assert len(messages) == 3
    assert messages[0].startswith("Person 2: ")
    assert listed(database, staff).total == 0
    assert told(database, staff) == []


@pytest.mark.parametrize("days", [0, MOST_DAYS + 1])
def test_time_has_bounds(database: Database, staff: Staff, days: int):
    with pytest.raises(RefusedError) as refused:
        ask(database, staff, days=days)
    assert [each.where for each in refused.value.problems] == ["days"]


def test_too_many_at_once_are_refused(database: Database, staff: Staff):
    with pytest.raises(RefusedError):
        ask(database, staff, *(Invitee(f"P {number}") for number in range(501)))


def test_pages_and_tabs_count_the_same(database: Database, staff: Staff):
    made = ask(database, staff, *(Invitee(f"Person {at:02}") for at in range(PAGE_SIZE + 3)))
    ask(database, staff, Invitee("Other"), days=1, now=START - timedelta(days=2))
    revoke_invitation(database, staff, made[0].id, START)
    open_invitation(database, made[1].secret, START)

    everyone = listed(database, staff)
    assert (everyone.total, everyone.pages) == (PAGE_SIZE + 4, 2)
    assert everyone.counts == {
        "not-opened": PAGE_SIZE + 1,
        "opened": 1,
        "sent": 0,
        "expired": 1,
        "revoked": 1,
        "erased": 0,
    }
    seen = [*everyone.rows, *listed(database, staff, page=2).rows]
    assert [row.label for row in seen] == [*(each.label for each in made), "Other"]
    assert len({row.id for row in seen}) == everyone.total
    assert listed(database, staff, page=99).page == 2
    for state, count in everyone.counts.items():
        found = listed(database, staff, state=state)
        assert found.total == count
        assert {row.state for row in found.rows} <= {state}
    searched = listed(database, staff, search="other")
    assert [row.state for row in searched.rows] == ["expired"]
    assert searched.total == 1


def test_search_that_finds_very_many_counts_and_shows_only_so_many(
    database: Database, staff: Staff, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(label_marks, "FEW", 4)
    monkeypatch.setattr(invitation_service, "MOST_COUNTED", 4)
    monkeypatch.setattr(invitation_service, "PAGE_SIZE", 2)
    made = ask(database, staff, *(Invitee(f"Person {at}") for at in range(8)))
    for each in made[:2]:
        revoke_invitation(database, staff, each.id, START)
    found = listed(database, staff, search="pers", page=99)
    assert (found.counts["not-opened"], found.counts["revoked"]) == (5, 2)
    assert (found.counted_to, found.page, found.pages) == (4, 2, 2)
    assert [row.label for row in found.rows] == ["Person 2", "Person 3"]
    revoked = listed(database, staff, search="pers", state="revoked")
    assert [row.label for row in revoked.rows] == ["Person 0", "Person 1"]
    assert listed(database, staff).counted_to is None


@pytest.mark.parametrize("state", ["", "expired"])
@pytest.mark.parametrize("search", ["", "pa"])
def test_list_comes_from_an_index_alone(
    database: Database, staff: Staff, engine: Engine, state: str, search: str
):
    fill(database, staff.clinic_id, [staff], 2000)
    found = None
    if search:
        found = Marked(marks_of_search(make_keys(), staff.clinic_id, search))
    with database.unit_of_work() as unit:
        invitations = unit.clinic(staff.clinic_id).invitations
        statement = invitations.page_of_ids(state, found, START, 1000, PAGE_SIZE)
    written = str(statement.compile(engine, compile_kwargs={"literal_binds": True}))
    steps = plan_of(engine, written)
    (step,) = [each for each in steps if not each.table.startswith("label_mark")]
    assert (step.index, step.is_covering) == ("ix_invitation_newest", True)
    for each in steps:
        assert each.index, steps


def test_ended_link_opens_nothing_and_ending_again_tells_nothing(database: Database, staff: Staff):
    (made,) = ask(database, staff)
    for _ in range(2):
        revoke_invitation(database, staff, made.id, START)
    with pytest.raises(UnknownInvitationError):
        open_invitation(database, made.secret, START)
    assert told(database, staff) == [Action.PATIENT_INVITED, Action.INVITATION_REVOKED]


@pytest.mark.parametrize("what", ["opened", "revoked", "expired"])
def test_renewed_invitation_has_another_link_and_begins_anew(
    database: Database, staff: Staff, what: str
):
    (made,) = ask(database, staff, days=3)
    now = START
    if what == "opened":
        open_invitation(database, made.secret, now)
    if what == "revoked":
        revoke_invitation(database, staff, made.id, now)
    if what == "expired":
        now += timedelta(days=3)
    assert listed(database, staff, now).rows[0].state == what

    renewed = renew_invitation(database, staff, made.id, now)

    assert (renewed.id, renewed.label, renewed.email) == (made.id, "Jo 17", "jo@example.org")
    (row,) = listed(database, staff, now).rows
    assert (row.state, row.expires_at) == ("not-opened", now + timedelta(days=3))
    assert open_invitation(database, renewed.secret, now).questionnaire == "small"
    with pytest.raises(UnknownInvitationError):
        open_invitation(database, made.secret, now)
    assert Action.INVITATION_RENEWED in told(database, staff)


def test_invitation_renewed_again_and_again_keeps_its_length(database: Database, staff: Staff):
    (made,) = ask(database, staff, days=MOST_DAYS)
    for passed in (timedelta(days=1), timedelta(days=100)):
        now = START + passed
        assert renew_invitation(database, staff, made.id, now).expires_at == now + timedelta(
            days=MOST_DAYS
        )
    assert listed(database, staff).rows[0].days == MOST_DAYS
    assert json.loads(deeds_of(database, staff.clinic_id)[-1][3]) == {"days": MOST_DAYS}


def test_invitation_from_before_lengths_were_kept_gets_the_usual_one(
    database: Database, staff: Staff, engine: Engine
):
    (made,) = ask(database, staff, days=5)
    with engine.begin() as connection:
        connection.execute(text("UPDATE invitation SET days = NULL"))
    assert listed(database, staff).rows[0].days == USUAL_DAYS
    renewed = renew_invitation(database, staff, made.id, START)
    assert renewed.expires_at == START + timedelta(days=USUAL_DAYS)


def test_answered_invitation_is_not_renewed(database: Database, staff: Staff):
    sent = make_submission(database, staff.clinic_id)
    with database.unit_of_work() as unit:
        found = unit.clinic(staff.clinic_id).invitations.get(sent.invitation_id)
        assert found
        found.row.answered_at = START
    with pytest.raises(RefusedError, match="Make a new one"):
        renew_invitation(database, staff, sent.invitation_id, START)


def test_another_clinic_sees_ends_and_renews_nothing(database: Database, staff: Staff):
    (made,) = ask(database, staff)
    other = make_staff(database, make_clinic(database, "south"))
    assert listed(database, other).total == 0
    assert listed(database, other, search="Jo").total == 0
    with pytest.raises(NotFoundError):
        revoke_invitation(database, other, made.id, START)
    with pytest.raises(NotFoundError):
        renew_invitation(database, other, made.id, START)
    assert open_invitation(database, made.secret, START).is_used is False
    # Tried, not done: the trail of whoever tried says so.
    assert told(database, other) == [Action.REFUSED, Action.REFUSED]
    assert told(database, staff) == [Action.PATIENT_INVITED, Action.INVITATION_OPENED]


def test_unanswered_invitation_is_forgotten_a_month_after_it_ended(
    database: Database, staff: Staff
):
    ask(database, staff, days=10)
    over = START + timedelta(days=10)
    assert delete_expired(database, over + timedelta(days=29)).invitations_deleted == 0
    assert listed(database, staff, over).rows[0].state == "expired"
    assert delete_expired(database, over + timedelta(days=30)).invitations_deleted == 1
    assert listed(database, staff, search="Jo").total == 0
