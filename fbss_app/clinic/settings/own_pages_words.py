"""The words about a clinic's own pages: the snippet for its website, and what a check found."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from fbss_app.server.services.clinic.invitations.own_pages import OwnPages
from fbss_app.server.services.clinic.settings.site_check import SiteCheck, SiteReason

# docs/embedding.md says what each of them is for.
_ALLOW = "clipboard-write; web-share; fullscreen"
_SANDBOX = (
    "allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox "
    "allow-downloads allow-modals allow-top-navigation-to-custom-protocols"
)
_WORDS = {
    SiteReason.LISTED: "{origin} is on the list. The questionnaire shows on this page.",
    SiteReason.NOT_AN_ADDRESS: (
        "This is not the address of a page. Copy it from the address bar of the browser."
    ),
    SiteReason.NOT_HTTPS: (
        "{origin} is not secured by https, so it cannot show the questionnaire. Ask whoever runs "
        "your website for an address that begins with https."
    ),
    SiteReason.NO_LIST: "The list is empty. Add {origin} to it and save the settings.",
    SiteReason.OTHER_PORT: (
        "The list has {nearest}, but this page is at {origin}. To a browser these are two sites. "
        "Add {origin} and save the settings."
    ),
    SiteReason.WWW: (
        "The list has {nearest}, but this page is at {origin}. With and without www are two sites "
        "to a browser. Add {origin} and save the settings."
    ),
    SiteReason.OTHER_HOST_OF_DOMAIN: (
        "The list has {nearest}, but this page is at {origin}. Each part of a domain is a site of "
        "its own to a browser. Add {origin} and save the settings."
    ),
    SiteReason.NOT_LISTED: "{origin} is not on the list. Add it and save the settings.",
}


@dataclass
class OwnPagesView:
    """Where a clinic's own pages are, and how they get into its website."""

    address: str
    preview: str
    snippet: str


def own_pages_view(pages: OwnPages, public_url: str) -> OwnPagesView:
    """Write the addresses and the snippet.

    Args:
        pages: What the pages show.
        public_url: Where people reach the app.
    """
    address, frame = f"{public_url}/c/{pages.slug}", f"{public_url}/embed/{pages.slug}"
    title = escape(f"{pages.settings.name}: questions about your back", quote=True)
    snippet = (
        f'<iframe src="{frame}" title="{title}" loading="lazy"\n'
        '  width="100%" height="900" style="border:0" data-fbss\n'
        f'  allow="{_ALLOW}"\n'
        f'  sandbox="{_SANDBOX}"></iframe>\n'
        f'<script src="{public_url}/embed.js" async></script>\n'
        f'<p><a href="{address}">Open this in its own page</a></p>'
    )
    return OwnPagesView(address, frame, snippet)


def check_words(check: SiteCheck) -> str:
    """Say what a check found, and what to do."""
    return _WORDS[check.reason].format(origin=check.origin, nearest=check.nearest)
