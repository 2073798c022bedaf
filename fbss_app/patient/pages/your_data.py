"""Rights: download everything, take the agreement back, delete everything."""

import reflex as rx
from reflex.vars import StringVar

from fbss_app import routes
from fbss_app.patient.client.page_store import PageStore, response_name, response_store
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.check_answers import nothing_yet
from fbss_app.patient.pages.frame import parent_link, patient_page, section
from fbss_app.patient.pages.link_ended import link_ended
from fbss_app.patient.pages.page_styles import sharing_styles
from fbss_app.patient.pages.send_link import send_link
from fbss_app.patient.pages.server_trouble import server_trouble
from fbss_app.ui.button import button, working_button
from fbss_app.ui.icon import icon
from fbss_app.ui.notice import notice
from fbss_app.ui.page_head import page_head

_DOWNLOADS = PageStore("your_data/downloads", "useDownloads")
_ERASING = PageStore("your_data/erasing", "useErasing")
_COPY = PageStore("saving/server_copy", "useServerCopy")
_COPIES = "If you sent them to a clinic, ask it about copies in its own records."


def _has_consent(response: ResponseVars) -> rx.Var[bool]:
    return response.slice("has_consent", "hasConsent", bool)


def _can_manage(response: ResponseVars) -> rx.Var[bool]:
    return response.slice("can_manage", "canManage", bool)


def _place(name: str, *what: rx.Component | StringVar | str) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="summary-label"),
        rx.el.dd(*what, class_name="summary-answers"),
        class_name="summary-row",
    )


def _where(response: ResponseVars) -> rx.Component:
    trouble = response.slice("storage_notice", "storageNotice")
    return section(
        "What is kept, and where",
        rx.el.dl(
            _place(
                "On this phone",
                rx.cond(
                    trouble,
                    trouble,
                    rx.cond(
                        response.slice("owner", "owner") == "mine",
                        "All your answers, for 30 days after you last used the app.",
                        "All your answers, until you close this tab.",
                    ),
                ).to(str),
            ),
            _place(
                "On the server",
                rx.cond(
                    _has_consent(response),
                    rx.fragment(
                        "All answers that were sent. They are kept until ",
                        _COPY.slice("until"),
                        ", and longer if somebody goes on answering.",
                    ),
                    "Nothing.",
                ),
            ),
            class_name="summary-list",
        ),
    )


def _download_button(label: str, handler: rx.Var, kind: str = "secondary") -> rx.Component:
    busy = _DOWNLOADS.slice("state") == "preparing"
    return button(
        icon("download"),
        label,
        kind="primary" if kind == "primary" else "secondary",
        on_click=handler,
        aria_disabled=rx.cond(busy, "true", "false"),
    )


def _from_server(response: ResponseVars) -> rx.Component:
    name, store = response_name(response), response_store(response)

    def get(kind: str) -> rx.Var:
        return _DOWNLOADS.call("downloadFromServer", name, store, f'"{kind}"')

    return rx.fragment(
        rx.el.div(
            _download_button("A page to read", get("page"), "primary"),
            _download_button("All data (JSON)", get("data")),
            _download_button("For hospital systems (FHIR)", get("fhir")),
            class_name="actions",
        ),
        rx.el.p(
            "The page and the data hold every answer, the old ones too, with who gave it and when. "
            "The file for hospital systems holds your answers as they are now."
        ),
    )


def _from_phone(response: ResponseVars) -> rx.Component:
    name, store = response_name(response), response_store(response)

    def get(kind: str) -> rx.Var:
        return _DOWNLOADS.call("downloadFromPhone", name, store, f'"{kind}"')

    return rx.fragment(
        rx.el.div(
            _download_button("A page to read", get("page"), "primary"),
            _download_button("All data (JSON)", get("data")),
            class_name="actions",
        ),
        rx.el.p(
            "The page holds your answers as they are now. "
            "The data hold the old ones too. Both are made on this phone."
        ),
    )


def _downloads(response: ResponseVars) -> rx.Component:
    state = _DOWNLOADS.slice("state")
    name, store = response_name(response), response_store(response)
    return section(
        "Download",
        rx.cond(_has_consent(response), _from_server(response), _from_phone(response)),
        rx.el.div(
            rx.match(
                state,
                ("preparing", notice("Making the file…")),
                ("done", notice("The file is ready. Look for it among your downloads.")),
                rx.fragment(),
            ),
            role="status",
            data_download=state,
        ),
        server_trouble(state, "The server did not give the file. Take the copy on this phone."),
        rx.cond(
            (state != "") & (state != "preparing") & (state != "done"),
            rx.el.div(
                button(
                    "Take the copy on this phone",
                    kind="secondary",
                    on_click=_DOWNLOADS.call("downloadFromPhone", name, store, '"data"'),
                ),
                class_name="actions",
            ),
        ),
        rx.el.p(
            "A file is no longer protected by this app. Keep it where only you can see it.",
            class_name="hint",
        ),
    )


