"""The tags in every page's head that make the site installable."""

from __future__ import annotations

import reflex as rx

from fbss_app.patient.pwa.manifest import BACKGROUND_COLOR, MANIFEST_NAME

_DARK_BACKGROUND_COLOR = "#0f1725"


def install_tags() -> list[rx.Component]:
    """Return the links and meta tags for `rx.App(head_components=...)`."""
    return [
        rx.el.link(rel="manifest", href=f"/{MANIFEST_NAME}"),
        rx.el.link(rel="icon", href="/favicon.ico", sizes="32x32"),
        rx.el.link(rel="icon", href="/icon.svg", type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href="/icons/apple-touch-icon.png"),
        # The bar around the page takes the page's own ground, in the light and in the dark.
        _theme_color(BACKGROUND_COLOR, "light"),
        _theme_color(_DARK_BACKGROUND_COLOR, "dark"),
        rx.el.meta(name="mobile-web-app-capable", content="yes"),
        rx.el.meta(name="apple-mobile-web-app-capable", content="yes"),
        rx.el.meta(name="apple-mobile-web-app-title", content="After Back"),
        rx.el.meta(name="apple-mobile-web-app-status-bar-style", content="default"),
        # Numbers in the text are figures as often as telephone numbers; real ones are links.
        rx.el.meta(name="format-detection", content="telephone=no"),
    ]


def _theme_color(color: str, scheme: str) -> rx.Component:
    media = f"(prefers-color-scheme: {scheme})"
    return rx.el.meta(name="theme-color", content=color, custom_attrs={"media": media})
