"""The inbox: what was asked for, what was found, and news as they arrive."""

from __future__ import annotations

import asyncio
from typing import Any, Literal, cast

import reflex as rx

from fbss_app.clinic.form import text_of
from fbss_app.clinic.inbox.presenter import InboxView, inbox_view
from fbss_app.clinic.live import is_connected
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.staff.sessions import SignedOutError
from fbss_app.server.services.clinic.submissions.inbox import (
    WAYS,
    Came,
    InboxQuery,
    Sort,
    Status,
    newest_change,
    read_inbox,
)
from fbss_app.server.services.refusal import RefusedError

_LOOK_EVERY_SECONDS = 3


class InboxState(StaffState):
    """The page of what was sent."""

    view: InboxView | None = None
    status: Status | Literal["all"] = "new"
    search: str = ""
    sort: Sort | Literal[""] = ""
    assigned: str = ""
    came: Came | Literal[""] = ""
    page: int = 1
    _seen: str = ""
    _watches: int = 0

    async def _show(self, *, touch: bool = True) -> None:
        staff = await self.checked_staff(touch=touch)
        assigned = {"me": staff.id}.get(self.assigned, self.assigned or None)
        query = InboxQuery(
            status=self.status,
            assigned_to=assigned,
            came=self.came or None,
            search=self.search,
            sort=self.sort or ("newest" if self.status == "all" else "urgency"),
            page=self.page,
        )
        now = server().now()
        self._seen = str(await in_database(newest_change, staff))
        found = await in_database(read_inbox, staff, query, now, server().questionnaires)
        self.page = found.page
        self.view = inbox_view(found, now, is_search=bool(self.search))

    @rx.event
    async def on_load(self) -> Any:
        """Show the list, and look out for news from now on."""
        await self._show()
        self._watches += 1
        return InboxState.watch(self._watches)

    @rx.event
    async def show_status(self, status: Status | Literal["all"]) -> None:
        """Show another list."""
        self.status, self.page, self.sort = status, 1, ""
        await self._show()

    @rx.event
    async def find(self, form: dict[str, Any]) -> None:
        """Look for labels; with nothing to look for, show all again."""
        self.search, self.page = text_of(form, "search"), 1
        if self.search:
            self.status = "all"
        await self._show()

    @rx.event
    async def find_no_more(self) -> None:
        """Show the whole list again."""
        self.search, self.page, self.status = "", 1, "new"
        await self._show()

    @rx.event
    async def sort_by(self, sort: str) -> None:
        """Sort otherwise."""
        self.sort, self.page = cast("Sort", sort), 1
        await self._show()

    @rx.event
    async def filter_assigned(self, assigned: str) -> None:
        """Show what one person looks after, or nobody, or everybody."""
        self.assigned, self.page = assigned, 1
        await self._show()

    @rx.event
    async def filter_came(self, came: str) -> None:
        """Show who was invited, or who came by themselves, or both."""
        # From a browser anything could come.
        self.came, self.page = cast("Came", came) if came in WAYS else "", 1
        await self._show()

    @rx.event
    async def turn_page(self, by: int) -> None:
        """Go to the next page or the one before."""
        self.page = max(1, self.page + by)
        await self._show()

    @rx.event(background=True)
    async def watch(self, number: int) -> Any:
        """Show what arrives while the page is open; ends with it, and with the log-in."""
        while True:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            async with self:
                if self._watches != number or not is_connected(self):
                    return None
                try:
                    # Looking out is not doing something: the time to be logged out runs on.
                    staff = await self.checked_staff(touch=False)
                    if str(await in_database(newest_change, staff)) != self._seen:
                        await self._show(touch=False)
                except SignedOutError:
                    break
                except RefusedError:
                    # A database that is busy; the next look may find it well.
                    continue
        return StaffState.sign_out
