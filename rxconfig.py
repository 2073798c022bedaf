"""Reflex's configuration: which plugins build the app. No logic."""

import os

# Reflex looks for bun first, also where only an npm lock is committed; Node comes from PyPI.
os.environ.setdefault("REFLEX_USE_NPM", "1")

import reflex as rx
from reflex.plugins.sitemap import SitemapPlugin

from fbss_app.clinic.socket_plugin import SocketPlugin
from fbss_app.launch.paper_plugin import PaperPlugin
from fbss_app.patient.client.plugin import PatientClientPlugin
from fbss_app.patient.embed.plugin import EmbedPlugin
from fbss_app.patient.pwa.plugin import PwaPlugin
from fbss_app.settings import Settings

config = rx.Config(
    app_name="fbss_app",
    plugins=[
        PatientClientPlugin(),
        PaperPlugin(),
        SocketPlugin(),
        EmbedPlugin(),
        PwaPlugin(),
    ],
    disable_plugins=[SitemapPlugin],
    frontend_compression_formats=["brotli", "gzip"],
    # An empty list would open the websocket to every site.
    cors_allowed_origins=[Settings().public_url],
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
