"""What can be taken out of the app, and what that means. The form works without scripts."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from fbss_app import routes
from fbss_app.clinic.exports.choice import choice
from fbss_app.clinic.exports.research_section import research_section
from fbss_app.clinic.exports.state import ExportsState
from fbss_app.clinic.exports.words import STATUSES, URGENCIES, WAYS
from fbss_app.clinic.frame import staff_page
from fbss_app.server.services.clinic.exports.exports import MOST_IN_A_BUNDLE
from fbss_app.ui.icon import icon
from fbss_app.ui.notice import notice


class _PlainForm(BaseHTML):
    """A form that the browser itself sends: Reflex keeps those of `rx.el.form` from being sent."""

    tag = "form"


def _take(words: str, file: str, kind: str = "secondary") -> rx.Component:
    """Show a button that sends the form to one file."""
    return rx.el.button(
        icon("download"),
        words,
        type="submit",
        form_action=f"{routes.CLINIC_EXPORTS_API}/{file}",
        class_name=f"button button-{kind}",
    )


def _kind(heading: str, *children: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h3(heading, class_name="export-title"), *children, class_name="export"
    )


def _filters() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("Which answers", class_name="form-label"),
        rx.el.div(
            # The lists are drawn anew with what was chosen before.
            choice(
                "status",
                "Status",
                STATUSES,
                key=ExportsState.status,
                default_value=ExportsState.status,
            ),
            choice(
                "urgency",
                "Warning signs",
                URGENCIES,
                key=ExportsState.urgency,
                default_value=ExportsState.urgency,
            ),
            choice(
                "came",
                "How they came",
                WAYS,
                key=ExportsState.came,
                default_value=ExportsState.came,
            ),
            class_name="staff-tools",
        ),
        class_name="field-group export-filters",
    )


def _for_care() -> list[rx.Component]:
    return [
        _kind(
            "Table",
            rx.el.p(
                "A line for each answer set, with your label, every answer, the scores and the "
                "warning signs. Spreadsheets and statistics programs open it (CSV)."
            ),
            rx.el.div(
                _take("Download the table", "responses.csv", "primary"),
                _take("What its columns mean", "dictionary.csv", "quiet"),
                class_name="actions",
            ),
        ),
        _kind(
            "FHIR bundle",
            rx.el.p(
                "Questionnaires, responses and scores for another system (FHIR R4, JSON), at most "
                f"{MOST_IN_A_BUNDLE} answer sets at once."
            ),
            rx.el.div(_take("Download the bundle", "bundle.json"), class_name="actions"),
        ),
    ]


def _for_others() -> list[rx.Component]:
    return [
        _kind(
            "Counts",
            rx.el.p(
                "How often each answer was chosen and each warning sign raised, about nobody in "
                "particular. Counts of 1 to 10 are hidden, others rounded to 5."
            ),
            rx.el.div(_take("Download the counts", "counts.csv"), class_name="actions"),
        ),
    ]


def exports_page() -> rx.Component:
    """Show what can be taken out."""
    return staff_page(
        "Exports",
        rx.cond(
            ExportsState.may_use,
            rx.fragment(
                notice(
                    "What leaves the app is no longer protected by it. Whoever has the file can "
                    "read it, and deleting answers here does not delete them there.",
                    "The audit trail tells of each file before its first byte leaves: who took it, "
                    "how many answer sets, as what, and by which filter.",
                ),
                _PlainForm.create(
                    _filters(),
                    rx.el.h2("With patients' answers", class_name="section-title"),
                    rx.el.div(*_for_care(), class_name="exports"),
                    rx.el.h2("For people outside the clinic", class_name="section-title"),
                    rx.el.div(*_for_others(), class_name="exports"),
                    custom_attrs={
                        "method": "get",
                        "action": f"{routes.CLINIC_EXPORTS_API}/responses.csv",
                    },
                    class_name="export-form",
                ),
                research_section(),
            ),
        ),
        current=routes.CLINIC_EXPORTS,
    )
