import pytest

from fbss_app.server.own_origin import is_own_origin

PUBLIC = "https://clinic.example"


@pytest.mark.parametrize(
    ("origin", "host", "public_url", "is_own"),
    [
        (PUBLIC, "", PUBLIC, True),
        ("https://CLINIC.example:443", "", PUBLIC, True),
        (PUBLIC, "", "https://clinic.example:443", True),
        ("https://clinic.example:8443", "", "https://clinic.example:8443", True),
        ("", "", PUBLIC, False),
        ("null", "", PUBLIC, False),
        ("http://clinic.example", "", PUBLIC, False),
        ("https://clinic.example.evil.example", "", PUBLIC, False),
        ("https://clinic.example@evil.example", "", PUBLIC, False),
        ("https://evil.example/clinic.example", "", PUBLIC, False),
        ("https://clinic.example:x", "", PUBLIC, False),
        # Over https nobody but the setting says where the app is.
        ("https://evil.example", "evil.example", PUBLIC, False),
        ("http://evil.example", "evil.example", PUBLIC, False),
        # On one machine or in one house it has several names.
        ("http://localhost:8000", "localhost:8000", "http://127.0.0.1:8000", True),
        ("http://192.168.1.5:8000", "192.168.1.5:8000", "http://localhost:8000", True),
        ("http://[::1]:8000", "[::1]:8000", "http://localhost:8000", True),
        ("http://evil.example", "localhost:8000", "http://localhost:8000", False),
        ("http://localhost:9000", "localhost:8000", "http://localhost:8000", False),
        ("http://localhost:8000", "", "http://127.0.0.1:8000", False),
    ],
)
def test_own_pages_are_told_from_others(origin: str, host: str, public_url: str, is_own: bool):
    assert is_own_origin(origin, host, public_url) is is_own
