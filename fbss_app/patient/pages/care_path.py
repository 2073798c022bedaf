"""The way to a treatment as one picture: the same for everyone, with emergencies beside it."""

import reflex as rx

from fbss_app import routes
from fbss_app.patient.pages.page_styles import path_styles
from fbss_app.ui.art.path import care_path

_STEPS = (
    (
        "See a specialist",
        routes.topic("what-happens-at-the-specialist"),
        "This comes before any choice.",
    ),
    ("Find the cause", routes.CAUSES, "Sometimes no single cause is found."),
    (
        "Care without surgery",
        routes.topic("three-groups-of-treatment"),
        "Such as exercise, talking therapies and medicines.",
    ),
    ("In between", routes.OPTIONS, "Devices in the body. They do not repair the spine."),
    (
        "More surgery",
        routes.topic("fusion-or-decompression"),
        "A surgeon first looks at every option without surgery.",
    ),
)


def way_to_treatment() -> rx.Component:
    """Show the steps from the specialist to surgery, and the exception for emergencies."""
    return rx.el.div(
        path_styles(),
        care_path(
            [
                (
                    rx.el.a(title, href=address, class_name="path-title"),
                    rx.el.p(words, class_name="note"),
                )
                for title, address, words in _STEPS
            ],
            past=(
                rx.el.p(rx.el.strong("An emergency does not wait.")),
                rx.el.p(
                    "Get help at once for new numbness between your legs, new bladder or bowel "
                    "trouble, a leg that gets weaker, a deep infection or a spine that is not "
                    "stable. Surgery may then come first. ",
                    rx.el.a("Emergency signs", href=routes.URGENT_HELP),
                ),
            ),
        ),
        rx.el.p(
            "The path is the same for everyone. Not everyone goes all the way.", class_name="note"
        ),
        class_name="stack",
    )
