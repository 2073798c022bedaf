"""Tells whether a page of a website may show a clinic's pages in a frame, and if not, why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

_HERE = ("localhost", "127.0.0.1")
_LONGEST = 2000


class SiteReason(StrEnum):
    """What decides."""

    LISTED = "listed"
    NOT_AN_ADDRESS = "not-an-address"
    NOT_HTTPS = "not-https"
    NO_LIST = "no-list"
    OTHER_PORT = "other-port"
    WWW = "www"
    OTHER_HOST_OF_DOMAIN = "other-host-of-domain"
    NOT_LISTED = "not-listed"


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """What was found.

    Attributes:
        reason: What decides.
        origin: The origin of the page as a browser compares it; "" where there is none.
        nearest: The listed origin that comes nearest; "" where none does.
    """

    reason: SiteReason
    origin: str = ""
    nearest: str = ""

    @property
    def is_allowed(self) -> bool:
        """Whether the page may show them."""
        return self.reason is SiteReason.LISTED


def check_site(address: str, allowed: Sequence[str]) -> SiteCheck:
    """Compare the address of a page with the list as a browser does.

    Args:
        address: As it stands in the browser's address bar.
        allowed: The origins that may show the clinic's pages.
    """
    scheme, host, port = _parts(address)
    if not host:
        return SiteCheck(SiteReason.NOT_AN_ADDRESS)
    usual = {"https": 443, "http": 80}[scheme]
    origin = f"{scheme}://{host}" + (f":{port}" if port not in (None, usual) else "")
    if origin in allowed:
        return SiteCheck(SiteReason.LISTED, origin, origin)
    if scheme != "https" and host not in _HERE:
        return SiteCheck(SiteReason.NOT_HTTPS, origin)
    if not allowed:
        return SiteCheck(SiteReason.NO_LIST, origin)
    return _nearest(origin, host, allowed)


def _parts(address: str) -> tuple[str, str, int | None]:
    text = address.strip()
    if not text or len(text) > _LONGEST or re.search(r"\s", text):
        return "", "", None
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        port = parts.port
        # A browser compares hosts of other alphabets in this form.
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return "", "", None
    is_site = parts.scheme in ("https", "http") and ("." in host or host in _HERE)
    return (parts.scheme, host, port) if is_site else ("", "", None)


def _nearest(origin: str, host: str, allowed: Sequence[str]) -> SiteCheck:
    near = {reason: site for site in reversed(allowed) if (reason := _nearness(host, _host(site)))}
    for reason in (SiteReason.OTHER_PORT, SiteReason.WWW, SiteReason.OTHER_HOST_OF_DOMAIN):
        if reason in near:
            return SiteCheck(reason, origin, near[reason])
    return SiteCheck(SiteReason.NOT_LISTED, origin)


def _nearness(host: str, listed: str) -> SiteReason | None:
    if host == listed:
        return SiteReason.OTHER_PORT
    bare, other = _bare(host), _bare(listed)
    if bare == other:
        return SiteReason.WWW
    is_within = f".{bare}".endswith(f".{other}") or f".{other}".endswith(f".{bare}")
    return SiteReason.OTHER_HOST_OF_DOMAIN if is_within else None


def _host(site: str) -> str:
    return urlsplit(site).hostname or ""


def _bare(host: str) -> str:
    return host.removeprefix("www.")
