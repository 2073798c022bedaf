from ipaddress import ip_network

import pytest

from fbss_app.server.api.client_address import client_network, comes_from_proxy

TRUSTED = (ip_network("10.0.0.0/8"), ip_network("127.0.0.1"), ip_network("fd00::/8"))


def scope(peer: str | None, *forwarded: str) -> dict:
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    return {"type": "http", "client": (peer, 1234) if peer else None, "headers": headers}


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.7", (), "203.0.113.7"),
        ("::ffff:203.0.113.7", (), "203.0.113.7"),
        # Whoever is no trusted proxy may write what he likes.
        ("203.0.113.7", ("198.51.100.1",), "203.0.113.7"),
        ("127.0.0.1", ("203.0.113.7",), "203.0.113.7"),
        # What the caller wrote himself stands before what the proxy added.
        ("127.0.0.1", ("198.51.100.1, 203.0.113.7",), "203.0.113.7"),
        ("127.0.0.1", ("198.51.100.1", "203.0.113.7"), "203.0.113.7"),
        ("127.0.0.1", ("10.9.9.9, 203.0.113.7",), "203.0.113.7"),
        # Two proxies in a row.
        ("127.0.0.1", ("203.0.113.7, 10.1.2.3",), "203.0.113.7"),
        ("127.0.0.1", ("203.0.113.7:4711",), "203.0.113.7"),
        ("127.0.0.1", ("[2001:db8:1:2::5]:4711",), "2001:db8:1:2::/64"),
        # Nonsense ends the way back: the last address that is known counts.
        ("127.0.0.1", ("198.51.100.1, nonsense",), "127.0.0.1"),
        ("127.0.0.1", ("203.0.113.7, unknown, 10.1.2.3",), "10.1.2.3"),
        ("127.0.0.1", ("",), "127.0.0.1"),
        ("127.0.0.1", (), "127.0.0.1"),
        (None, ("203.0.113.7",), "unknown"),
    ],
)
def test_address_is_the_nearest_that_no_trusted_proxy_has(peer, forwarded, expected):
    assert client_network(scope(peer, *forwarded), TRUSTED) == expected


def test_without_trusted_proxies_the_header_counts_for_nothing():
    assert client_network(scope("127.0.0.1", "203.0.113.7"), ()) == "127.0.0.1"


def test_all_addresses_of_one_ipv6_customer_are_one():
    found = {client_network(scope(f"2001:db8:0:1::{n:x}"), ()) for n in (1, 2, 0xFFFF)}
    assert found == {"2001:db8:0:1::/64"}
    assert client_network(scope("2001:db8:0:2::1"), ()) not in found


@pytest.mark.parametrize(
    ("peer", "expected"),
    [("10.1.2.3", True), ("fd00::1", True), ("203.0.113.7", False), ("testclient", False)],
)
def test_proxy_is_known_by_the_connection(peer, expected):
    assert comes_from_proxy(scope(peer, "10.1.2.3"), TRUSTED) is expected
