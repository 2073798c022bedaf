"""The list of invitations: what is shown of it, ending and renewing."""

from __future__ import annotations

from typing import Any

import reflex as rx

from fbss_app.clinic.form import text_of
from fbss_app.clinic.invitations.presenter import InvitationsView, invitations_view
from fbss_app.clinic.not_an_event import not_an_event
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.invitations import invitations as services
from fbss_app.server.services.clinic.roles import Staff


class InvitationsState(StaffState):
    """The page of invitations, as far as its list goes."""

    view: InvitationsView | None = None
    only: str = ""
    search: str = ""
    page: int = 1
    asks_to_end: str = ""
    asks_to_renew: str = ""

    @not_an_event
    async def show_list(self, staff: Staff) -> None:
        """Show the list as it is now."""
        query = services.InvitationQuery(self.only, self.search, self.page)
        now = server().now()
        found = await in_database(services.list_invitations, staff, query, now)
        self.page = found.page
        self.view = invitations_view(found, now, is_search=bool(self.search))

    @rx.event
    async def show_state(self, state: str) -> None:
        """Show another list."""
        staff = await self.checked_staff()
        self.only, self.page = state, 1
        self.asks_to_end = self.asks_to_renew = ""
        await self.show_list(staff)

    @rx.event
    async def find(self, form: dict[str, Any]) -> None:
        """Look for labels; with nothing to look for, show all again."""
        staff = await self.checked_staff()
        self.search, self.page, self.only = text_of(form, "search"), 1, ""
        await self.show_list(staff)

    @rx.event
    async def find_no_more(self) -> None:
        """Show the whole list again."""
        staff = await self.checked_staff()
        self.search, self.page, self.only = "", 1, ""
        await self.show_list(staff)

    @rx.event
    async def turn_page(self, by: int) -> None:
        """Go to the next page or the one before."""
        staff = await self.checked_staff()
        self.page = max(1, self.page + by)
        await self.show_list(staff)

    @rx.event
    async def ask_to_end(self, invitation_id: str) -> None:
        """Ask before an invitation ends; asking again takes the question back."""
        await self.checked_staff()
        self.asks_to_end = "" if self.asks_to_end == invitation_id else invitation_id
        self.asks_to_renew = ""

    @rx.event
    async def ask_to_renew(self, invitation_id: str) -> None:
        """Ask before a new link takes the place of the one that the patient has."""
        await self.checked_staff()
        self.asks_to_renew = "" if self.asks_to_renew == invitation_id else invitation_id
        self.asks_to_end = ""

    @rx.event
    async def end(self, invitation_id: str) -> None:
        """End an invitation."""
        staff = await self.checked_staff()
        await in_database(services.revoke_invitation, staff, invitation_id, server().now())
        self.asks_to_end = ""
        self.done = "The invitation is ended. Its link opens nothing any more."
        await self.show_list(staff)
