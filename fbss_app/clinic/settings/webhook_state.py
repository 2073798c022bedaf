"""Calls to the clinic's own system: where, the secret once, a test, and the last calls."""

from __future__ import annotations

from typing import Any

import reflex as rx

from fbss_app.clinic.form import problem_links, text_of
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.settings.webhook_words import DeliveryView, delivery_views, outcome_words
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.settings import webhooks
from fbss_app.server.services.clinic.settings.webhook_address import AddressRefusedError
from fbss_app.server.services.clinic.settings.webhook_call import Caller, make_client
from fbss_app.server.services.refusal import FieldProblem
from fbss_app.ui.error_summary import ProblemLink

FIELD = "webhook-address"


class WebhookState(StaffState):
    """The section of the settings about calls."""

    is_loaded: bool = False
    address: str = ""
    # Shown this once, right after an address was set.
    secret: str = ""
    outcome: str = ""
    has_failed: bool = False
    asks_to_remove: bool = False
    deliveries: list[DeliveryView] = []
    problems: list[ProblemLink] = []

    async def _show(self, staff: Staff) -> None:
        now = server().now()
        self.address = await in_database(webhooks.read_webhook, staff, now)
        self.deliveries = delivery_views(await in_database(webhooks.recent_deliveries, staff, now))
        self.is_loaded = True

    def _forget(self) -> None:
        self.secret, self.outcome, self.problems = "", "", []
        self.has_failed = self.asks_to_remove = False

    @rx.event
    async def on_load(self) -> None:
        """Show the address and the last calls."""
        self._forget()
        self.is_loaded = False
        await self._show(await self.checked_staff())

    @rx.event
    async def set_address(self, form: dict[str, Any]) -> None:
        """Call this address from now on; another secret signs the calls."""
        staff = await self.checked_staff()
        self._forget()
        address = text_of(form, FIELD)
        allow = server().settings.webhook_allow_private
        try:
            if not address:
                raise AddressRefusedError("Enter an address such as https://example.org/new")
            self.secret = await in_database(
                webhooks.set_webhook, staff, address, server().now(), allow_private=allow
            )
        except AddressRefusedError as error:
            self.problems = problem_links([FieldProblem(FIELD, error.code, error.message)])
            return
        await self._show(staff)

    @rx.event
    async def test(self) -> None:
        """Call the address now with a made-up event."""
        staff = await self.checked_staff()
        self._forget()
        context = server()
        client = make_client()
        settings = context.settings
        try:
            caller = Caller(client, settings.public_url, settings.webhook_allow_private)
            problem = await in_database(webhooks.test_webhook, staff, context.now(), caller)
        finally:
            client.close()
        self.outcome, self.has_failed = outcome_words(problem), bool(problem)
        await self._show(staff)

    @rx.event
    async def ask_to_remove(self) -> None:
        """Ask first, or stop asking."""
        await self.checked_staff()
        self.asks_to_remove = not self.asks_to_remove

    @rx.event
    async def remove(self) -> None:
        """Call nobody any more."""
        staff = await self.checked_staff()
        self._forget()
        await in_database(webhooks.set_webhook, staff, "", server().now())
        await self._show(staff)
        self.outcome = "The address is removed. Nobody is called any more."
