"""Turns the audit trail into the words that its page shows. Knows nothing of Reflex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fbss_app.clinic.response.presenter import moment
from fbss_app.server.services.clinic.audit import Action, Entry
from fbss_app.server.services.clinic.audit_view import AuditPage

ACTION_WORDS: Mapping[str, str] = {
    Action.CLINIC_FOUNDED: "Clinic set up",
    Action.SETTINGS_VIEWED: "Settings viewed",
    Action.SETTINGS_CHANGED: "Settings changed",
    Action.LOGO_CHANGED: "Logo changed",
    Action.LOGO_REMOVED: "Logo removed",
    Action.LOGGED_IN: "Logged in",
    Action.LOG_IN_FAILED: "Log-in failed",
    Action.LOGGED_OUT: "Logged out",
    Action.LOGGED_OUT_EVERYWHERE: "Logged out everywhere",
    Action.SECOND_FACTOR_SET_UP: "Authenticator app set up",
    Action.RECOVERY_CODE_USED: "Recovery code used",
    Action.PASSWORD_CHANGED: "Password changed",
    Action.SECOND_FACTOR_REMOVED: "Authenticator app removed",
    Action.RECOVERY_CODES_RENEWED: "Recovery codes renewed",
    Action.PASSWORD_LINK_MADE: "Link for a new password made",
    Action.STAFF_RESTORED: "Colleague's access given back",
    Action.STAFF_VIEWED: "Staff viewed",
    Action.OPERATOR_LET_IN: "Let in again by whoever runs this app",
    Action.STAFF_INVITED: "Colleague invited",
    Action.STAFF_LINK_ENDED: "Colleague's link ended",
    Action.STAFF_LINK_RENEWED: "Colleague's link made anew",
    Action.STAFF_JOINED: "Colleague joined",
    Action.STAFF_ROLE_CHANGED: "Role changed",
    Action.STAFF_ENDED: "Colleague's access ended",
    Action.INVITATIONS_VIEWED: "Invitations viewed",
    Action.PATIENT_INVITED: "Patient invited",
    Action.CAME_UNINVITED: "Patient came through your own pages",
    Action.INVITATION_REVOKED: "Invitation ended",
    Action.INVITATION_RENEWED: "Invitation renewed",
    Action.INVITATION_SENT: "Invitation e-mailed",
    Action.INVITATION_PRINTED: "Invitation printed",
    Action.INVITATION_OPENED: "Invitation opened",
    Action.ANSWERS_SENT: "Answers sent",
    Action.ANSWERS_ERASED: "Answers deleted by the patient",
    Action.ANSWERS_REMOVED: "Answers removed: not one of our patients",
    Action.INBOX_VIEWED: "Inbox viewed",
    Action.RESPONSE_VIEWED: "Answers viewed",
    Action.STATUS_CHANGED: "Status changed",
    Action.ASSIGNED: "Assigned",
    Action.NOTE_WRITTEN: "Note written",
    Action.EXPORTED: "Exported",
    Action.RESEARCH_VIEWED: "Requests for research viewed",
    Action.RESEARCH_ASKED: "Research file asked for",
    Action.RESEARCH_APPROVED: "Research file approved",
    Action.RESEARCH_REFUSED: "Research file refused",
    Action.DASHBOARD_VIEWED: "Numbers viewed",
    Action.AUDIT_VIEWED: "Audit trail viewed",
    Action.REFUSED: "Refused",
    Action.EXPIRED_DELETED: "Deleted because its time was over",
}


@dataclass
class EntryView:
    """One entry."""

    sequence: int
    time: str
    iso_time: str
    actor: str
    action: str
    details: str
    is_alert: bool


def entry_views(page: AuditPage) -> list[EntryView]:
    """Put a page of entries into words."""
    return [_entry(entry, page.actors) for entry in page.entries]


def _entry(entry: Entry, actors: Mapping[str, str]) -> EntryView:
    facts = [
        f"{name.replace('_', ' ')}: {value}" for name, value in entry.details.items() if value != ""
    ]
    if entry.subject:
        facts.append(f"id {entry.subject}")
    return EntryView(
        entry.sequence,
        moment(entry.at),
        entry.at.isoformat(),
        actors.get(entry.actor, "Somebody who is no longer known"),
        ACTION_WORDS.get(entry.action, entry.action),
        "; ".join(facts),
        entry.action in (Action.REFUSED, Action.LOG_IN_FAILED, Action.OPERATOR_LET_IN),
    )
