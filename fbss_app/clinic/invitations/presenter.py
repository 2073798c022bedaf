"""Turns invitations into the words that their page shows. Knows nothing of Reflex."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fbss_app.server.services.clinic.invitation_list import InvitationLine
from fbss_app.server.services.clinic.invitations import (
    InvitationPage,
    InvitationSeen,
    NewInvitation,
)

STATE_WORDS = {
    "all": "All",
    "not-opened": "Not opened",
    "opened": "Answering",
    "sent": "Sent",
    "expired": "Over",
    "revoked": "Ended",
    "erased": "Deleted by the patient",
}


@dataclass
class InvitationView:
    """One invitation."""

    id: str
    label: str
    state: str
    state_words: str
    about: str
    can_end: bool
    can_renew: bool


@dataclass
class ListTab:
    """One of the lists, and how many are in it."""

    state: str
    words: str
    count: int


@dataclass
class InvitationsView:
    """A page of invitations."""

    rows: list[InvitationView]
    tabs: list[ListTab]
    total: int
    page: int
    pages: int


@dataclass
class PreviewLine:
    """One line of a list of people to invite, with what is wrong or odd about it."""

    number: int
    label: str
    email: str
    problems: list[str]


@dataclass
class MadeInvitation:
    """An invitation whose link can be shown, now and never again."""

    id: str
    label: str
    link: str


def invitations_view(page: InvitationPage) -> InvitationsView:
    """Put a page of invitations into words."""
    return InvitationsView(
        rows=[_row(each) for each in page.rows],
        tabs=[
            ListTab(
                state,
                words,
                sum(page.counts.values()) if state == "all" else page.counts.get(state, 0),
            )
            for state, words in STATE_WORDS.items()
        ],
        total=page.total,
        page=page.page,
        pages=page.pages,
    )


def preview_lines(lines: tuple[InvitationLine, ...]) -> list[PreviewLine]:
    """Put the lines of a list into words."""
    return [PreviewLine(each.number, each.label, each.email, list(each.problems)) for each in lines]


def made_invitations(made: tuple[NewInvitation, ...], address: str) -> list[MadeInvitation]:
    """Write the links of new invitations; the secret stands in the fragment.

    Args:
        made: The invitations.
        address: The address of the page that opens them.
    """
    return [MadeInvitation(each.id, each.label, f"{address}#{each.secret}") for each in made]


def _row(seen: InvitationSeen) -> InvitationView:
    return InvitationView(
        id=seen.id,
        label=seen.label,
        state=seen.state,
        state_words=STATE_WORDS[seen.state],
        about=_about(seen),
        can_end=seen.state in ("not-opened", "opened"),
        can_renew=seen.state in ("not-opened", "expired", "revoked"),
    )


def _about(seen: InvitationSeen) -> str:
    said = [f"invited {_day(seen.created_at)}"]
    if seen.mailed_at:
        said.append(f"e-mail sent {_day(seen.mailed_at)}")
    if seen.state in ("not-opened", "opened"):
        said.append(f"link works until {_day(seen.expires_at)}")
    text = ", ".join(said)
    return text[0].upper() + text[1:]


def _day(time: datetime) -> str:
    return f"{time.day} {time:%b %Y}"
