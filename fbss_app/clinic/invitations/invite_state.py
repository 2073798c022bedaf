"""Inviting patients: what is typed or pasted, what is wrong with it, and the links that were made.

The links can be shown only now, so they stay until somebody puts them away or leaves the page.
"""

from __future__ import annotations

from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.form import problems_of, text_of
from fbss_app.clinic.invitations.presenter import (
    MadeInvitation,
    PreviewLine,
    made_invitations,
    made_words,
    preview_lines,
    preview_words,
    report_words,
    with_report,
)
from fbss_app.clinic.invitations.state import InvitationsState
from fbss_app.clinic.server_context import in_database, server
from fbss_app.server.services.clinic.invitations import invitations as services
from fbss_app.server.services.clinic.invitations.invitation_list import (
    InvitationList,
    email_problems,
    label_problems,
    read_list,
    read_one,
)
from fbss_app.server.services.clinic.invitations.invitation_mail import MailReport, mail_invitations
from fbss_app.server.services.clinic.invitations.invitations import Invitee
from fbss_app.server.services.clinic.invitations.new_invitation import USUAL_DAYS, NewInvitation
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.ui.error_summary import ProblemLink

_MAILS_AT_ONCE = 10


class InviteState(InvitationsState):
    """The page of invitations, as far as inviting goes."""

    is_inviting: bool = False
    is_many: bool = False
    problems: list[ProblemLink] = []
    label: str = ""
    email: str = ""
    people: str = ""
    days: str = str(USUAL_DAYS)
    preview: list[PreviewLine] = []
    preview_says: str = ""
    can_invite: bool = False
    made: list[MadeInvitation] = []
    made_says: str = ""
    to_mail: int = 0
    is_mailing: bool = False
    _invitees: tuple[Invitee, ...] = ()
    _new: tuple[NewInvitation, ...] = ()

    @rx.event
    async def on_load(self) -> None:
        """Show the list, and nothing of an earlier visit."""
        self.reset()
        await self.show_list(await self.checked_staff())

    @rx.event
    async def begin(self) -> None:
        """Open the form, or close it and forget what is in it."""
        await self.checked_staff()
        is_open, self.is_inviting = self.is_inviting, not self.is_inviting
        if is_open:
            self._forget()

    @rx.event
    async def choose(self, is_many: bool) -> None:
        """Invite one person, or many."""
        await self.checked_staff()
        self.is_many, self.problems, self.preview = is_many, [], []

    @rx.event
    async def check_one(self, form: dict[str, Any]) -> None:
        """Invite one person, or say what should be looked at first."""
        staff = await self.checked_staff()
        self.label, self.email = text_of(form, "label"), text_of(form, "email")
        self.days = text_of(form, "days")
        line = read_one(self.label, self.email)
        wrong = [FieldProblem("label", "label", each) for each in label_problems(line.label)]
        wrong += [FieldProblem("email", "label", each) for each in email_problems(line.email)]
        if not self._shows([*wrong, *self._wrong_days()]):
            await self._look(staff, InvitationList((line,)))

    @rx.event
    async def check_many(self, form: dict[str, Any]) -> None:
        """Read a list and show it, before anybody is invited."""
        staff = await self.checked_staff()
        self.people, self.days = str(form.get("people") or ""), text_of(form, "days")
        found = read_list(self.people)
        wrong = [FieldProblem("people", "label", found.problem)] if found.problem else []
        if not self._shows([*wrong, *self._wrong_days()]):
            await self._look(staff, found, always=True)

    @rx.event
    async def change(self) -> None:
        """Go back from what was read to the form, with everything that was typed."""
        await self.checked_staff()
        self.preview = []

    @rx.event
    async def invite(self) -> None:
        """Invite everybody who was shown."""
        staff = await self.checked_staff()
        if self._invitees:
            await self._invite(staff)

    @rx.event
    async def renew(self, invitation_id: str) -> None:
        """Make another link in place of one that was lost or is over."""
        staff = await self.checked_staff()
        now = server().now()
        new = await in_database(services.renew_invitation, staff, invitation_id, now)
        self.asks_to_renew = ""
        self._offer((new,))
        self.made_says = made_words((new,), in_place_of_another=True)
        await self.show_list(staff)

    @rx.event
    async def mail(self) -> Any:
        """Send the links by e-mail to those whose address was given, a few at a time."""
        if self.is_mailing:
            return
        self.is_mailing = True
        yield
        total = MailReport(())
        try:
            waiting = [each for each in self._new if each.email]
            while waiting and not total.problem:
                some, waiting = waiting[:_MAILS_AT_ONCE], waiting[_MAILS_AT_ONCE:]
                staff = await self.checked_staff()
                now, settings = server().now(), server().settings
                report = await in_database(mail_invitations, settings, staff, some, now)
                total = total.joined(report)
                # Whoever was written to is not written to again.
                self._new = tuple(each for each in self._new if each.id not in total.sent)
                self.made = with_report(self.made, report)
                self.to_mail = len([each for each in self._new if each.email])
                yield
            self.done, self.problem = report_words(total), total.problem
            await self.show_list(await self.checked_staff(touch=False))
        finally:
            self.is_mailing = False

    @rx.event
    async def put_away(self) -> None:
        """Forget the links, and show the list as it is by now."""
        staff = await self.checked_staff()
        self._forget()
        await self.show_list(staff)

    async def _look(self, staff: Staff, found: InvitationList, *, always: bool = False) -> None:
        self._invitees = tuple(Invitee(each.label, each.email) for each in found.rows)
        if not always and not any(each.warnings for each in found.rows):
            await self._invite(staff)
            return
        self.can_invite = found.is_good
        self.preview, self.preview_says = preview_lines(found.rows), preview_words(found.rows)

    async def _invite(self, staff: Staff) -> None:
        try:
            new = await in_database(
                services.invite,
                staff,
                routes.PRIMARY_QUESTIONNAIRE,
                self._invitees,
                int(self.days),
                server().now(),
            )
        except RefusedError as error:
            self.problems, self.preview = problems_of(error), []
            return
        self._forget()
        self._offer(new)
        # At the top of the whole list: in the one that was looked at nobody new may belong.
        self.only, self.search, self.page = "", "", 1
        await self.show_list(staff)

    def _offer(self, new: tuple[NewInvitation, ...]) -> None:
        self._new = new
        self.made = made_invitations(new, f"{server().settings.public_url}{routes.INVITED}")
        self.made_says = made_words(new)
        has_server = server().settings.smtp_url is not None
        self.to_mail = len([each for each in new if each.email]) if has_server else 0

    def _shows(self, problems: list[FieldProblem]) -> bool:
        self.problems = problems_of(RefusedError("", "", problems=problems)) if problems else []
        return bool(problems)

    def _wrong_days(self) -> list[FieldProblem]:
        least, most = services.LEAST_DAYS, services.MOST_DAYS
        is_number = self.days.isascii() and self.days.isdigit() and len(self.days) < 6
        if is_number and least <= int(self.days) <= most:
            return []
        message = f"Enter a whole number of days from {least} to {most}"
        return [FieldProblem("days", "not-a-number", message)]

    def _forget(self) -> None:
        self.is_inviting = self.can_invite = False
        self.label = self.email = self.people = ""
        self.days = str(USUAL_DAYS)
        self.problems, self.preview, self.made = [], [], []
        self._invitees, self._new, self.to_mail = (), (), 0
