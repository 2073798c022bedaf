"""One's own log-in: the password, the recovery codes, and where one is logged in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.form import problems_of
from fbss_app.clinic.response.presenter import moment
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.staff import own_account
from fbss_app.server.services.clinic.staff.sessions import end_all_sessions, open_sessions
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.server.staff_socket import SESSION_HEADER
from fbss_app.ui.error_summary import ProblemLink


@dataclass
class SessionView:
    """A place where one is logged in."""

    began: str
    seen: str


class AccountState(StaffState):
    """The page of one's own log-in."""

    sessions: list[SessionView] = []
    problems: list[ProblemLink] = []
    recovery_codes: list[str] = []

    async def _show(self, staff: Staff) -> None:
        found = await in_database(open_sessions, staff, server().now())
        self.sessions = [
            SessionView(moment(each.began_at), moment(each.last_seen_at)) for each in found
        ]

    @rx.event
    async def on_load(self) -> None:
        """Show where one is logged in."""
        self.problems, self.recovery_codes = [], []
        await self._show(await self.checked_staff())

    @rx.event
    async def change_password(self, form: dict[str, Any]) -> None:
        """Choose a new password; every other place is logged out."""
        staff = await self.checked_staff()
        self.problems = []
        old, new = str(form.get("old-password") or ""), str(form.get("new-password") or "")
        try:
            if new != str(form.get("password-again") or ""):
                message = "The two passwords are not the same. Type it again"
                raise RefusedError(
                    "invalid-content",
                    message,
                    problems=[FieldProblem("password-again", "not-the-same", message)],
                )
            now = server().now()
            here = self.rx_router_headers.raw_headers.get(SESSION_HEADER, "")
            await in_database(own_account.change_own_password, staff, old, new, now, keep=here)
        except RefusedError as error:
            self.problems = problems_of(error)
            return
        self.done = "The password is changed. Everywhere else you were logged out."
        await self._show(staff)

    @rx.event
    async def renew_recovery_codes(self) -> None:
        """Get new recovery codes; the old ones stop working."""
        staff = await self.checked_staff()
        codes = await in_database(own_account.renew_recovery_codes, staff, server().now())
        self.recovery_codes = list(codes)

    @rx.event
    async def log_out_everywhere(self) -> Any:
        """End every log-in, this one too."""
        staff = await self.checked_staff()
        await in_database(end_all_sessions, staff, server().now())
        self.forget_all()
        return rx.redirect(f"{routes.CLINIC_LOG_IN}?problem=logged-out", replace=True)
