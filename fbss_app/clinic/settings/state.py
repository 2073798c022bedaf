"""The clinic's settings, as their form shows them and hands them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from fbss_app.clinic.form import problem_links, problems_of, text_of
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.settings.changed_words import changed_meanwhile
from fbss_app.clinic.settings.choices import country_names, optional_parts
from fbss_app.clinic.settings.own_pages_words import OwnPagesView, check_words, own_pages_view
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.invitations.own_pages import read_own_pages
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.settings.settings import (
    ClinicSettings,
    SettingsChangedError,
    change_settings,
    read_settings,
)
from fbss_app.server.services.clinic.settings.site_check import check_site
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.ui.error_summary import ProblemLink

SITE_FIELD = "site-address"


@dataclass
class SettingsView:
    """The settings as the fields of the form begin."""

    name: str
    phone: str
    country: str
    accent: str
    retention_days: str
    optional_parts: list[str]
    takes_uninvited: bool
    allowed_sites: str


class SettingsState(StaffState):
    """The page of settings."""

    settings: SettingsView | None = None
    problems: list[ProblemLink] = []
    # Where the clinic's own pages are, and what was found of a website that shall show them.
    pages: OwnPagesView | None = None
    found: str = ""
    is_allowed: bool = False
    # What was set when the form was shown, or as somebody was told that a colleague changed it.
    _seen: ClinicSettings | None = None

    async def _show(self, staff: Staff, settings: ClinicSettings) -> None:
        shown = await in_database(read_own_pages, staff, server().now())
        self.pages = own_pages_view(shown, server().settings.public_url) if shown else None
        self.found, self.is_allowed = "", False
        self.settings, self._seen = _view(settings), settings

    @rx.event
    async def on_load(self) -> None:
        """Show what is set."""
        self.settings, self.problems = None, []
        staff = await self.checked_staff()
        await self._show(staff, await in_database(read_settings, staff, server().now()))

    @rx.event
    async def save(self, form: dict[str, Any]) -> None:
        """Save all of the form, or nothing."""
        staff = await self.checked_staff()
        self.problems = []
        try:
            wanted = _wanted(form)
        except RefusedError as error:
            self.problems = problems_of(error)
            return
        try:
            saved = await in_database(
                change_settings,
                staff,
                self._seen,
                wanted,
                tuple(optional_parts()),
                tuple(country_names()),
                server().now(),
            )
        except SettingsChangedError as error:
            # What was typed stays in the form; whoever saves it again has been told.
            told = changed_meanwhile(self._seen or wanted, error.current)
            self.problems, self._seen = problem_links(told), error.current
            return
        except RefusedError as error:
            self.problems = problems_of(error)
            return
        await self._show(staff, saved)
        self.me = None
        await self.checked_staff()
        self.done = "The settings are saved."

    @rx.event
    async def check_site(self, form: dict[str, Any]) -> None:
        """Tell whether a page of a website may show the clinic's own pages, and if not, why."""
        staff = await self.checked_staff()
        settings = await in_database(read_settings, staff, server().now())
        result = check_site(text_of(form, SITE_FIELD), settings.allowed_sites)
        self.found, self.is_allowed = check_words(result), result.is_allowed


def _wanted(form: dict[str, Any]) -> ClinicSettings:
    return ClinicSettings(
        name=text_of(form, "name"),
        phone=text_of(form, "phone"),
        country=text_of(form, "country"),
        accent=text_of(form, "accent"),
        retention_days=_days(text_of(form, "retention-days")),
        optional_parts=tuple(part for part in optional_parts() if form.get(f"part-{part}")),
        takes_uninvited=bool(form.get("takes-uninvited")),
        allowed_sites=tuple(text_of(form, "allowed-sites").split()),
    )


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        message = "Enter a whole number of days"
        raise RefusedError(
            "invalid-content",
            message,
            problems=[FieldProblem("retention-days", "not-a-number", message)],
        )
    return int(text)


def _view(settings: ClinicSettings) -> SettingsView:
    return SettingsView(
        settings.name,
        settings.phone,
        settings.country,
        settings.accent,
        str(settings.retention_days),
        list(settings.optional_parts),
        settings.takes_uninvited,
        "\n".join(settings.allowed_sites),
    )
