"""Two clinics on one server: whatever one asks for, it finds and changes nothing of the other.

Every use case of staff is found by looking at the code. One that is in none of the lists here makes
this test fail, so that nobody adds one without saying how it is kept to its clinic.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, select

import fbss_app.server.services.clinic as package
from fbss_app.server.services.clinic import dashboard
from fbss_app.server.services.clinic.audit import Action
from fbss_app.server.services.clinic.audit_view import AuditQuery, read_audit_trail
from fbss_app.server.services.clinic.exports import (
    counts,
    exports,
    research,
    research_requests,
)
from fbss_app.server.services.clinic.invitations import invitations
from fbss_app.server.services.clinic.invitations.invitations import InvitationQuery, invite
from fbss_app.server.services.clinic.permission import NotFoundError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.staff import colleague_links
from fbss_app.server.services.clinic.staff import staff as colleagues
from fbss_app.server.services.clinic.submissions import (
    inbox,
    removal,
    review,
)
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from tests.server.builders import START
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, make_submission

SECRET_LABEL = "Zanzibar"
LATER = START + timedelta(days=1)


class Theirs:
    """What the other clinic has."""

    def __init__(self, database: Database) -> None:
        self.clinic_id = make_clinic(database, "south")
        self.staff = make_staff(database, self.clinic_id)
        self.colleague = make_staff(database, self.clinic_id, Role.CLINICIAN)
        self.submission = make_submission(
            database, self.clinic_id, {"leg-pain": 10}, label=SECRET_LABEL, is_uninvited=True
        ).id
        (made,) = invite(database, self.staff, "small", [Invitee(SECRET_LABEL)], 60, START)
        self.invitation = made.id
        colleagues.invite_staff(database, self.staff, "new@s.org", "Newcomer", "clinician", START)
        (waiting,) = colleague_links.list_colleague_links(database, self.staff, START)
        self.link = waiting.id
        self.research = research_requests.ask_for_research(
            database, self.colleague, InboxQuery(), "Zanzibar study of leg pain", START
        )
        with database.unit_of_work() as unit:
            stored = unit.clinic(self.clinic_id).submissions.get(self.submission)
            assert stored is not None
            self.changed_at = stored.row.changed_at


Call = Callable[[Database, Staff, Theirs], Any]

# Given an id of the other clinic, each of these must find nothing.
WITH_AN_ID: dict[str, Call] = {
    "review.read_response": lambda d, us, they: review.read_response(
        d, DEFINITIONS, us, they.submission, LATER
    ),
    "review.response_pdf": lambda d, us, they: review.response_pdf(
        d, DEFINITIONS, us, they.submission, LATER
    ),
    "review.write_note": lambda d, us, they: review.write_note(
        d, us, they.submission, "ours", LATER
    ),
    "review.set_status": lambda d, us, they: review.set_status(
        d, us, they.submission, "reviewed", they.changed_at, LATER
    ),
    "review.mark_reviewed": lambda d, us, they: review.mark_reviewed(
        d, us, they.submission, they.changed_at, LATER
    ),
    "removal.remove_uninvited": lambda d, us, they: removal.remove_uninvited(
        d, us, they.submission, they.changed_at, 30, LATER
    ),
    "review.assign": lambda d, us, they: review.assign(
        d, us, they.submission, us.id, they.changed_at, LATER
    ),
    "invitations.revoke_invitation": lambda d, us, they: invitations.revoke_invitation(
        d, us, they.invitation, LATER
    ),
    "invitations.renew_invitation": lambda d, us, they: invitations.renew_invitation(
        d, us, they.invitation, LATER
    ),
    "colleague_links.end_colleague_link": lambda d, us, they: colleague_links.end_colleague_link(
        d, us, they.link, LATER
    ),
    "colleague_links.renew_colleague_link": lambda d, us, they: (
        colleague_links.renew_colleague_link(d, us, they.link, LATER)
    ),
    "research.export_research": lambda d, us, they: research.export_research(
        d, DEFINITIONS, us, they.research, LATER
    ),
    "research_requests.approve_research": lambda d, us, they: research_requests.approve_research(
        d, us, they.research, LATER
    ),
    "research_requests.refuse_research": lambda d, us, they: research_requests.refuse_research(
        d, us, they.research, LATER
    ),
    "staff.change_role": lambda d, us, they: colleagues.change_role(
        d, us, they.colleague.id, Role.FRONT_DESK.value, LATER
    ),
    "staff.end_staff": lambda d, us, they: colleagues.end_staff(d, us, they.colleague.id, LATER),
    "staff.restore_staff": lambda d, us, they: colleagues.restore_staff(
        d, us, they.colleague.id, LATER
    ),
    "staff.make_password_link": lambda d, us, they: colleagues.make_password_link(
        d, us, they.colleague.id, LATER
    ),
    "staff.remove_second_factor": lambda d, us, they: colleagues.remove_second_factor(
        d, us, they.colleague.id, LATER
    ),
}
# Each of these lists or takes away what its own clinic has; nothing of the other may be in it.
LISTS: dict[str, Call] = {
    "inbox.read_inbox": lambda d, us, they: [
        inbox.read_inbox(d, us, query, LATER, DEFINITIONS)
        for query in (
            InboxQuery(),
            InboxQuery(search=SECRET_LABEL),
            InboxQuery(assigned_to=they.colleague.id),
        )
    ],
    "inbox.newest_change": lambda d, us, _: inbox.newest_change(d, us),
    "invitations.list_invitations": lambda d, us, _: [
        invitations.list_invitations(d, us, InvitationQuery(search=search), LATER)
        for search in ("", SECRET_LABEL)
    ],
    "exports.export_csv": lambda d, us, they: [
        b"".join(exports.export_csv(d, DEFINITIONS, us, chosen, LATER))
        for chosen in (InboxQuery(), [they.submission])
    ],
    "exports.export_fhir": lambda d, us, they: [
        exports.export_fhir(d, DEFINITIONS, us, chosen, LATER)
        for chosen in (InboxQuery(), [they.submission])
    ],
    "counts.export_counts": lambda d, us, they: counts.export_counts(
        d, DEFINITIONS, us, [they.submission], LATER
    ),
    "dashboard.read_dashboard": lambda d, us, _: dashboard.read_dashboard(
        d, us, START - timedelta(days=40), LATER, LATER, DEFINITIONS
    ),
    "review.assignable_staff": lambda d, us, _: review.assignable_staff(d, us),
    "colleague_links.list_colleague_links": lambda d, us, _: colleague_links.list_colleague_links(
        d, us, LATER
    ),
    "research_requests.list_research_requests": lambda d, us, _: (
        research_requests.list_research_requests(d, us, LATER)
    ),
    "staff.list_staff": lambda d, us, _: colleagues.list_staff(d, us, LATER),
    "audit_view.read_audit_trail": lambda d, us, they: read_audit_trail(
        d, us, AuditQuery(actor=they.staff.id), LATER
    ),
}
# These take no id from outside: they are about whoever asks, or about their clinic by itself.
ABOUT_THE_CALLER_OR_THEIR_CLINIC = {
    "audit_view.export_audit_trail",
    "emergency_access.unnoticed_letting_in",
    "exports.export_dictionary",
    "invitations.invite",
    "logos.set_logo",
    "logos.remove_logo",
    "research_requests.ask_for_research",
    "own_account.renew_recovery_codes",
    "own_account.change_own_password",
    "sessions.end_all_sessions",
    "sessions.open_sessions",
    "settings.read_settings",
    "own_pages.read_own_pages",
    "settings.change_settings",
    "staff.invite_staff",
    "webhooks.read_webhook",
    "webhooks.set_webhook",
    "webhooks.test_webhook",
    "webhooks.recent_deliveries",
}
# Parts of those above, which have no door of their own, and two whose own tests try other ids.
PARTS = {
    "colleagues.colleague",
    "colleagues.require_colleague",
    "colleagues.staff_locked",
    "inbox.wanted_of",
    "invitation_mail.mail_invitations",
    "invitation_sheet.invitation_sheet",
    "permission.require",
    "research_requests.approved_research",
    "permission.not_found",
    "sent_batches.select_for_export",
    "sent_batches.sent_in_batches",
    "told_views.tell_view",
}


def use_cases_of_staff() -> set[str]:
    found: set[str] = set()
    for module_info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(module_info.name)
        module_name = module_info.name.rpartition(".")[2]
        for name, function in vars(module).items():
            is_own = inspect.isfunction(function) and function.__module__ == module.__name__
            if not is_own or name.startswith("_") or module_name == "roles":
                continue
            takes = inspect.signature(function).parameters.values()
            if any(each.annotation in (Staff, "Staff") for each in takes):
                found.add(f"{module_name}.{name}")
    return found


def rows_of(engine: Engine, clinic_id: str) -> dict[str, list[Any]]:
    """Every row that names a clinic, but for its trail's own growing end."""
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: sorted(
                map(
                    repr,
                    connection.execute(select(table).where(table.c.clinic_id == clinic_id)).all(),
                )
            )
            for table in tables.sorted_tables
            if "clinic_id" in table.c
        }


