"""The section of the settings about the logo: what came of a file, and taking the logo away."""

from __future__ import annotations

import reflex as rx

from fbss_app.clinic.form import problem_links
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.api.clinic.logo_upload import FIELD, SAVED
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import may_change_settings
from fbss_app.server.services.clinic.settings.logo_picture import PROBLEMS
from fbss_app.server.services.clinic.settings.logos import remove_logo
from fbss_app.server.services.refusal import FieldProblem
from fbss_app.ui.error_summary import ProblemLink

_OTHER_PROBLEMS = {
    "staff-not-allowed": "Your role does not include this.",
    "too-many-calls": "Too many files were sent in a short time. Wait some minutes, then try "
    "again.",
}
_OTHERWISE = "The logo was not saved. Try again in a moment."


class LogoState(StaffState):
    """The section about the logo. The file itself goes to the API, by a plain form."""

    is_loaded: bool = False
    asks_to_remove: bool = False
    problems: list[ProblemLink] = []

    @rx.event
    async def on_load(self) -> None:
        """Show the form, and what came of the file that it sent."""
        self.is_loaded, self.asks_to_remove, self.problems = False, False, []
        staff = await self.checked_staff()
        await in_database(require, staff, may_change_settings, server().now())
        self.is_loaded = True
        outcome = self.rx_router_url.query_parameters.get(FIELD, "")
        if outcome in PROBLEMS:
            self.problems = problem_links([FieldProblem(FIELD, outcome, PROBLEMS[outcome])])
        elif outcome == SAVED:
            # The server has kept the tab's state over the form, with the logo of before.
            self.me = None
            await self.checked_staff()
            self.done = "The logo is saved."
        elif outcome:
            self.problem = _OTHER_PROBLEMS.get(outcome, _OTHERWISE)

    @rx.event
    async def ask_to_remove(self) -> None:
        """Ask first, or stop asking."""
        await self.checked_staff()
        self.asks_to_remove = not self.asks_to_remove

    @rx.event
    async def remove(self) -> None:
        """Have no logo any more."""
        staff = await self.checked_staff()
        self.asks_to_remove, self.problems = False, []
        await in_database(remove_logo, staff, server().now())
        self.me = None
        await self.checked_staff()
        self.done = "The logo is removed."
