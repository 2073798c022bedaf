"""One submission: what was sent, and what the clinic does about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import reflex as rx

from fbss_app.clinic.form import text_of
from fbss_app.clinic.response.presenter import ResponseView, response_view
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.permission import NotFoundError
from fbss_app.server.services.clinic.roles import Staff, may_remove_uninvited
from fbss_app.server.services.clinic.submissions import review
from fbss_app.server.services.clinic.submissions.inbox import Status
from fbss_app.server.services.clinic.submissions.removal import remove_uninvited
from fbss_app.server.services.refusal import RefusedError


class ResponseState(StaffState):
    """The page of one submission."""

    response: ResponseView | None = None
    colleagues: list[tuple[str, str]] = []
    is_missing: bool = False
    can_remove: bool = False
    asks_to_remove: bool = False
    is_removed: bool = False
    notes_saved: int = 0
    note_problem: str = ""
    _changed_at: datetime | None = None

    async def _show(self, staff: Staff, submission_id: str) -> None:
        now, definitions = server().now(), server().questionnaires
        found = await in_database(review.read_response, definitions, staff, submission_id, now)
        self._changed_at = found.changed_at
        self.response = response_view(found, now)
        self.can_remove = found.is_uninvited and may_remove_uninvited(staff)

    @rx.event
    async def on_load(self) -> None:
        """Show the submission that the address names."""
        self._forget()
        self.is_missing, self.is_removed, self.note_problem = False, False, ""
        # Also empties what another submission's note was begun with.
        self.notes_saved += 1
        staff = await self.checked_staff()
        self.colleagues = list(await in_database(review.assignable_staff, staff))
        try:
            await self._show(staff, self.rx_router_url.query_parameters.get("id", ""))
        except NotFoundError:
            self.is_missing = True

    @rx.event
    async def set_status(self, status: Status) -> None:
        """Say how far the work is."""
        staff, submission_id, seen = await self._at_work()
        now = server().now()
        await in_database(review.set_status, staff, submission_id, status, seen, now)
        await self._show(staff, submission_id)
        self.done = {
            "reviewed": "Marked as reviewed.",
            "in-progress": "Marked as in progress.",
            "new": "Put back among the new ones.",
        }[status]

    @rx.event
    async def assign(self, colleague: str) -> None:
        """Say who looks after it."""
        staff, submission_id, seen = await self._at_work()
        now = server().now()
        await in_database(review.assign, staff, submission_id, colleague or None, seen, now)
        await self._show(staff, submission_id)
        self.done = "Saved who looks after this."

    @rx.event
    async def write_note(self, form: dict[str, Any]) -> None:
        """Add a note."""
        staff, submission_id, _ = await self._at_work()
        note = text_of(form, "note")
        try:
            await in_database(review.write_note, staff, submission_id, note, server().now())
        except RefusedError as error:
            if error.code not in ("note-length", "note-unusable"):
                raise
            self.note_problem = error.message
            return
        self.notes_saved += 1
        self.note_problem = ""
        await self._show(staff, submission_id)
        self.done = "The note is saved."

    @rx.event
    async def ask_to_remove(self) -> None:
        """Ask before these answers are removed; asking again takes the question back."""
        await self.checked_staff()
        self.asks_to_remove = not self.asks_to_remove

    @rx.event
    async def remove(self) -> None:
        """Remove what somebody sent who is not a patient of the clinic."""
        staff, submission_id, seen = await self._at_work()
        self.asks_to_remove = False
        now, days = server().now(), server().settings.draft_days
        await in_database(remove_uninvited, staff, submission_id, seen, days, now)
        self._forget()
        self.is_removed = True
        self.done = "Removed. Whoever sent it keeps their own answers, and is told."

    def _forget(self) -> None:
        self.response, self._changed_at = None, None
        self.can_remove = self.asks_to_remove = False

    async def _at_work(self) -> tuple[Staff, str, datetime]:
        staff = await self.checked_staff()
        if self.response is None or self._changed_at is None:
            raise NotFoundError
        return staff, self.response.id, self._changed_at
