"""Let someone help: links for relatives and clinicians, who holds one, and how to end it."""

from typing import Any

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.page_store import PageStore, response_name, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.confirm_link import confirm_link
from fbss_app.patient.pages.frame import parent_link, patient_page, section
from fbss_app.patient.pages.made_link import MADE_LINK, made_link
from fbss_app.patient.pages.only_managers import for_managers
from fbss_app.patient.pages.page_styles import sharing_styles
from fbss_app.patient.pages.server_trouble import server_trouble
from fbss_app.ui.button import button, working_button
from fbss_app.ui.error_summary import ProblemLink, error_summary
from fbss_app.ui.events import dom_event
from fbss_app.ui.form_field import Problems, choice_field, text_field, tick_field
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head

_MAKING = PageStore("links/link_making", "useLinkMaking")
_PEOPLE = PageStore("links/people", "usePeople")

_ROLES = {
    "helper": ("Help with the answers", "They see your answers, and can add and change some."),
    "read": ("Only read", "For a relative or a clinician."),
}
_THE_PATIENT = {
    "patient": (
        "The person I am helping",
        "They can do everything: answer, let others in, and delete.",
    )
}
_DAYS = {"7": ("7 days", ""), "30": ("30 days", ""), "90": ("90 days", "")}


def _roles(by_helper: rx.Var[bool], problems: Problems) -> rx.Component:
    def field(options: dict[str, tuple[str, str]]) -> rx.Component:
        return choice_field(
            "helper-role", "What may they do?", options, name="role", problems=problems
        )

    return rx.cond(by_helper, field({**_THE_PATIENT, **_ROLES}), field({**_ROLES}))


def _form(response: ResponseVars) -> rx.Component:
    problems = _MAKING.slice("problems", list[ProblemLink])
    busy = _MAKING.slice("isBusy", bool)
    by_helper = response.slice("role", "role") == "helper"
    return rx.el.form(
        text_field("helper-name", "Their name", name="name", problems=problems),
        text_field(
            "helper-relationship",
            "Who are they to you?",
            name="relationship",
            hint="Such as daughter, friend or physiotherapist.",
            optional=True,
            problems=problems,
        ),
        _roles(by_helper, problems),
        choice_field(
            "helper-days", "How long should the link work?", _DAYS, name="days", problems=problems
        ),
        rx.cond(
            by_helper,
            tick_field(
                "helper-agreed",
                "The person I am helping has agreed to this",
                name="agreed",
                problems=problems,
            ),
        ),
        rx.el.div(
            working_button(
                "Make the link",
                "Making the link…",
                busy,
                type_="submit",
            ),
            class_name="actions",
        ),
        on_submit=dom_event(
            _PEOPLE.call(
                "addHelper", response_name(response), response_store(response), "event.target"
            )
        ),
        method="dialog",
        no_validate=True,
        class_name="form-fields",
    )


def _new_link(response: ResponseVars) -> rx.Component:
    return rx.el.div(
        section("Make a link for someone", _form(response)),
        server_trouble(
            _MAKING.slice("failure"),
            "The server did not make the link. End a link that you no longer need, and try again.",
        ),
        class_name="no-print",
    )


def _role_words(role: rx.Var[str]) -> rx.Component:
    return rx.fragment(
        rx.match(
            role,
            ("helper", rx.fragment("Helps with the answers")),
            ("read", rx.fragment("Only reads")),
            rx.fragment("Can do everything"),
        )
    )


def _fact(label: str, value: Any) -> rx.Component:
    return rx.cond(value, rx.el.div(rx.el.dt(label), rx.el.dd(value), class_name="fact"))


def _ending(response: ResponseVars, person: Any) -> rx.Component:
    person_id, name = person["id"].to(str), person["name"].to(str)
    ending = _PEOPLE.slice("ending") == person_id
    return rx.cond(
        _PEOPLE.slice("asked") == person_id,
        rx.el.div(
            rx.el.p(
                rx.el.strong("End the link of ", rx.el.bdi(name), "?"),
                id="end-" + person_id,
                tab_index=-1,
            ),
            rx.el.p("It stops at once. What they answered stays."),
            rx.el.div(
                working_button(
                    "Yes, end it",
                    "Ending…",
                    ending,
                    kind="danger",
                    on_click=_PEOPLE.call("endLink", response_name(response), person_id),
                ),
                button("Keep it", kind="secondary", on_click=_PEOPLE.call("keepLink", person_id)),
                class_name="actions",
            ),
            server_trouble(_PEOPLE.slice("failure"), "The server did not end the link. Try again."),
            class_name="asked",
        ),
        rx.el.div(
            rx.el.button(
                "End this link",
                rx.el.span(" of ", name, class_name="visually-hidden"),
                type="button",
                on_click=_PEOPLE.call("askToEnd", person_id),
                class_name="row-action danger",
            ),
            class_name="row-actions no-print",
        ),
    )


