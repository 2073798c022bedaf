"""The list of what needs putting right, at the top of a page."""

from typing import NotRequired, TypedDict

import reflex as rx
from reflex.vars import ArrayVar

from fbss_app.ui import words
from fbss_app.ui.link import in_page_link


class ProblemLink(TypedDict):
    """What is wrong, and the field to go to.

    Attributes:
        href: The field, as an address within the page.
        message: What is wrong, and what to do.
        refusal: Which of several submits was refused. With another one the list is a new element,
            so that whoever follows the page, a screen reader too, learns of it again.
    """

    href: str
    message: str
    refusal: NotRequired[str]


def problem_list(problems: ArrayVar[list[ProblemLink]]) -> rx.Component:
    """Show the problems, each as a link to its field.

    The page moves the focus to the element `error-summary` when it appears.

    Args:
        problems: The problems, in the order of the fields.

    Returns:
        The summary, without regard to whether there is any problem.
    """
    return rx.el.div(
        rx.el.div(
            rx.el.h2(words.PROBLEM_HEADING, class_name="error-summary-title"),
            rx.el.ul(
                rx.foreach(
                    problems,
                    lambda problem: rx.el.li(
                        in_page_link(problem["message"].to(str), href=problem["href"].to(str)),
                    ),
                ),
                class_name="error-summary-list",
            ),
            role="alert",
        ),
        key=problems[0]["refusal"],
        id=rx.Var.create("error-summary"),
        tab_index=-1,
        class_name="error-summary",
    )


def error_summary(problems: ArrayVar[list[ProblemLink]]) -> rx.Component:
    """Show the problems as soon as there are any.

    Args:
        problems: The problems; may be empty.

    Returns:
        The summary, or nothing.
    """
    return rx.cond(problems.length() > 0, problem_list(problems))