def _question(what: str, title: str, *text: rx.Component, yes: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.strong(title), id=rx.Var.create(f"ask-{what}"), tab_index=-1),
        *text,
        rx.el.div(
            yes,
            button("Keep everything", kind="secondary", on_click=_ERASING.call("keepEverything")),
            class_name="actions",
        ),
        class_name="card asked",
    )


def _ask(what: str) -> rx.Var:
    return _ERASING.call("askToErase", f'"{what}"')


def _yes(words: str, function: str, response: ResponseVars) -> rx.Component:
    return working_button(
        words,
        "Working…",
        _ERASING.slice("state") == "working",
        kind="danger",
        on_click=_ERASING.call(function, response_store(response)),
    )


def _clinics() -> rx.Component:
    return rx.el.p(
        "A clinic may have copied what you sent it into its own records. Ask it about that. Look "
        "first at ",
        rx.el.a("which clinics have them", href=routes.SEND),
        ": afterwards the app does not know.",
    )


def _withdraw(response: ResponseVars) -> rx.Component:
    return rx.cond(
        _has_consent(response) & _can_manage(response),
        section(
            "Take back your agreement",
            rx.cond(
                _ERASING.slice("asked") == "withdraw",
                _question(
                    "withdraw",
                    "Delete the copy on the server?",
                    rx.el.p(
                        "It is done at once. All links and codes end. This phone keeps its copy."
                    ),
                    _clinics(),
                    yes=_yes("Yes, erase it from the server", "withdraw", response),
                ),
                rx.fragment(
                    rx.el.p(
                        "The copy on the server is then deleted, and nothing more is sent. "
                        "This phone keeps its copy. You need not give a reason."
                    ),
                    rx.el.div(
                        button("Erase from the server", kind="danger", on_click=_ask("withdraw")),
                        class_name="actions",
                    ),
                ),
            ),
        ),
    )


def _delete(response: ResponseVars) -> rx.Component:
    return section(
        "Delete everything",
        rx.cond(
            _ERASING.slice("asked") == "delete",
            _question(
                "delete",
                "Delete all answers, everywhere?",
                rx.el.p(
                    rx.cond(
                        _has_consent(response),
                        "They go from the server, from this phone, and from the inbox of a clinic "
                        "that you sent them to. All links and codes end. "
                        "Other phones keep what they hold until they are cleared.",
                        "They go from this phone. There is no other copy.",
                    ),
                    " This cannot be undone.",
                ),
                rx.cond(_has_consent(response), _clinics(), rx.fragment()),
                yes=_yes("Yes, delete everything", "deleteEverything", response),
            ),
            rx.fragment(
                rx.el.p(
                    rx.cond(
                        _has_consent(response),
                        "All answers go from the server and from this phone at once.",
                        "All answers go from this phone at once.",
                    )
                ),
                rx.el.div(
                    button("Delete everything", kind="danger", on_click=_ask("delete")),
                    class_name="actions",
                ),
            ),
        ),
    )


def _remove(response: ResponseVars) -> rx.Component:
    return section(
        "Remove from this phone",
        rx.el.p(
            "Only the person whose answers they are can take them off the server. "
            "You can remove them from this phone."
        ),
        rx.cond(
            _ERASING.slice("asked") == "remove",
            _question(
                "remove",
                "Remove these answers from this phone?",
                rx.el.p("What you answered and saved stays on the server."),
                yes=_yes("Yes, remove them", "removeFromPhone", response),
            ),
            rx.el.div(
                button("Remove from this phone", kind="danger", on_click=_ask("remove")),
                class_name="actions",
            ),
        ),
    )


def _outcome() -> rx.Component:
    return rx.el.div(
        rx.match(
            _ERASING.slice("state"),
            (
                "withdrawn",
                notice(
                    "Erased. The server holds no answers of yours. This phone keeps its copy.",
                    _COPIES,
                ),
            ),
            (
                "deleted",
                notice("Done. Everything is deleted, and this phone holds no answers.", _COPIES),
            ),
            ("removed", notice("Done. There are no answers on this phone.")),
            (
                "failed",
                notice(
                    "The server did not answer, so nothing was deleted. Go online and try again.",
                    kind="warning",
                ),
            ),
            rx.fragment(),
        ),
        id=rx.Var.create("erasing"),
        tab_index=-1,
        role="status",
    )


def your_data_page() -> rx.Component:
    """Let a person have, take back and delete what is kept about them."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    return patient_page(
        sharing_styles(),
        _COPY.effect("useServerCopyUpdates", response_store(response), response_name(response)),
        response.effect("useReview"),
        _DOWNLOADS.effect("useDownloadsPage"),
        _ERASING.effect("useErasingPage"),
        parent_link("Saved answers", routes.SAVE),
        page_head("Your answers", lead="Download them, take them back, or delete them."),
        _outcome(),
        link_ended(response),
        rx.cond(
            response.slice("has_answers", "hasAnswers", bool),
            rx.fragment(
                _where(response),
                send_link(response),
                _downloads(response),
                rx.cond(
                    _can_manage(response),
                    rx.fragment(_withdraw(response), _delete(response)),
                    _remove(response),
                ),
            ),
            nothing_yet(
                response, "Here you can download and delete your answers once you have any."
            ),
        ),
        response=response,
        shows_answers=True,
    )