def _phone_words(person: Any) -> rx.Var[str]:
    """Name a phone whose link bears no name: where it began, or the return link of a helper."""
    return rx.cond(person["isFirst"].to(bool), "The first phone", "Another phone of a helper").to(
        str
    )


def _person(response: ResponseVars, person: Any) -> rx.Component:
    name, relationship = person["name"].to(str), person["relationship"].to(str)
    is_mine = person["isMine"].to(bool)
    return rx.el.li(
        rx.el.h3(
            rx.cond(
                name,
                rx.el.bdi(name),
                rx.cond(is_mine, "You, on this phone", _phone_words(person)),
            ),
            rx.cond(relationship, rx.fragment(" (", rx.el.bdi(relationship), ")")),
            id="person-" + person["id"].to(str),
            tab_index=-1,
            class_name="repetition-title",
        ),
        rx.el.dl(
            _fact("What they may do", _role_words(person["role"].to(str))),
            _fact("Since", person["since"].to(str)),
            _fact("Last used", person["lastUsed"].to(str)),
            _fact("Until", person["until"].to(str)),
        ),
        rx.cond(
            is_mine,
            rx.cond(name, rx.el.p("This is the phone you are using.", class_name="hint")),
            _ending(response, person),
        ),
        class_name="repetition person",
    )


def _past(person: Any) -> rx.Component:
    ended = person["endedOn"].to(str)
    return rx.el.li(
        rx.cond(person["name"].to(str), rx.el.bdi(person["name"].to(str)), _phone_words(person)),
        rx.cond(
            ended,
            rx.fragment(": ended on ", ended),
            rx.fragment(": ran out on ", person["until"].to(str)),
        ),
    )


def _list(response: ResponseVars) -> rx.Component:
    people = _PEOPLE.slice("people", list[dict[str, Any]])
    past = _PEOPLE.slice("past", list[dict[str, Any]])
    return rx.fragment(
        rx.cond(
            people.length() < 2,
            rx.el.p("Nobody else can see your answers now."),
        ),
        rx.el.ul(
            rx.foreach(people, lambda person: _person(response, person)),
            class_name="repetition-list",
        ),
        rx.cond(
            past.length() > 0,
            rx.fragment(
                rx.el.h3("Links that have ended"),
                rx.el.ul(rx.foreach(past, _past), class_name="bullets"),
            ),
        ),
    )


def _people(response: ResponseVars) -> rx.Component:
    again = button(
        "Try again",
        kind="secondary",
        on_click=_PEOPLE.call("loadPeople", response_name(response)),
    )
    ended = _PEOPLE.slice("ended")
    return rx.el.section(
        rx.el.h2(
            "Who can open these answers",
            id=rx.Var.create("people"),
            tab_index=-1,
            class_name="section-title",
        ),
        rx.el.div(
            rx.cond(ended, notice(rx.el.p("Done. The link of ", rx.el.bdi(ended), " has ended."))),
            role="status",
        ),
        rx.match(
            _PEOPLE.slice("state"),
            ("ready", _list(response)),
            (
                "offline",
                rx.fragment(
                    notice("You are offline. The list is on the server.", kind="warning"), again
                ),
            ),
            (
                "busy",
                rx.fragment(notice("The list did not come. Try again.", kind="warning"), again),
            ),
            (
                "too-many",
                rx.fragment(
                    notice("That was asked too often. Wait a few minutes.", kind="warning"), again
                ),
            ),
            (
                "refused",
                notice("The server did not show the list to this phone.", kind="warning"),
            ),
            rx.el.p("Fetching the list…", class_name="hint people-loading"),
        ),
        class_name="section stack no-print",
    )


def helpers_page() -> rx.Component:
    """Make, list and end the links of a response."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    return patient_page(
        sharing_styles(),
        _PEOPLE.effect("usePeoplePage", response_store(response), response_name(response)),
        parent_link("Saved answers", routes.SAVE),
        error_summary(_MAKING.slice("problems", list[ProblemLink])),
        page_head(
            "Let someone help",
            lead="A relative can help with the answers. A clinician can read them. "
            "You can end it at any time.",
        ),
        response.effect("useReview"),
        confirm_link(response),
        for_managers(
            response,
            made_link(
                rx.fragment("The link for ", rx.el.bdi(MADE_LINK.slice("title"))),
                rx.el.p(
                    rx.match(
                        MADE_LINK.slice("role"),
                        ("helper", "It lets them help with the answers."),
                        ("read", "It lets them read the answers."),
                        "It lets them do everything that you can do.",
                    )
                ),
            ),
            _new_link(response),
            _people(response),
        ),
        response=response,
        shows_answers=True,
    )
