"""Stylesheets of single pages, which the other pages do not carry."""

import reflex as rx


def page_styles(address: str) -> rx.Component:
    """Link a stylesheet; React moves it into the head and waits for it.

    Args:
        address: Where it is.
    """
    return rx.el.link(rel="stylesheet", href=address, custom_attrs={"precedence": "default"})


def sharing_styles() -> rx.Component:
    """Link the stylesheet of the pages about links, codes and copies."""
    return page_styles("/sharing.css")


def path_styles() -> rx.Component:
    """Link the stylesheet of the picture of the way through care."""
    return page_styles("/path.css")
