"""Sending the answers to each clinic that asked: agreeing, what was sent, and taking it back."""

import json
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, BooleanVar, StringVar

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.patient.client.page_store import PageStore, response_name, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.check_answers import nothing_yet
from fbss_app.patient.pages.frame import patient_page
from fbss_app.patient.pages.page_styles import sharing_styles
from fbss_app.patient.pages.save import CONSENT_VERSION, consent_text, consent_text_sha256
from fbss_app.patient.pages.server_trouble import server_trouble
from fbss_app.ui.button import button, link_button, working_button
from fbss_app.ui.clinic_logo import clinic_logo
from fbss_app.ui.disclosure import disclosure
from fbss_app.ui.error_summary import ProblemLink, error_summary
from fbss_app.ui.events import dom_event
from fbss_app.ui.form_field import Problems, text_field, tick_field
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head
from fbss_app.ui.prose import prose

_PAGE = "send-consent"
_SENDING = PageStore("sending/sending", "useSending")


_Blocks = list[dict[str, list[str]]]


def _clinic() -> rx.Component:
    return rx.el.bdi(_SENDING.slice("clinic"))


def _is_here(slug: StringVar | str) -> BooleanVar:
    return (_SENDING.slice("at") == slug).bool()


def _is_working(slug: StringVar | str = "") -> BooleanVar:
    """Say whether something is being done at a clinic that has the answers, or at the offer."""
    return ((_SENDING.slice("state") == "working") & _is_here(slug)).bool()


def _written_text() -> rx.Component:
    """Show what the server wrote into a clinic's own page, until the page knows what to offer."""
    return rx.el.div(
        id=rx.Var.create("clinic-consent"),
        class_name="prose",
        custom_attrs={
            "dangerouslySetInnerHTML": _SENDING.made("{__html: writtenText()}", "writtenText"),
            "suppressHydrationWarning": True,
        },
    )


def _logo() -> rx.Component:
    return clinic_logo(
        _SENDING.slice("logo.address"),
        _SENDING.slice("logo.width", int),
        _SENDING.slice("logo.height", int),
        name=_SENDING.slice("logo.name"),
    )


def _saving() -> str:
    return json.dumps({"version": CONSENT_VERSION, "text_sha256": consent_text_sha256()})


def _send(response: ResponseVars) -> rx.Var:
    return _SENDING.call(
        "sendToClinic", response_name(response), response_store(response), _saving(), "event.target"
    )


def _text(blocks: ArrayVar[_Blocks], *, is_inside: bool = False) -> rx.Component:
    heading = rx.el.h3 if is_inside else rx.el.h2

    def block(one: rx.Var) -> rx.Component:
        items = one["items"].to(list[str])  # pyright: ignore[reportIndexIssue]
        return rx.fragment(
            rx.match(
                one["kind"].to(str),  # pyright: ignore[reportIndexIssue]
                ("heading", heading(items[0])),
                (
                    "bullet-list",
                    rx.el.ul(rx.foreach(items, lambda item: rx.el.li(item)), class_name="bullets"),
                ),
                rx.foreach(items, lambda item: rx.el.p(item)),
            )
        )

    return rx.el.div(rx.foreach(blocks, block), class_name="prose")


def _trouble(slug: StringVar | str = "") -> rx.Component:
    kind = rx.cond(_is_here(slug), _SENDING.slice("state"), "").to(str)
    place = rx.Var.create("trouble-").to(str) + slug
    return server_trouble(kind, _SENDING.slice("refused"), place=place)


def _name_field(problems: Problems) -> rx.Component:
    return text_field(
        "send-name",
        "Your name, as the clinic knows you",
        name="name",
        problems=problems,
        hint="So that the clinic knows whose answers these are. If you like, add your date of "
        "birth or patient number. If you help somebody, enter their name.",
        auto_complete="name",
        max_length=80,
    )


