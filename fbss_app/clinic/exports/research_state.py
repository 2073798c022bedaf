"""Files for research: asking for one, and deciding about those that others ask for."""

from __future__ import annotations

from typing import Any

import reflex as rx

from fbss_app.clinic.exports.research_presenter import RequestView, request_views
from fbss_app.clinic.form import problems_of, text_of
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.exports import research_requests as services
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.refusal import RefusedError
from fbss_app.ui.error_summary import ProblemLink


class ResearchState(StaffState):
    """The page of exports, as far as files for research go."""

    requests: list[RequestView] = []
    problems: list[ProblemLink] = []

    async def _show(self, staff: Staff) -> None:
        found = await in_database(services.list_research_requests, staff, server().now())
        self.requests = request_views(found, staff)

    @rx.event
    async def on_load(self) -> None:
        """Show what was asked for."""
        self.requests, self.problems = [], []
        # What went wrong with a file is told by the page's own state.
        await self._show(await self.checked_staff(touch=False))

    @rx.event
    async def ask(self, form: dict[str, Any]) -> None:
        """Ask for a file."""
        staff = await self.checked_staff()
        self.problems = []
        query = services.read_query(
            text_of(form, "research-status"), text_of(form, "research-urgency")
        )
        purpose, now = text_of(form, "purpose"), server().now()
        try:
            await in_database(services.ask_for_research, staff, query, purpose, now)
        except RefusedError as error:
            self.problems = problems_of(error)
            return
        self.done = "You have asked for the file. An administrator finds it on this page."
        await self._show(staff)

    @rx.event
    async def approve(self, request_id: str) -> None:
        """Let whoever asked take the file."""
        staff = await self.checked_staff()
        try:
            await in_database(services.approve_research, staff, request_id, server().now())
            self.done = "Approved. Whoever asked can take the file now."
        finally:
            await self._show(staff)

    @rx.event
    async def refuse(self, request_id: str) -> None:
        """Refuse the file."""
        staff = await self.checked_staff()
        try:
            await in_database(services.refuse_research, staff, request_id, server().now())
            self.done = "Refused. Whoever asked sees it on this page."
        finally:
            await self._show(staff)
