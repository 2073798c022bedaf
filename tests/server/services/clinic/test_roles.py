"""Who may do what: every use case of staff against every role, as one table."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from fbss_app.server.services.clinic import (
    audit_view,
    dashboard,
)
from fbss_app.server.services.clinic.audit import Action
from fbss_app.server.services.clinic.exports import (
    counts,
    exports,
    research,
    research_requests,
)
from fbss_app.server.services.clinic.invitations import (
    invitations,
    own_pages,
)
from fbss_app.server.services.clinic.invitations.invitations import InvitationQuery, invite
from fbss_app.server.services.clinic.permission import StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.settings import (
    logos,
    settings,
    webhooks,
)
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
from tests.server.builders import CANARY, START
from tests.server.logo_files import a_logo
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, make_submission

ALL = set(Role)
SEES_ANSWERS = {Role.ADMINISTRATOR, Role.CLINICIAN}
ADMINISTRATORS = {Role.ADMINISTRATOR}
LATER = START + timedelta(days=1)
BEGAN = START - timedelta(days=40)


class Ours:
    """A clinic with a submission, an invitation and somebody of each role."""

    def __init__(self, database: Database) -> None:
        clinic_id = make_clinic(database)
        self.staff = {role: make_staff(database, clinic_id, role) for role in Role}
        self.other = make_staff(database, clinic_id, Role.CLINICIAN)
        sent = make_submission(
            database, clinic_id, {"leg-pain": 10, "note": CANARY}, label="Patient 1"
        )
        self.submission = sent.id
        self.came = make_submission(database, clinic_id, is_uninvited=True).id
        administrator = self.staff[Role.ADMINISTRATOR]
        (made,) = invite(database, administrator, "small", [Invitee("A")], 60, START)
        self.invitation = made.id
        colleagues.invite_staff(database, administrator, "c@x.org", "C", "clinician", START)
        (waiting,) = colleague_links.list_colleague_links(database, administrator, START)
        self.link = waiting.id
        self.research = research_requests.ask_for_research(
            database, self.other, InboxQuery(), "An audit of leg pain", START
        )
        with database.unit_of_work() as unit:
            stored = unit.clinic(clinic_id).submissions.get(sent.id)
            assert stored is not None
            self.changed_at = stored.row.changed_at


Call = Callable[[Database, Staff, Ours], Any]

TABLE: dict[str, tuple[set[Role], Call]] = {
    "see the inbox": (
        ALL,
        lambda d, s, o: inbox.read_inbox(d, s, InboxQuery(), LATER, DEFINITIONS),
    ),
    "invite": (ALL, lambda d, s, o: invite(d, s, "small", [Invitee("B")], 60, LATER)),
    "list invitations": (
        ALL,
        lambda d, s, o: invitations.list_invitations(d, s, InvitationQuery(), LATER),
    ),
    "renew an invitation": (
        ALL,
        lambda d, s, o: invitations.renew_invitation(d, s, o.invitation, LATER),
    ),
    "end an invitation": (
        ALL,
        lambda d, s, o: invitations.revoke_invitation(d, s, o.invitation, LATER),
    ),
    "read answers": (
        SEES_ANSWERS,
        lambda d, s, o: review.read_response(d, DEFINITIONS, s, o.submission, LATER),
    ),
    "take the PDF": (
        SEES_ANSWERS,
        lambda d, s, o: review.response_pdf(d, DEFINITIONS, s, o.submission, LATER),
    ),
    "write a note": (
        SEES_ANSWERS,
        lambda d, s, o: review.write_note(d, s, o.submission, "words", LATER),
    ),
    "set the status": (
        SEES_ANSWERS,
        lambda d, s, o: review.set_status(d, s, o.submission, "in-progress", o.changed_at, LATER),
    ),
    "remove what came uninvited": (
        SEES_ANSWERS,
        lambda d, s, o: removal.remove_uninvited(d, s, o.came, o.changed_at, 30, LATER),
    ),
    "assign": (
        SEES_ANSWERS,
        lambda d, s, o: review.assign(d, s, o.submission, o.other.id, o.changed_at, LATER),
    ),
    "export a table": (
        SEES_ANSWERS,
        lambda d, s, o: list(exports.export_csv(d, DEFINITIONS, s, InboxQuery(), LATER)),
    ),
    "export FHIR": (
        SEES_ANSWERS,
        lambda d, s, o: exports.export_fhir(d, DEFINITIONS, s, InboxQuery(), LATER),
    ),
    "export counts": (
        SEES_ANSWERS,
        lambda d, s, o: counts.export_counts(d, DEFINITIONS, s, InboxQuery(), LATER),
    ),
    "export for research": (
        SEES_ANSWERS,
        lambda d, s, o: research.export_research(d, DEFINITIONS, s, o.research, LATER),
    ),
    "ask for a file for research": (
        SEES_ANSWERS,
        lambda d, s, o: research_requests.ask_for_research(
            d, s, InboxQuery(), "An audit of leg pain", LATER
        ),
    ),
    "see who asked for research": (
        SEES_ANSWERS,
        lambda d, s, o: research_requests.list_research_requests(d, s, LATER),
    ),
    "approve a file for research": (
        ADMINISTRATORS,
        lambda d, s, o: research_requests.approve_research(d, s, o.research, LATER),
    ),
    "refuse a file for research": (
        ADMINISTRATORS,
        lambda d, s, o: research_requests.refuse_research(d, s, o.research, LATER),
    ),
    "see the numbers": (
        SEES_ANSWERS,
        lambda d, s, o: dashboard.read_dashboard(d, s, BEGAN, LATER, LATER, DEFINITIONS),
    ),
    "see the staff": (ADMINISTRATORS, lambda d, s, o: colleagues.list_staff(d, s, LATER)),
    "let a colleague in": (
        ADMINISTRATORS,
        lambda d, s, o: colleagues.invite_staff(d, s, "new@x.org", "New", "clinician", LATER),
    ),
    "see links of colleagues": (
        ADMINISTRATORS,
        lambda d, s, o: colleague_links.list_colleague_links(d, s, LATER),
    ),
    "end a colleague's link": (
        ADMINISTRATORS,
        lambda d, s, o: colleague_links.end_colleague_link(d, s, o.link, LATER),
    ),
    "renew a colleague's link": (
        ADMINISTRATORS,
        lambda d, s, o: colleague_links.renew_colleague_link(d, s, o.link, LATER),
    ),
    "change a role": (
        ADMINISTRATORS,
        lambda d, s, o: colleagues.change_role(d, s, o.other.id, "front-desk", LATER),
    ),
    "end access": (ADMINISTRATORS, lambda d, s, o: colleagues.end_staff(d, s, o.other.id, LATER)),
    "give a password link": (
        ADMINISTRATORS,
        lambda d, s, o: colleagues.make_password_link(d, s, o.other.id, LATER),
    ),
    "see the settings": (ADMINISTRATORS, lambda d, s, o: settings.read_settings(d, s, LATER)),
    "see the own pages": (ADMINISTRATORS, lambda d, s, o: own_pages.read_own_pages(d, s, LATER)),
    "set the logo": (ADMINISTRATORS, lambda d, s, o: logos.set_logo(d, s, a_logo(), LATER)),
    "remove the logo": (ADMINISTRATORS, lambda d, s, o: logos.remove_logo(d, s, LATER)),
    "see the webhook": (ADMINISTRATORS, lambda d, s, o: webhooks.read_webhook(d, s, LATER)),
    "see the audit trail": (
        ADMINISTRATORS,
        lambda d, s, o: audit_view.read_audit_trail(d, s, audit_view.AuditQuery(), LATER),
    ),
    "take the audit trail": (
        ADMINISTRATORS,
        lambda d, s, o: list(audit_view.export_audit_trail(d, s, LATER)),
    ),
}


@pytest.fixture
def ours(database: Database) -> Ours:
    return Ours(database)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("what", TABLE)
def test_each_role_may_do_what_the_table_says_and_no_more(
    database: Database, ours: Ours, what: str, role: Role
):
    allowed, call = TABLE[what]
    staff = ours.staff[role]
    if role in allowed:
        try:
            call(database, staff, ours)
        except StaffNotAllowedError:
            pytest.fail(f"{role} may {what}")
        except RefusedError:
            # Allowed, and refused for another reason, such as too few people for research.
            return
    else:
        with pytest.raises(StaffNotAllowedError):
            call(database, staff, ours)
        administrator = ours.staff[Role.ADMINISTRATOR]
        query = audit_view.AuditQuery(actor=staff.id, action=Action.REFUSED)
        told = audit_view.read_audit_trail(database, administrator, query, LATER)
        assert len(told.entries) == 1


def test_the_front_desk_gets_no_answer_no_sign_and_no_urgency_from_anything(
    database: Database, ours: Ours
):
    desk = ours.staff[Role.FRONT_DESK]
    got: list[str] = []
    for _, call in TABLE.values():
        try:
            got.append(repr(call(database, desk, ours)))
        except RefusedError as refused:
            got.append(refused.message)
    found = "\n".join(got)
    assert "Patient 1" in found
    for secret in (CANARY, "The worst leg pain", "worst", "emergency"):
        assert secret not in found
