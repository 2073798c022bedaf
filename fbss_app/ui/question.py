"""The frame around a question: Back, where we are, the control, why it is asked, Continue."""

import reflex as rx
from reflex.vars import BooleanVar, StringVar

from fbss_app.ui import words
from fbss_app.ui.button import button
from fbss_app.ui.disclosure import disclosure
from fbss_app.ui.error_summary import ProblemLink, problem_list
from fbss_app.ui.events import Handler, dom_event
from fbss_app.ui.icon import icon
from fbss_app.ui.items.registry import control
from fbss_app.ui.items.view import QuestionView


def back_button(on_back: Handler, visible: BooleanVar | bool = True) -> rx.Component:
    """Show the button to the page before, which stands above everything else.

    Args:
        on_back: Called with the DOM event.
        visible: Whether there is a page before.

    Returns:
        The button.
    """
    return rx.el.div(
        rx.cond(
            visible,
            rx.el.button(
                icon("back"),
                words.BACK,
                type="button",
                on_click=dom_event(on_back),
                class_name="back",
            ),
        ),
        class_name="back-row",
    )


def _problems(view: QuestionView) -> rx.Component:
    problem = {"href": "#" + view.key, "message": view.problem}
    problems = rx.Var.create([problem]).to(list[ProblemLink])
    return rx.cond(view.problem != "", problem_list(problems))


def _mask_button(view: QuestionView) -> rx.Component:
    words_on_it = rx.cond(view.by_helper, words.THEY_ANSWER_ALONE, words.ANSWER_ALONE).to(str)
    return rx.cond(
        view.can_mask,
        rx.el.button(
            words_on_it,
            type="button",
            on_click=dom_event(view.mask),
            class_name="row-action put-aside",
        ),
    )


def question_frame(
    view: QuestionView,
    *,
    caption: StringVar,
    control_name: StringVar,
    on_continue: Handler,
    on_back: Handler,
    back_visible: BooleanVar | bool = True,
    continue_label: StringVar | str = words.CONTINUE,
    before: rx.Component | None = None,
    after: rx.Component | None = None,
) -> rx.Component:
    """Ask one question on a page of its own.

    Args:
        view: The question.
        caption: Where in the questionnaire it stands, such as "Section 2 of 7: Your pain".
        control_name: The control that asks it.
        on_continue: Called with the submit event; the browser's own submit is already prevented.
        on_back: Called with the DOM event of the Back button.
        back_visible: Whether there is a page before.
        continue_label: The words of the submit button.
        before: What stands between Back and the question.
        after: What stands under the Continue button, such as "Save and come back later".

    Returns:
        The form.
    """
    return rx.el.form(
        back_button(on_back, back_visible),
        before or rx.fragment(),
        _problems(view),
        rx.el.div(
            rx.cond(caption != "", rx.el.p(caption, class_name="caption")),
            control(view, control_name),
            _mask_button(view),
            rx.cond(view.why != "", disclosure(words.WHY_WE_ASK, rx.el.p(view.why))),
            rx.cond(view.credit != "", rx.el.p(view.credit, class_name="credit")),
            # A new key makes the browser build the question anew: what was opened in the last
            # one is closed, and the short slide runs.
            key=view.key,
            class_name="question-body",
        ),
        rx.el.div(button(continue_label, type_="submit"), class_name="actions"),
        after or rx.fragment(),
        on_submit=dom_event(on_continue),
        # Submitted by the browser itself, such a form does nothing outside a dialog: without
        # scripts no answer gets into an address or to the server.
        method="dialog",
        no_validate=True,
        data_link_id=view.link_id,
        class_name="question",
    )
