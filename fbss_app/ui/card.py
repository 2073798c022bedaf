"""Cards: for something that is one thing, such as one treatment option."""

import reflex as rx
from reflex.vars import StringVar


def card(*children: rx.Component, class_name: str = "") -> rx.Component:
    """Put a frame around what belongs together.

    Args:
        *children: The content.
        class_name: Further classes.

    Returns:
        The card.
    """
    return rx.el.div(*children, class_name=f"card {class_name}".strip())


def link_card(
    title: StringVar | str,
    *children: rx.Component,
    href: StringVar | str,
    summary: StringVar | str = "",
    term: str = "",
    heading: int = 2,
) -> rx.Component:
    """Show a page as a card that can be tapped anywhere.

    The link is the title alone, so that its name stays short for a screen reader.

    Args:
        title: The name of the page.
        *children: Further lines under the summary.
        href: The page.
        summary: What the page is about, in a sentence.
        term: The name a professional uses, as a second line of the title.
        heading: The level of the heading, 2 or 3.

    Returns:
        The card, for a list with the class `card-grid`.
    """
    heading_element = rx.el.h3 if heading == 3 else rx.el.h2
    second = (" ", rx.el.span(term, class_name="card-term")) if term else ()
    return rx.el.li(
        heading_element(rx.el.a(title, *second, href=href), class_name="card-title"),
        rx.cond(summary != "", rx.el.p(summary)),
        *children,
        class_name="card card-link",
    )


def card_group(title: str, explanation: str, *cards: rx.Component) -> rx.Component:
    """Set the cards of a group under its name.

    Args:
        title: The name of the group.
        explanation: What its members have in common.
        *cards: `link_card`s with headings of level 3.

    Returns:
        The group; its name stands beside the cards where the screen is wide enough.
    """
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title, class_name="section-title"),
            rx.el.p(explanation, class_name="hint"),
            class_name="family-head",
        ),
        card_grid(*cards),
        class_name="family",
    )


def card_grid(*cards: rx.Component) -> rx.Component:
    """Set cards side by side as far as the screen allows.

    Args:
        *cards: `link_card`s, or one `rx.foreach` of them.

    Returns:
        The list.
    """
    return rx.el.ul(*cards, class_name="card-grid")
