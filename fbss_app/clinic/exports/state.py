"""The page of exports: who may use it, and why a file that was asked for did not come."""

from __future__ import annotations

import reflex as rx

from fbss_app.clinic.exports.words import (
    ALL,
    STATUSES,
    URGENCIES,
    WAYS,
    why_not,
)
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import may_export


class ExportsState(StaffState):
    """The page of exports. The files themselves come from the API, by a plain form."""

    may_use: bool = False
    status: str = ALL
    urgency: str = ALL
    came: str = ALL

    @rx.event
    async def on_load(self) -> None:
        """Show the form, with what was chosen before and why it did not work."""
        self.may_use = False
        staff = await self.checked_staff()
        await in_database(require, staff, may_export, server().now())
        asked = self.rx_router_url.query_parameters
        status, urgency, came = (asked.get(each, ALL) for each in ("status", "urgency", "came"))
        self.status = status if status in STATUSES else ALL
        self.urgency = urgency if urgency in URGENCIES else ALL
        self.came = came if came in WAYS else ALL
        self.problem = why_not(asked.get("problem", ""))
        self.may_use = True
