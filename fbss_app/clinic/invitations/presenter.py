"""Turns invitations into the words that their page shows. Knows nothing of Reflex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fbss_app.clinic.day_words import day_words
from fbss_app.clinic.found_words import found_words, tab_count
from fbss_app.server.services.clinic.invitations.invitation_list import InvitationLine
from fbss_app.server.services.clinic.invitations.invitation_mail import MailReport
from fbss_app.server.services.clinic.invitations.invitations import (
    InvitationPage,
    InvitationSeen,
)
from fbss_app.server.services.clinic.invitations.new_invitation import NewInvitation

STATE_WORDS = {
    "": "All",
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
    renewed: str


@dataclass
class ListTab:
    """One of the lists, and how many are in it."""

    state: str
    words: str
    count: str


@dataclass
class InvitationsView:
    """A page of invitations."""

    rows: list[InvitationView]
    tabs: list[ListTab]
    total: int
    page: int
    pages: int
    found: str


@dataclass
class PreviewLine:
    """One line of a list of people to invite, with what is wrong or odd about it."""

    number: int
    label: str
    email: str
    problems: list[str]
    warnings: list[str]


@dataclass
class MadeInvitation:
    """An invitation whose link can be shown, now and never again."""

    id: str
    label: str
    link: str
    secret: str
    email: str
    mail_words: str


def invitations_view(page: InvitationPage, now: datetime, *, is_search: bool) -> InvitationsView:
    """Put a page of invitations into words; `now` is when a new link would be made."""
    counts = {**page.counts, "": sum(page.counts.values())}
    return InvitationsView(
        rows=[_row(each, now) for each in page.rows],
        tabs=[
            ListTab(state, words, tab_count(counts.get(state, 0), page.counted_to))
            for state, words in STATE_WORDS.items()
        ],
        total=page.total,
        page=page.page,
        pages=page.pages,
        found=found_words(page.total, page.counted_to, "invitation", is_search=is_search),
    )


def preview_lines(lines: Sequence[InvitationLine]) -> list[PreviewLine]:
    """Put the lines of a list into words, those first that need another look."""
    wanting = sorted(lines, key=lambda line: (not line.problems, not line.warnings))
    return [
        PreviewLine(each.number, each.label, each.email, list(each.problems), list(each.warnings))
        for each in wanting
    ]


def preview_words(lines: Sequence[InvitationLine]) -> str:
    """Say in a sentence what is to be invited, or how much is in the way."""
    wrong = sum(bool(line.problems) for line in lines)
    odd = sum(bool(line.warnings) for line in lines)
    if wrong:
        return f"{_count(wrong, 'line')} of {len(lines)} must be put right. Nobody is invited yet."
    said = f"{_count(len(lines), 'person', 'people')} to invite."
    return f"{said} Please look at {_count(odd, 'line')} again." if odd else said


def made_invitations(made: Sequence[NewInvitation], address: str) -> list[MadeInvitation]:
    """Write the links of new invitations; the secret stands in the fragment.

    Args:
        made: The invitations.
        address: The address of the page that opens them.
    """
    return [
        MadeInvitation(
            each.id, each.label, f"{address}#{each.secret}", each.secret, each.email, each.email
        )
        for each in made
    ]


def made_words(made: Sequence[NewInvitation], *, in_place_of_another: bool = False) -> str:
    """Say how many were made, and until when they work."""
    until = day_words(made[0].expires_at)
    if in_place_of_another:
        return f"The new link for {made[0].label} works until {until}"
    if len(made) == 1:
        return f"The link for {made[0].label} works until {until}"
    return f"{len(made)} links are made. They work until {until}"


def with_report(made: Sequence[MadeInvitation], report: MailReport) -> list[MadeInvitation]:
    """Say at each invitation what became of its e-mail."""
    told = dict.fromkeys(report.sent, "E-mail sent") | dict(report.failed)
    return [
        MadeInvitation(
            each.id,
            each.label,
            each.link,
            each.secret,
            each.email,
            told.get(each.id, each.mail_words),
        )
        for each in made
    ]


def report_words(report: MailReport) -> str:
    """Say what became of the e-mails."""
    said = f"{_count(len(report.sent), 'e-mail')} sent."
    if report.failed:
        said += f" {_count(len(report.failed), 'e-mail')} could not be sent: see below."
    return said


def _row(seen: InvitationSeen, now: datetime) -> InvitationView:
    return InvitationView(
        id=seen.id,
        label=seen.label,
        state=seen.state,
        state_words=STATE_WORDS[seen.state],
        about=_about(seen),
        can_end=seen.state in ("not-opened", "opened"),
        can_renew=seen.state in ("not-opened", "opened", "expired", "revoked"),
        renewed=f"{_count(seen.days, 'day')}, until {day_words(now + timedelta(days=seen.days))}",
    )


def _about(seen: InvitationSeen) -> str:
    how = "came through your own pages" if seen.is_uninvited else "invited"
    said = [f"{how} {day_words(seen.created_at)}"]
    if seen.mailed_at:
        said.append(f"e-mail sent {day_words(seen.mailed_at)}")
    if seen.answered_at and seen.state == "sent":
        said.append(f"answers sent {day_words(seen.answered_at)}")
    if seen.state in ("not-opened", "opened"):
        said.append(f"link works until {day_words(seen.expires_at)}")
    text = ", ".join(said)
    return text[0].upper() + text[1:]


def _count(count: int, one: str, many: str = "") -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {many or one + 's'}"
