"""The first page: what this is, what it is not, and where to begin or carry on."""

import reflex as rx

from fbss_app import routes
from fbss_app.content.loader import load_content
from fbss_app.patient.client.vars import ResponseVars
from fbss_app.patient.pages.frame import patient_page, section
from fbss_app.patient.pages.held_responses import held_responses
from fbss_app.patient.pages.link_ended import link_ended
from fbss_app.patient.pages.paper_link import paper_link
from fbss_app.patient.pages.sections import section_tasks
from fbss_app.ui.art.cover import cover
from fbss_app.ui.button import link_button
from fbss_app.ui.care_card import care_card
from fbss_app.ui.page_head import page_head


def _emergency_first() -> rx.Component:
    return care_card(
        "emergency",
        "Get emergency help now if you have any of these:",
        rx.el.ul(
            rx.el.li("New numbness between your legs, or around your genitals or back passage"),
            rx.el.li("New trouble passing urine, or new loss of control of bladder or bowels"),
            rx.el.li("A leg that is getting weaker, or new trouble walking"),
            rx.el.li("Thoughts of ending your life or harming yourself"),
            class_name="bullets",
        ),
        rx.el.p(
            rx.el.a("See all emergency signs and the numbers to call", href=routes.URGENT_HELP)
        ),
    )


def _begin(response: ResponseVars) -> rx.Component:
    return rx.cond(
        response.slice("are_hidden", "hidden", bool),
        rx.el.div(
            rx.el.p("Nobody used this app for 30 minutes, so we hid the answers. Nothing is lost."),
            rx.el.div(
                link_button("Go to my answers", href=routes.QUESTIONNAIRE), class_name="actions"
            ),
            class_name="stack",
        ),
        _begin_or_carry_on(response),
    )


def _begin_or_carry_on(response: ResponseVars) -> rx.Component:
    return rx.cond(
        response.slice("has_answers", "hasAnswers", bool),
        rx.el.section(
            rx.el.h2("Your questions", class_name="section-title"),
            section_tasks(response, heading=3),
            rx.el.div(
                rx.cond(
                    response.slice("is_complete", "isComplete", bool),
                    link_button("See my summary", href=routes.SUMMARY),
                    link_button("Carry on where I stopped", href=routes.QUESTIONNAIRE),
                ),
                link_button("Check my answers", href=routes.CHECK_ANSWERS, kind="secondary"),
                class_name="actions",
            ),
            class_name="stack",
        ),
        rx.el.div(
            rx.el.div(
                link_button("Start the questions", href=routes.QUESTIONNAIRE), class_name="actions"
            ),
            rx.el.p(
                "About 15 minutes. You can stop at any time. "
                "Nothing leaves your phone until you say so.",
                class_name="hint",
            ),
            class_name="stack",
        ),
    )


def start_page() -> rx.Component:
    """Welcome a patient or a helper."""
    response = ResponseVars(routes.PRIMARY_QUESTIONNAIRE)
    return patient_page(
        rx.el.div(
            rx.el.div(
                page_head(
                    "Pain that continues after back surgery",
                    lead="Answer some questions, understand your options, and take one clear page "
                    "to your specialist.",
                ),
                link_ended(response),
                _begin(response),
                held_responses(response),
            ),
            cover(),
            class_name="split",
        ),
        rx.el.div(_emergency_first(), class_name="section"),
        rx.el.div(
            section(
                "What you can do here",
                rx.el.ul(
                    rx.el.li(rx.el.strong("Check for warning signs."), " They come first."),
                    rx.el.li(
                        rx.el.strong("Tell your story once."),
                        " The questions are the ones a specialist asks. A relative can help.",
                    ),
                    rx.el.li(
                        rx.el.strong("Understand the options."),
                        " ",
                        rx.el.a("All of them", href=routes.OPTIONS),
                        ", with what may help and what may go wrong.",
                    ),
                    rx.el.li(rx.el.strong("Take one page with you."), " Print it or show it."),
                    rx.el.li(rx.el.strong("Use paper instead."), " ", paper_link()),
                    class_name="bullets",
                ),
            ),
            section(
                "What this is not",
                rx.el.ul(
                    *(rx.el.li(line) for line in load_content().messages.must_always_be_said),
                    class_name="bullets",
                ),
            ),
            class_name="split",
        ),
        narrow=False,
    )
