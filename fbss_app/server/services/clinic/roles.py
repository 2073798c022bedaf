"""Who of a clinic's staff may do what. Every permission is a predicate in this file."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody's work is."""

    ADMINISTRATOR = "administrator"
    CLINICIAN = "clinician"
    FRONT_DESK = "front-desk"


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of a clinic's staff who is logged in, and so may ask for things."""

    id: str
    clinic_id: str
    name: str
    email: str
    role: Role


def may_see_inbox(_staff: Staff) -> bool:
    """Say whether they see whose answers arrived, and what is done about them."""
    return True


def may_invite(_staff: Staff) -> bool:
    """Say whether they invite patients, and end or renew invitations."""
    return True


def may_see_answers(staff: Staff) -> bool:
    """Say whether they see what a patient answered, and anything worked out of it."""
    return staff.role in (Role.ADMINISTRATOR, Role.CLINICIAN)


def may_review(staff: Staff) -> bool:
    """Say whether they write notes, and say what has been done about answers."""
    return may_see_answers(staff)


def may_remove_uninvited(staff: Staff) -> bool:
    """Say whether they remove what somebody sent uninvited who is not a patient of the clinic.

    Whoever removes it must have looked at it: it may tell of an emergency.
    """
    return may_see_answers(staff)


def may_assign(staff: Staff) -> bool:
    """Say whether they say who looks after an answer set."""
    return may_see_answers(staff)


def may_export(staff: Staff) -> bool:
    """Say whether they take answers out of the app."""
    return may_see_answers(staff)


def may_approve_research(staff: Staff) -> bool:
    """Say whether they decide about files for research that somebody else asks for."""
    return staff.role is Role.ADMINISTRATOR


def may_see_dashboard(staff: Staff) -> bool:
    """Say whether they see counts, times and scores over time."""
    return may_see_answers(staff)


def may_change_settings(staff: Staff) -> bool:
    """Say whether they change what the clinic is called, keeps, asks and allows."""
    return staff.role is Role.ADMINISTRATOR


def may_manage_staff(staff: Staff) -> bool:
    """Say whether they let staff in, change their roles and end their log-ins."""
    return staff.role is Role.ADMINISTRATOR


def may_change_own_log_in(_staff: Staff) -> bool:
    """Say whether they choose a password and recovery codes for themselves."""
    return True


def may_see_audit_trail(staff: Staff) -> bool:
    """Say whether they see who did and saw what."""
    return staff.role is Role.ADMINISTRATOR
