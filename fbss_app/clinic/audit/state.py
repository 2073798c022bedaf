"""The audit trail: what was asked for, and the page of it that was found."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import reflex as rx

from fbss_app.clinic.audit.presenter import EntryView, entry_views
from fbss_app.clinic.form import text_of
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.audit_view import AuditQuery, read_audit_trail


class AuditState(StaffState):
    """The page of the audit trail."""

    entries: list[EntryView] = []
    actors: list[tuple[str, str]] = []
    is_loaded: bool = False
    has_more: bool = False
    actor: str = ""
    action: str = ""
    since: str = ""
    until: str = ""
    _before: int | None = None

    async def _read(self, *, more: bool = False) -> None:
        staff = await self.checked_staff()
        query = AuditQuery(
            self.actor,
            self.action,
            _day(self.since),
            _day(self.until, after=1),
            self._before if more else None,
        )
        page = await in_database(read_audit_trail, staff, query, server().now())
        found = entry_views(page)
        self.entries = [*self.entries, *found] if more else found
        self.actors = sorted(page.actors.items(), key=lambda each: each[1].casefold())
        self._before, self.has_more = page.next_before, page.next_before is not None
        self.is_loaded = True
        self.alert = ""

    @rx.event
    async def on_load(self) -> None:
        """Show the newest entries."""
        self.actor = self.action = self.since = self.until = ""
        self.is_loaded = False
        await self._read()

    @rx.event
    async def filter(self, form: dict[str, Any]) -> None:
        """Show only some entries."""
        self.actor, self.action = text_of(form, "actor"), text_of(form, "action")
        self.since, self.until = text_of(form, "since"), text_of(form, "until")
        await self._read()

    @rx.event
    async def show_more(self) -> None:
        """Show the entries before those that are shown."""
        await self._read(more=True)


def _day(text: str, after: int = 0) -> datetime | None:
    """Read a day as a date field gives it; None where it holds none."""
    try:
        day = date.fromisoformat(text) + timedelta(days=after)
    except (ValueError, OverflowError):
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
