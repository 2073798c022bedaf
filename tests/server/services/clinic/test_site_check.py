import pytest

from fbss_app.server.services.clinic.settings.site_check import SiteReason, check_site

LISTED = ("https://example.org", "https://clinic.example.com:8443", "http://localhost:3000")


@pytest.mark.parametrize(
    ("address", "reason", "origin", "nearest"),
    [
        ("https://example.org/pain?x=1#y", SiteReason.LISTED, LISTED[0], LISTED[0]),
        ("  HTTPS://EXAMPLE.org:443/ ", SiteReason.LISTED, LISTED[0], LISTED[0]),
        ("example.org/pain", SiteReason.LISTED, LISTED[0], LISTED[0]),
        ("http://localhost:3000/x", SiteReason.LISTED, LISTED[2], LISTED[2]),
        ("https://www.example.org/", SiteReason.WWW, "https://www.example.org", LISTED[0]),
        ("http://example.org/", SiteReason.NOT_HTTPS, "http://example.org", ""),
        ("https://example.org:444", SiteReason.OTHER_PORT, "https://example.org:444", LISTED[0]),
        (
            "https://clinic.example.com",
            SiteReason.OTHER_PORT,
            "https://clinic.example.com",
            LISTED[1],
        ),
        (
            "https://a.example.org",
            SiteReason.OTHER_HOST_OF_DOMAIN,
            "https://a.example.org",
            LISTED[0],
        ),
        ("https://example.com", SiteReason.OTHER_HOST_OF_DOMAIN, "https://example.com", LISTED[1]),
        ("https://badexample.org", SiteReason.NOT_LISTED, "https://badexample.org", ""),
        ("https://example.org.evil.net", SiteReason.NOT_LISTED, "https://example.org.evil.net", ""),
        ("https://m\xfcller.de/x", SiteReason.NOT_LISTED, "https://xn--mller-kva.de", ""),
        ("", SiteReason.NOT_AN_ADDRESS, "", ""),
        ("our page", SiteReason.NOT_AN_ADDRESS, "", ""),
        ("ftp://example.org", SiteReason.NOT_AN_ADDRESS, "", ""),
        ("javascript:alert(1)", SiteReason.NOT_AN_ADDRESS, "", ""),
        ("https://example.org:port/", SiteReason.NOT_AN_ADDRESS, "", ""),
        ("https://[::1", SiteReason.NOT_AN_ADDRESS, "", ""),
        (f"https://{'a' * 70}.org", SiteReason.NOT_AN_ADDRESS, "", ""),
    ],
)
def test_address_is_compared_as_a_browser_does(address, reason, origin, nearest):
    found = check_site(address, LISTED)
    assert (found.reason, found.origin, found.nearest) == (reason, origin, nearest)
    assert found.is_allowed == (reason is SiteReason.LISTED)


def test_empty_list_lets_nobody_in():
    assert check_site("https://example.org", ()).reason is SiteReason.NO_LIST
