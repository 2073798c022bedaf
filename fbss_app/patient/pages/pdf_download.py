"""The summary as a PDF from the server, for people who have saved their answers there."""

import json

import reflex as rx
from reflex.event import EventChain
from reflex.utils.imports import ImportVar
from reflex.vars import VarData
from reflex.vars.function import FunctionVar

from fbss_app.patient.client.vars import CLIENT, ResponseVars, hook_name, store_module
from fbss_app.ui.button import button
from fbss_app.ui.icon import icon
from fbss_app.ui.notice import notice

_MODULE = f"{CLIENT}/your_data/pdf"


def _state() -> rx.Var[str]:
    data = VarData(
        hooks={"const pdf_state = usePdf((state) => state.state)": None},
        imports={_MODULE: [ImportVar(tag="usePdf")]},
    )
    return rx.Var("pdf_state", _var_type=str, _var_data=data).to(str)


def _download(response: ResponseVars) -> rx.Var:
    store = hook_name(response.questionnaire)
    data = VarData(
        imports={
            _MODULE: [ImportVar(tag="downloadPdf")],
            f"{CLIENT}/{store_module(response.questionnaire)}": [ImportVar(tag=store)],
        }
    )
    call = f"downloadPdf({json.dumps(response.questionnaire)}, {store})"
    return rx.Var(f"(() => {{ {call} }})", _var_data=data).to(FunctionVar, EventChain)


def pdf_download(response: ResponseVars) -> rx.Component:
    """Offer the PDF where the answers are saved.

    Args:
        response: The response whose summary it is.
    """
    return rx.el.div(
        rx.cond(response.slice("has_consent", "hasConsent", bool), _offer(response)),
        class_name="stack no-print",
    )


def _offer(response: ResponseVars) -> rx.Component:
    state = _state()
    return rx.fragment(
        rx.el.div(
            button(
                icon("download"),
                "Download as PDF",
                kind="secondary",
                on_click=_download(response),
                aria_disabled=rx.cond(state == "preparing", "true", "false"),
            ),
            class_name="actions",
        ),
        # On the page from the start, or a screen reader would not announce its changes.
        rx.el.div(
            rx.match(
                state,
                ("preparing", notice("Making the PDF…")),
                ("done", notice("The PDF is ready. Look for it among your downloads.")),
                (
                    "failed",
                    notice(
                        "The PDF could not be made just now. Print from this phone instead, or "
                        "try again later.",
                        kind="warning",
                    ),
                ),
                rx.fragment(),
            ),
            role="status",
            data_pdf=state,
        ),
    )


def pdf_needs_saving(response: ResponseVars) -> rx.Component:
    """Say that a PDF takes saved answers, where there are none.

    Args:
        response: The response whose summary it is.
    """
    return rx.cond(
        response.slice("has_consent", "hasConsent", bool),
        rx.fragment(),
        rx.el.div(
            "The server can then make a PDF as well. Printing from this phone needs no saving.",
            class_name="note",
        ),
    )
