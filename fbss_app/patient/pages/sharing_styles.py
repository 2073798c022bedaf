"""The stylesheet of the pages about links, codes and copies, which the other pages do not carry."""

import reflex as rx

_ADDRESS = "/sharing.css"


def sharing_styles() -> rx.Component:
    """Link the stylesheet; React moves it into the head and waits for it."""
    return rx.el.link(rel="stylesheet", href=_ADDRESS, custom_attrs={"precedence": "default"})