def _form(response: ResponseVars) -> rx.Component:
    problems = _SENDING.slice("problems", list[ProblemLink])
    return rx.el.form(
        error_summary(problems),
        rx.el.div(
            rx.cond(_SENDING.slice("asksName", bool), _name_field(problems)),
            tick_field("send-send", "I agree to this", name="send", problems=problems),
            rx.cond(
                response.slice("has_consent", "hasConsent", bool),
                rx.fragment(),
                rx.fragment(
                    tick_field(
                        "send-save",
                        "I agree that my answers are saved on the server, so that they can be sent",
                        name="save",
                        problems=problems,
                    ),
                    disclosure("What saving means", prose(consent_text())),
                ),
            ),
            rx.cond(
                response.slice("by_helper", "helper", bool),
                tick_field(
                    "send-agreed",
                    "The person I am helping has agreed that I send their answers",
                    name="agreed",
                    problems=problems,
                ),
            ),
            class_name="stack",
        ),
        _trouble(),
        rx.el.div(
            working_button("Send my answers", "Sending…", _is_working(), type_="submit"),
            class_name="actions",
        ),
        on_submit=dom_event(_send(response)),
        method="dialog",
        no_validate=True,
        class_name="section",
    )


def _offer(response: ResponseVars, *, is_inside: bool = False) -> rx.Component:
    return rx.fragment(
        rx.cond(
            response.slice("is_complete", "isComplete", bool),
            rx.fragment(),
            notice(
                rx.el.p(
                    "Some questions have no answer yet. You can send now, or ",
                    rx.el.a("go on answering", href=routes.QUESTIONNAIRE),
                    " first.",
                )
            ),
        ),
        _text(_SENDING.slice("text", _Blocks), is_inside=is_inside),
        rx.cond(
            response.slice("can_manage", "canManage", bool),
            _form(response),
            notice("Only the person whose answers they are can send them."),
        ),
    )


def _take_back(response: ResponseVars, one: Any) -> rx.Component:
    slug = one["slug"].to(str)
    clinic = rx.el.bdi(one["clinic"].to(str))
    return rx.cond(
        _SENDING.slice("asks") == slug,
        rx.el.div(
            rx.el.p(
                rx.el.strong("Take your answers back from ", clinic, "?"),
                id=rx.Var.create("ask-take-back"),
                tab_index=-1,
            ),
            rx.el.p(
                "They go from its inbox at once. Your own saved answers stay. Ask the clinic about "
                "copies in its own records."
            ),
            rx.el.div(
                working_button(
                    "Yes, take them back",
                    "Working…",
                    _is_working(slug),
                    kind="danger",
                    on_click=_SENDING.call("takeBack", response_name(response), slug),
                ),
                button("Leave them there", kind="secondary", on_click=_SENDING.call("keepSent")),
                class_name="actions",
            ),
            class_name="card asked",
        ),
        rx.el.div(
            button("Take it back", kind="quiet", on_click=_SENDING.call("askToTakeBack", slug)),
            class_name="actions",
        ),
    )


def _change(response: ResponseVars, one: Any) -> rx.Component:
    slug = one["slug"].to(str)
    again = working_button(
        "Send again",
        "Sending…",
        _is_working(slug),
        on_click=_SENDING.call(
            "sendAgain", response_name(response), response_store(response), slug
        ),
        # Another clinic may have a button of the same words.
        aria_label=rx.cond(_is_working(slug), "Sending… ", "Send again: ").to(str)
        + one["clinic"].to(str),
    )
    return rx.el.div(
        notice(
            "You have changed something since. The clinic does not see it until you send again.",
            kind="warning",
        ),
        rx.cond(
            one["canSendAgain"].to(bool),
            rx.el.div(again, class_name="actions"),
            rx.el.p("To send again from this phone, open the clinic's link or page first."),
        ),
        class_name="stack",
    )


def _one_sent(response: ResponseVars, one: Any) -> rx.Component:
    phone = one["phone"].to(str)
    text = one["text"].to(_Blocks)
    may_manage = response.slice("can_manage", "canManage", bool)
    return rx.el.section(
        rx.el.h2(rx.el.bdi(one["clinic"].to(str)), class_name="section-title"),
        notice(
            rx.el.p(
                "Your answers are with ",
                rx.el.bdi(one["clinic"].to(str)),
                ". You sent them on ",
                one["sentOn"].to(str),
                ".",
            )
        ),
        rx.el.p(
            "They are kept for the clinic until ",
            one["until"].to(str),
            ".",
            rx.cond(phone, rx.fragment(" Questions? Call ", rx.el.bdi(phone), ".")),
        ),
        rx.cond(one["hasChanged"].to(bool) & may_manage, _change(response, one)),
        _trouble(one["slug"].to(str)),
        rx.cond(may_manage, _take_back(response, one)),
        rx.cond(text.length() > 0, disclosure("What you agreed to", _text(text, is_inside=True))),
        class_name="section stack",
        id=rx.Var.create("sent-").to(str) + one["slug"].to(str),
        tab_index=-1,
        data_clinic=one["slug"].to(str),
    )


