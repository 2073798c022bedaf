"""What stands under every page to read: its sources, and who has checked it."""

from collections.abc import Sequence
from datetime import date

import reflex as rx

from fbss_app.content.loader import load_content
from fbss_app.patient.pages.frame import section
from fbss_app.ui.prose import source_list


def evidence(source_ids: Sequence[str], reviewed_on: date) -> list[rx.Component]:
    """Name the sources of a page and say who has checked it.

    Args:
        source_ids: The sources, in the order of their numbers in the text.
        reviewed_on: The day on which the sources were last checked.
    """
    known = load_content().sources
    listed = [known[source_id] for source_id in source_ids]
    checked = "Sources" if listed else "This page was"
    return [
        *([section("Sources", source_list(listed), data_silent="")] if listed else []),
        rx.el.p(
            f"{checked} checked on {reviewed_on:%-d %B %Y}. "
            "No clinician has checked this page yet.",
            class_name="section note",
        ),
        rx.el.div(
            *(rx.el.p(line) for line in load_content().messages.must_always_be_said),
            class_name="note print-only",
        ),
    ]
