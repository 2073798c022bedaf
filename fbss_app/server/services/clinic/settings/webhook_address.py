"""Where a clinic's own system may be called, so that nobody makes this server call its neighbours.

A name is looked up once: what it stands for is checked, and exactly that is called.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from fbss_app.server.services.refusal import RefusedError

LONGEST_ADDRESS = 500
_PORTS = {"https": 443, "http": 80}
_LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
# Addresses of the one internet within those of the other.
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


class AddressRefusedError(RefusedError):
    """This server does not call such an address."""

    def __init__(self, message: str) -> None:
        super().__init__("webhook-address", message)


@dataclass(frozen=True, slots=True)
class Target:
    """What to call.

    Attributes:
        url: The address with a number in place of the name.
        host: The name, for the header and for the certificate.
    """

    url: str
    host_header: str
    host: str


def target_of(url: str, *, allow_private: bool) -> Target:
    """Look an address up and check it.

    Args:
        url: The address.
        allow_private: Whether it may be of this machine or of its own network.

    Raises:
        AddressRefusedError: It cannot be called, or must not be.
    """
    parts = _checked(url)
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressRefusedError("No computer of this name was found. Check the name.") from None
    addresses = [ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if not addresses or not all(
        may_be_called(each, allow_private=allow_private) for each in addresses
    ):
        raise AddressRefusedError(
            "This address is of a private network. Name one that the internet can reach."
        )
    number = f"[{addresses[0]}]" if addresses[0].version == 6 else str(addresses[0])
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return Target(f"{parts.scheme}://{number}:{port}{path}", parts.netloc, host)


def may_be_called(address: IPv4Address | IPv6Address, *, allow_private: bool) -> bool:
    """Say whether a number may be called."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return may_be_called(address.ipv4_mapped, allow_private=allow_private)
        is_wrapped = address.sixtofour or address.teredo
        if is_wrapped or any(address in each for each in _NAT64):
            return False
    if address.is_multicast or address.is_unspecified:
        return False
    return allow_private or address.is_global


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise AddressRefusedError("Write an address such as https://example.org/new.") from None
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if not parts.hostname or len(url) > LONGEST_ADDRESS or not is_plain:
        raise AddressRefusedError("Write an address such as https://example.org/new.")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL_NAMES):
        raise AddressRefusedError("The address must begin with https://.")
    if parts.username is not None or parts.fragment:
        raise AddressRefusedError("Leave out names, passwords and what follows a #.")
    return parts