@pytest.fixture
def theirs(database: Database) -> Theirs:
    return Theirs(database)


@pytest.fixture
def us(database: Database) -> Staff:
    """An administrator, who may do everything, in a clinic that has nothing yet."""
    return make_staff(database, make_clinic(database, "north"))


def test_every_use_case_of_staff_is_in_one_of_the_lists():
    listed = [*WITH_AN_ID, *LISTS, *ABOUT_THE_CALLER_OR_THEIR_CLINIC, *PARTS]
    assert len(listed) == len(set(listed))
    assert use_cases_of_staff() == set(listed)


@pytest.mark.parametrize("name", WITH_AN_ID)
def test_an_id_of_another_clinic_is_not_found_and_nothing_of_it_changes(
    database: Database, engine: Engine, us: Staff, theirs: Theirs, name: str
):
    before = rows_of(engine, theirs.clinic_id)
    with pytest.raises(NotFoundError):
        WITH_AN_ID[name](database, us, theirs)
    assert rows_of(engine, theirs.clinic_id) == before
    # The try stands in the own trail, not in that of the other clinic.
    trail = read_audit_trail(database, us, AuditQuery(action=Action.REFUSED), LATER)
    assert [entry.details["reason"] for entry in trail.entries] == ["not-found"]


@pytest.mark.parametrize("name", LISTS)
def test_nothing_of_another_clinic_is_in_any_list_or_file(
    database: Database, engine: Engine, us: Staff, theirs: Theirs, name: str
):
    before = rows_of(engine, theirs.clinic_id)
    try:
        found = repr(LISTS[name](database, us, theirs))
    except RefusedError as refused:
        found = refused.message
    secrets = (
        SECRET_LABEL,
        theirs.submission,
        theirs.invitation,
        theirs.staff.name,
        theirs.colleague.name,
        theirs.staff.email,
        theirs.link,
        theirs.research,
        "Newcomer",
        "The worst leg pain",
    )
    assert not [secret for secret in secrets if secret in found]
    assert rows_of(engine, theirs.clinic_id) == before
