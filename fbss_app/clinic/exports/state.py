"""The page of exports: who may use it, and why a file that was asked for did not come."""

from __future__ import annotations

import reflex as rx

from fbss_app.clinic.exports.words import (
    ALL,
    PURPOSE_FIELD,
    PURPOSE_MISSING,
    PURPOSE_PROBLEM,
    STATUSES,
    URGENCIES,
    why_not,
)
from fbss_app.clinic.form import problem_links
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import may_export
from fbss_app.server.services.refusal import FieldProblem
from fbss_app.ui.error_summary import ProblemLink


class ExportsState(StaffState):
    """The page of exports. The files themselves come from the API, by a plain form."""

    may_use: bool = False
    status: str = ALL
    urgency: str = ALL
    problems: list[ProblemLink] = []

    @rx.event
    async def on_load(self) -> None:
        """Show the form, with what was chosen before and why it did not work."""
        self.may_use, self.problems = False, []
        staff = await self.checked_staff()
        await in_database(require, staff, may_export, server().now())
        asked = self.rx_router_url.query_parameters
        status, urgency = asked.get("status", ALL), asked.get("urgency", ALL)
        self.status = status if status in STATUSES else ALL
        self.urgency = urgency if urgency in URGENCIES else ALL
        code = asked.get("problem", "")
        self.problem = why_not(code)
        if code == PURPOSE_MISSING:
            self.problems = problem_links([FieldProblem(PURPOSE_FIELD, code, PURPOSE_PROBLEM)])
        self.may_use = True
