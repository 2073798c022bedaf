"""The clinic's own pages: their addresses, the snippet, and the check of a website."""

from __future__ import annotations

from typing import Any

import reflex as rx

from fbss_app.clinic.form import text_of
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.settings.own_pages_words import OwnPagesView, check_words, own_pages_view
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.own_pages import read_own_pages
from fbss_app.server.services.clinic.site_check import check_site

SITE_FIELD = "site-address"


class OwnPagesState(StaffState):
    """The section of the settings about the clinic's own pages."""

    pages: OwnPagesView | None = None
    found: str = ""
    is_allowed: bool = False

    @rx.event
    async def on_load(self) -> None:
        """Show where the pages are, if there are any."""
        self.pages, self.found, self.is_allowed = None, "", False
        staff = await self.checked_staff()
        shown = await in_database(read_own_pages, staff, server().now())
        if shown:
            self.pages = own_pages_view(shown, server().settings.public_url)

    @rx.event
    async def check(self, form: dict[str, Any]) -> None:
        """Tell whether a page may show the questionnaire."""
        staff = await self.checked_staff()
        shown = await in_database(read_own_pages, staff, server().now())
        allowed = shown.settings.allowed_sites if shown else ()
        result = check_site(text_of(form, SITE_FIELD), allowed)
        self.found, self.is_allowed = check_words(result), result.is_allowed
