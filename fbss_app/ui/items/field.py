"""The parts every control shares: the question as heading, its hint, its error and the way out."""

import reflex as rx
from reflex.vars import StringVar

from fbss_app.ui import words
from fbss_app.ui.events import dom_event
from fbss_app.ui.icon import icon
from fbss_app.ui.items.view import QuestionView


def hint_id(view: QuestionView) -> StringVar:
    """Name the element that holds the hint."""
    return (view.key + "-hint").to(str)


def error_id(view: QuestionView) -> StringVar:
    """Name the element that holds the error."""
    return (view.key + "-error").to(str)


def described_by(view: QuestionView) -> StringVar:
    """List the ids of the hint and the error, as far as they are shown.

    Args:
        view: The question.

    Returns:
        The value for `aria-describedby`; undefined when there is neither, which leaves the
        attribute out.
    """
    both = (hint_id(view) + " " + error_id(view)).to(str)
    nothing = rx.Var("undefined").to(str)
    return rx.cond(
        view.problem != "",
        rx.cond(view.hint != "", both, error_id(view)),
        rx.cond(view.hint != "", hint_id(view), nothing),
    ).to(str)


def is_invalid(view: QuestionView) -> StringVar:
    """Say whether the draft has a problem, in the words of `aria-invalid`."""
    return rx.cond(view.problem != "", "true", "false").to(str)


def heading(view: QuestionView) -> rx.Component:
    """Show the question as the heading of the page.

    The heading can take the focus, as the page moves it there when the question changes.
    """
    return rx.el.h1(
        view.text,
        rx.cond(view.optional, rx.el.span(" ", words.OPTIONAL, class_name="optional")),
        id=rx.Var.create("question"),
        tab_index=-1,
        class_name="question-title",
    )


def details(view: QuestionView) -> rx.Component:
    """Show the paragraphs that belong to the question."""
    return rx.cond(
        view.detail.length() > 0,
        rx.el.div(
            rx.foreach(view.detail, lambda paragraph: rx.el.p(paragraph)),
            class_name="question-detail",
        ),
    )


def hint(view: QuestionView) -> rx.Component:
    """Show the hint, if there is one."""
    return rx.cond(view.hint != "", rx.el.p(view.hint, id=hint_id(view), class_name="hint"))


def error(view: QuestionView) -> rx.Component:
    """Show what is wrong with the draft, beside the field."""
    return rx.cond(
        view.problem != "",
        rx.el.p(
            icon("warning"),
            rx.el.span(
                rx.el.span(words.ERROR_PREFIX, class_name="visually-hidden"),
                view.problem,
            ),
            id=error_id(view),
            class_name="field-error",
        ),
    )


def group(view: QuestionView, *children: rx.Component) -> rx.Component:
    """Put several inputs under one question.

    Args:
        view: The question.
        *children: The inputs with their labels.

    Returns:
        A fieldset whose legend is the question.
    """
    return rx.el.div(
        rx.el.fieldset(
            rx.el.legend(heading(view), class_name="question-legend"),
            details(view),
            hint(view),
            error(view),
            *children,
            aria_describedby=described_by(view),
            class_name="field-group",
        ),
        data_field="",
        data_problem=is_invalid(view),
        class_name="field",
    )


def single(view: QuestionView, *children: rx.Component) -> rx.Component:
    """Put one input under a question that is its label.

    Args:
        view: The question.
        *children: The input, which must have the id `view.key`, and what belongs to it.

    Returns:
        The question, its hint and error, and the input.
    """
    return rx.el.div(
        rx.el.h1(
            rx.el.label(
                view.text,
                rx.cond(view.optional, rx.el.span(" ", words.OPTIONAL, class_name="optional")),
                html_for=view.key,
            ),
            id=rx.Var.create("question"),
            tab_index=-1,
            class_name="question-title",
        ),
        details(view),
        hint(view),
        error(view),
        *children,
        data_field="",
        data_problem=is_invalid(view),
        class_name="field",
    )


def or_divider() -> rx.Component:
    """Set the last choice apart from the others."""
    return rx.el.p(words.OR, class_name="choice-or")


def not_sure_checkbox(view: QuestionView) -> rx.Component:
    """Offer the way out beside an input that is not a list of choices."""
    return rx.cond(
        view.not_sure != "",
        rx.el.div(
            or_divider(),
            rx.el.label(
                rx.el.input(
                    type="checkbox",
                    name="not_sure",
                    value="true",
                    checked=view.is_not_sure,
                    on_change=dom_event(view.set_flag("not_sure")),
                    class_name="choice-input",
                ),
                rx.el.span(view.not_sure, class_name="choice-label"),
                class_name="choice-row",
            ),
            class_name="way-out",
        ),
    )
