"""The clinic's staff: who has access, with which role, and how to let in or end."""

from __future__ import annotations

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.confirmation import confirmation
from fbss_app.clinic.copied_link import copied_link
from fbss_app.clinic.form import staff_form
from fbss_app.clinic.frame import staff_page
from fbss_app.clinic.list_tools import row_action
from fbss_app.clinic.select_field import select_field
from fbss_app.clinic.staff.links_section import links_section
from fbss_app.clinic.staff.state import StaffListState
from fbss_app.clinic.staff_state import ROLE_WORDS
from fbss_app.clinic.view import View
from fbss_app.ui.button import button
from fbss_app.ui.disclosure import disclosure
from fbss_app.ui.error_summary import error_summary
from fbss_app.ui.form_field import text_field

# Who may do least comes first, and so is what a colleague gets unless somebody chooses more.
_ROLES = {role.value: words for role, words in reversed(ROLE_WORDS.items())}
_WHAT_ROLES_DO = (
    "Front desk: invites patients and sees who has answered, never what. Clinician: sees answers, "
    "reviews and exports as well. Administrator: settings, staff and the audit trail as well."
)


def _problems() -> View:
    return StaffListState.problems


def _member(member: View) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(member.name),
            rx.cond(member.is_me, rx.el.span(" (you)", class_name="note")),
            rx.el.div(member.email, class_name="note"),
            rx.el.div(member.about, class_name="note"),
            class_name="member-who",
        ),
        rx.cond(
            member.has_left | member.is_me,
            rx.el.span(member.role_words, class_name="member-role"),
            rx.el.label(
                rx.el.span("Role of ", member.name, class_name="visually-hidden"),
                rx.el.select(
                    *(rx.el.option(words, value=role) for role, words in _ROLES.items()),
                    value=member.role,
                    on_change=lambda role: StaffListState.change_role(member.id, role),  # pyright: ignore[reportCallIssue, reportArgumentType]
                    class_name="text-input select-input",
                ),
                class_name="member-role",
            ),
        ),
        rx.cond(
            member.is_me,
            rx.el.a("Your log-in", href=routes.CLINIC_ACCOUNT, class_name="member-actions"),
            rx.el.div(
                rx.cond(
                    member.has_left,
                    row_action("Give access back", StaffListState.restore(member.id), member.name),
                    rx.fragment(
                        row_action(
                            "New password",
                            StaffListState.give_password_link(member.id),
                            member.name,
                        ),
                        rx.cond(
                            member.has_second_factor,
                            row_action(
                                "Lost phone",
                                StaffListState.remove_second_factor(member.id),
                                member.name,
                            ),
                        ),
                        row_action("End access", StaffListState.ask_to_end(member.id), member.name),
                    ),
                ),
                class_name="member-actions",
            ),
        ),
        confirmation(
            StaffListState.asks_to_end == member.id,
            rx.el.p(
                "End the access of ",
                rx.el.strong(member.name),
                "? They are logged out at once. Links that they made for others end too.",
            ),
            do="End access",
            on_do=StaffListState.end(member.id),
            on_leave=StaffListState.ask_to_end(member.id),
        ),
        class_name=rx.cond(member.has_left, "member member-left", "member"),
    )


def _let_in_section() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Let a colleague in", class_name="section-title"),
        error_summary(_problems()),
        disclosure("What each role may do", rx.el.p(_WHAT_ROLES_DO)),
        staff_form(
            text_field("name", "Name", name="name", problems=_problems()),
            text_field(
                "email",
                "E-mail address",
                name="email",
                problems=_problems(),
                hint="They log in with it. Nothing is sent: you hand them the link.",
                type_="email",
            ),
            select_field("role", "Role", _ROLES, name="role", problems=_problems()),
            rx.el.div(button("Make the link", type_="submit"), class_name="actions"),
            on_submit=StaffListState.invite,
            reset_on_submit=False,
        ),
        class_name="section",
    )


def staff_list_page() -> rx.Component:
    """Show the staff."""
    members: View = StaffListState.members
    return staff_page(
        "Staff",
        copied_link(StaffListState.link, StaffListState.link_is_for),
        rx.cond(
            StaffListState.is_loaded,
            rx.fragment(
                rx.el.ul(rx.foreach(members, _member), class_name="members"),
                links_section(),
                _let_in_section(),
            ),
        ),
        current=routes.CLINIC_STAFF,
    )
