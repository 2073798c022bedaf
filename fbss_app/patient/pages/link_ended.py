"""What a page says once the link of this phone has ended."""

import reflex as rx

from fbss_app import routes
from fbss_app.patient.client.page_store import PageStore, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.ui.button import button
from fbss_app.ui.notice import notice

_ENDED = PageStore("links/ended_link", "useEndedLink")


def link_ended_notice(response: ResponseVars) -> rx.Component:
    """Say that the link has ended, and lead to what can still be done.

    Where the whole of `link_ended` stood, its scripts would become part of a first visit.

    Args:
        response: The response that the link led to.
    """
    return rx.el.div(
        rx.cond(
            response.slice("link_ended", "linkEnded", bool),
            notice(
                rx.el.p("The link on this phone has ended. Nothing more is sent or arrives."),
                rx.el.p(rx.el.a("See what you can do", href=routes.YOUR_DATA)),
                kind="warning",
            ),
        ),
        role="status",
        class_name="no-print",
    )


def link_ended(response: ResponseVars) -> rx.Component:
    """Say that the link has ended, and offer what can still be done on this phone.

    Args:
        response: The response that the link led to.
    """
    has_unsent = response.slice("can_export_unsent", "canExportUnsent", bool)
    asked = _ENDED.slice("isAsked", bool)
    return rx.el.div(
        rx.cond(
            response.slice("link_ended", "linkEnded", bool),
            notice(
                rx.el.h2("The link on this phone has ended", class_name="section-title"),
                rx.el.p(
                    "Somebody ended it, its time ran out, or the answers were deleted. "
                    "Nothing more is sent from this phone, and nothing new arrives."
                ),
                rx.cond(
                    has_unsent,
                    rx.el.p("Some answers on this phone were not sent in time. You can keep them."),
                ),
                rx.el.p("If you still need to get in, ask the person who gave you the link."),
                rx.el.div(
                    rx.cond(
                        has_unsent,
                        button(
                            "Download my unsent answers",
                            kind="secondary",
                            on_click=response.action("exportUnsent"),
                        ),
                    ),
                    rx.cond(
                        asked,
                        rx.fragment(),
                        button(
                            "Remove from this phone",
                            kind="danger",
                            on_click=_ENDED.call("askToRemoveEnded"),
                        ),
                    ),
                    class_name="actions",
                ),
                rx.cond(
                    asked,
                    rx.el.div(
                        rx.el.p(
                            rx.el.strong("Remove these answers from this phone?"),
                            id=rx.Var.create("ask-ended"),
                            tab_index=-1,
                        ),
                        rx.el.div(
                            button(
                                "Yes, remove them",
                                kind="danger",
                                on_click=_ENDED.call("removeEnded", response_store(response)),
                            ),
                            button(
                                "Keep them", kind="secondary", on_click=_ENDED.call("keepEnded")
                            ),
                            class_name="actions",
                        ),
                    ),
                ),
                kind="warning",
            ),
        ),
        tab_index=-1,
        role="status",
        data_link_ended=response.slice("link_ended", "linkEnded", bool),
    )