def _sent(response: ResponseVars) -> rx.Component:
    return rx.fragment(
        rx.cond(_SENDING.slice("takenBack"), _no_longer()),
        notice(
            "Nobody may look at your answers today. If you get worse, do not wait for a call.",
            kind="warning",
        ),
        rx.foreach(
            _SENDING.slice("sent", list[dict[str, Any]]), lambda one: _one_sent(response, one)
        ),
        rx.cond(
            _SENDING.slice("clinic"),
            rx.el.section(
                rx.el.h2(
                    _clinic(),
                    rx.cond(
                        _SENDING.slice("asksAgain", bool),
                        rx.cond(
                            _SENDING.slice("asksName", bool),
                            ": send again",
                            " asked for your answers again",
                        ),
                        " asked for your answers too",
                    ),
                    class_name="section-title",
                ),
                _offer(response, is_inside=True),
                class_name="section stack",
            ),
        ),
        rx.el.section(
            rx.el.div(
                link_button("My summary", href=routes.SUMMARY, kind="secondary"),
                link_button("Signs that need help fast", href=routes.URGENT_HELP, kind="secondary"),
                class_name="actions",
            ),
            class_name="section",
        ),
    )


def _no_longer() -> rx.Component:
    return notice(
        rx.el.p("Your answers are no longer with ", rx.el.bdi(_SENDING.slice("takenBack")), ".")
    )


def _removed(one: Any) -> rx.Component:
    clinic, phone = rx.el.bdi(one["clinic"].to(str)), one["phone"].to(str)
    return notice(
        rx.el.p(
            clinic,
            " removed your answers on ",
            one["on"].to(str),
            ". It no longer has them, nor the name you gave. Your own saved answers stay.",
        ),
        rx.el.p(
            "A clinic does this when it thinks that you are not its patient. If you are, ",
            rx.cond(phone, rx.fragment("call ", rx.el.bdi(phone)), "call the clinic"),
            " before you send them again.",
        ),
        kind="warning",
    )


def _taken_back() -> rx.Component:
    return rx.fragment(
        _no_longer(),
        rx.el.div(
            link_button("Your saved answers", href=routes.YOUR_DATA, kind="secondary"),
            class_name="actions",
        ),
    )


def _nobody_asked() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "No clinic has asked for your answers on this phone. If you got a link from a clinic, "
            "open it first. You can print your summary and take it with you at any time."
        ),
        rx.el.div(link_button("My summary", href=routes.SUMMARY), class_name="actions"),
    )


def send_page() -> rx.Component:
    """Ask for the agreement to send, and show what was sent."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    page = load_content().pages[_PAGE]
    step = _SENDING.slice("step")
    return patient_page(
        sharing_styles(),
        _SENDING.effect("useSendingPage", response_store(response), response_name(response)),
        page_head(page.title, lead=page.summary),
        rx.el.div(
            _logo(),
            rx.foreach(_SENDING.slice("removed", list[dict[str, Any]]), _removed),
            rx.match(
                step,
                (
                    "offer",
                    rx.cond(
                        response.slice("has_answers", "hasAnswers", bool),
                        _offer(response),
                        nothing_yet(response, "So there is nothing to send yet."),
                    ),
                ),
                ("sent", _sent(response)),
                ("taken-back", _taken_back()),
                ("none", _nobody_asked()),
                rx.fragment(_written_text(), rx.el.p("One moment…", role="status")),
            ),
            id=rx.Var.create("sending"),
            tab_index=-1,
            class_name="stack",
            data_sending=step,
        ),
        response=response,
        shows_answers=True,
    )
