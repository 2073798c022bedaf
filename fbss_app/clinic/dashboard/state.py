"""The numbers of a clinic: which time was asked for, and what was found."""

from __future__ import annotations

from typing import Any

import reflex as rx

from fbss_app.clinic.dashboard.period import (
    LENGTHS,
    beginning_of,
    month_of,
    month_words,
    months_to_choose,
    period_words,
    shifted,
)
from fbss_app.clinic.dashboard.presenter import DashboardView, dashboard_view
from fbss_app.clinic.form import problem_links, text_of
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.dashboard import read_dashboard
from fbss_app.server.services.refusal import FieldProblem
from fbss_app.ui.error_summary import ProblemLink

_FIRST_SHOWN = 6


class DashboardState(StaffState):
    """The page of numbers."""

    view: DashboardView | None = None
    # How many months up to now, or 0 for a first and a last one.
    length: int = _FIRST_SHOWN
    first: str = ""
    last: str = ""
    period: str = ""
    # Value and words of each month that can be chosen.
    choices: list[tuple[str, str]] = []
    problems: list[ProblemLink] = []

    async def _read(self) -> None:
        staff = await self.checked_staff()
        now = server().now()
        self.problems = []
        known = server().questionnaires
        found = await in_database(
            read_dashboard,
            staff,
            beginning_of(self.first),
            beginning_of(shifted(self.last, 1)),
            now,
            known,
        )
        self.choices = [(month, month_words(month)) for month in months_to_choose(now)]
        self.period = period_words(self.first, self.last)
        self.view = dashboard_view(found, known)

    def _choose_last(self, months: int) -> None:
        self.length = months
        self.last = month_of(server().now())
        self.first = shifted(self.last, 1 - months)

    @rx.event
    async def on_load(self) -> None:
        """Show the last months."""
        self.view = None
        self._choose_last(_FIRST_SHOWN)
        await self._read()

    @rx.event
    async def show_last(self, months: int) -> None:
        """Show so many months up to now."""
        self._choose_last(months if months in LENGTHS else _FIRST_SHOWN)
        await self._read()

    @rx.event
    async def show_between(self, form: dict[str, Any]) -> None:
        """Show from one month to another."""
        first, last = text_of(form, "first"), text_of(form, "last")
        known = months_to_choose(server().now())
        if first not in known or last not in known or last < first:
            await self.checked_staff()
            self.problems = problem_links(
                [
                    FieldProblem(
                        "last", "before-first", "Choose a last month that is not before the first"
                    )
                ]
            )
            return
        self.length, self.first, self.last = 0, first, last
        await self._read()
