"""Turns the staff, and the links that wait for them, into words."""

from __future__ import annotations

from dataclasses import dataclass

from fbss_app.clinic.day_words import day_words
from fbss_app.clinic.staff_state import ROLE_WORDS
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.staff.colleague_links import ColleagueLink
from fbss_app.server.services.clinic.staff.staff import StaffMember


@dataclass
class MemberView:
    """A member of the staff."""

    id: str
    name: str
    email: str
    role: str
    role_words: str
    about: str
    has_left: bool
    is_me: bool
    has_second_factor: bool


@dataclass
class LinkView:
    """A link that a colleague has not used yet."""

    id: str
    name: str
    email: str
    role_words: str
    about: str


def member_view(found: StaffMember, me: Staff) -> MemberView:
    """Put a member of the staff into words, as `me` sees them."""
    said: list[str] = []
    if found.ended_at:
        said.append(f"no access since {day_words(found.ended_at)}")
    elif found.last_log_in_at:
        said.append(f"last logged in {day_words(found.last_log_in_at)}")
    else:
        said.append("has not logged in yet")
    if not found.has_second_factor and not found.ended_at:
        said.append("no authenticator app yet")
    about = ", ".join(said)
    return MemberView(
        found.id,
        found.name,
        found.email,
        found.role.value,
        ROLE_WORDS[found.role],
        about[0].upper() + about[1:],
        found.ended_at is not None,
        found.id == me.id,
        found.has_second_factor,
    )


def link_view(found: ColleagueLink) -> LinkView:
    """Put a link into words."""
    about = f"Link works until {day_words(found.expires_at)}"
    if found.made_by_name:
        about += f", made by {found.made_by_name}"
    return LinkView(found.id, found.name, found.email, ROLE_WORDS[found.role], about)
