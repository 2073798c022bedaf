"""The clinic's staff: who they are, letting in more of them, and ending that."""

from __future__ import annotations

from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.form import problems_of, text_of
from fbss_app.clinic.server_context import in_database, server
from fbss_app.clinic.staff.presenter import LinkView, MemberView, link_view, member_view
from fbss_app.clinic.staff_state import StaffState
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.staff import colleague_links
from fbss_app.server.services.clinic.staff import staff as services
from fbss_app.server.services.refusal import RefusedError
from fbss_app.ui.error_summary import ProblemLink


class StaffListState(StaffState):
    """The page of the staff."""

    members: list[MemberView] = []
    links: list[LinkView] = []
    is_loaded: bool = False
    problems: list[ProblemLink] = []
    link: str = ""
    link_is_for: str = ""
    asks_to_end: str = ""
    asks_to_end_link: str = ""

    async def _show(self, staff: Staff) -> None:
        now = server().now()
        found = await in_database(services.list_staff, staff, now)
        waiting = await in_database(colleague_links.list_colleague_links, staff, now)
        self.members = [member_view(each, staff) for each in found]
        self.links = [link_view(each) for each in waiting]
        self.is_loaded = True

    @rx.event
    async def on_load(self) -> None:
        """Show the staff."""
        self.is_loaded, self.problems, self.link = False, [], ""
        self.asks_to_end = self.asks_to_end_link = ""
        await self._show(await self.checked_staff())

    @rx.event
    async def invite(self, form: dict[str, Any]) -> None:
        """Make a link with which a colleague joins."""
        staff = await self.checked_staff()
        self.problems, self.link = [], ""
        email, name, role = (text_of(form, field) for field in ("email", "name", "role"))
        try:
            now = server().now()
            secret = await in_database(services.invite_staff, staff, email, name, role, now)
        except RefusedError as error:
            self.problems = problems_of(error)
            return
        self._offer(secret, f"{name or email}: to join. It works once, for 7 days")
        await self._show(staff)

    @rx.event
    async def renew_link(self, link_id: str) -> None:
        """Make a colleague's link anew, in place of one that was lost."""
        staff, name = await self.checked_staff(), self._name_on_link(link_id)
        self.link = self.asks_to_end_link = ""
        try:
            now = server().now()
            secret = await in_database(colleague_links.renew_colleague_link, staff, link_id, now)
            words = "to join, in place of the link before. It works once, for 7 days"
            self._offer(secret, f"{name}: {words}")
        finally:
            await self._show(staff)

    @rx.event
    async def ask_to_end_link(self, link_id: str) -> None:
        """Ask before a colleague's link ends; asking again takes the question back."""
        await self.checked_staff()
        self.asks_to_end_link = "" if self.asks_to_end_link == link_id else link_id

    @rx.event
    async def end_link(self, link_id: str) -> None:
        """End a colleague's link."""
        staff, name = await self.checked_staff(), self._name_on_link(link_id)
        self.link = self.asks_to_end_link = ""
        try:
            now = server().now()
            await in_database(colleague_links.end_colleague_link, staff, link_id, now)
            self.done = f"The link of {name} is ended."
        finally:
            await self._show(staff)

    @rx.event
    async def change_role(self, staff_id: str, role: str) -> None:
        """Give somebody another role."""
        staff = await self.checked_staff()
        try:
            await in_database(services.change_role, staff, staff_id, role, server().now())
            self.done = "The role is changed. It holds from their next step on."
        finally:
            await self._show(staff)

    @rx.event
    async def give_password_link(self, staff_id: str) -> None:
        """Make a link with which somebody chooses a new password."""
        staff = await self.checked_staff()
        secret = await in_database(services.make_password_link, staff, staff_id, server().now())
        self._offer(secret, f"{self._name(staff_id)}: a new password. It works once, for 24 hours")

    @rx.event
    async def remove_second_factor(self, staff_id: str) -> None:
        """Let somebody who lost their phone set up the app anew."""
        staff = await self.checked_staff()
        await in_database(services.remove_second_factor, staff, staff_id, server().now())
        self.done = f"{self._name(staff_id)} sets up the authenticator app at the next log-in."
        await self._show(staff)

    @rx.event
    async def ask_to_end(self, staff_id: str) -> None:
        """Ask before somebody's access ends; asking again takes the question back."""
        await self.checked_staff()
        self.asks_to_end = "" if self.asks_to_end == staff_id else staff_id

    @rx.event
    async def end(self, staff_id: str) -> None:
        """End somebody's access, at once and everywhere."""
        staff = await self.checked_staff()
        await in_database(services.end_staff, staff, staff_id, server().now())
        self.done = f"{self._name(staff_id)} no longer has access."
        self.asks_to_end = ""
        await self._show(staff)

    @rx.event
    async def restore(self, staff_id: str) -> None:
        """Give somebody their access back."""
        staff = await self.checked_staff()
        await in_database(services.restore_staff, staff, staff_id, server().now())
        self.done = f"{self._name(staff_id)} has access again."
        await self._show(staff)

    def _offer(self, secret: str, whom: str) -> None:
        self.link = f"{server().settings.public_url}{routes.CLINIC_SET_UP}#{secret}"
        self.link_is_for = whom

    def _name(self, staff_id: str) -> str:
        return next((each.name for each in self.members if each.id == staff_id), "They")

    def _name_on_link(self, link_id: str) -> str:
        return next((each.name for each in self.links if each.id == link_id), "a colleague")
