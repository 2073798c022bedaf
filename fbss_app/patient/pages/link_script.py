"""Takes the secret of a link out of the address as soon as the browser reads the page."""

import reflex as rx

_CLEAN_ADDRESS = (
    "if(/^#[\\w-]{20,}$/.test(location.hash)){"
    "window.linkSecret=location.hash.slice(1);"
    "history.replaceState(history.state,'',location.pathname)}"
)


def clean_address() -> rx.Component:
    """Run the script before any other; link_secret.js has the secret from it."""
    return rx.el.script(custom_attrs={"dangerouslySetInnerHTML": {"__html": _CLEAN_ADDRESS}})
