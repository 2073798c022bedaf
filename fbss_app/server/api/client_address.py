"""From where a call comes: the connection's own address, or what a trusted proxy says of it."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

Networks = Sequence[IPv4Network | IPv6Network]

_WITH_PORT = re.compile(r"\[([^\]]+)\](?::\d+)?|([\d.]+):\d+")
# A provider gives each customer a network of this size at least, with 2**64 addresses to choose.
_CUSTOMER_BITS = 64


def comes_from_proxy(scope: Scope, trusted: Networks) -> bool:
    """Tell whether the other end of the connection is a trusted proxy."""
    peer = _parse(_peer(scope))
    return peer is not None and _is_within(peer, trusted)


def client_network(scope: Scope, trusted: Networks) -> str:
    """Name where a call comes from: an IPv4 address, or the network of an IPv6 address.

    The header X-Forwarded-For is read from its end, where the nearest proxy wrote, and only as far
    as each of its authors is trusted: whatever a caller put there itself counts for nothing.
    """
    peer = _peer(scope)
    nearest = _parse(peer)
    if nearest is None:
        return peer
    forwarded = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    while _is_within(nearest, trusted) and forwarded:
        further = _parse(forwarded.pop())
        if further is None:
            break
        nearest = further
    if isinstance(nearest, IPv4Address):
        return str(nearest)
    return str(ip_network((nearest, _CUSTOMER_BITS), strict=False))


def _peer(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "unknown"


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    text = text.strip()
    if found := _WITH_PORT.fullmatch(text):
        text = found[1] or found[2]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_within(address: IPv4Address | IPv6Address, networks: Networks) -> bool:
    return any(address in network for network in networks)
