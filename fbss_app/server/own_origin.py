"""Tells whether a request was made by a page of this app."""

from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


def is_own_origin(origin: str, host: str, public_url: str) -> bool:
    """Compare where a request says it comes from with where the app is.

    Args:
        origin: Its header Origin; empty where it has none, which is never our own.
        host: Its header Host. Believed only where the app is not reached by https: on one machine
            or in one house, where it may have several names.
        public_url: The app's own address.
    """
    found = _parts(origin)
    if found is None:
        return False
    is_local = public_url.startswith("http://")
    return found == _parts(public_url) or (
        is_local and bool(host) and found == _parts(f"http://{host}")
    )


def _parts(origin: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(origin)
        if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/"):
            return None
        return parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme]
    except ValueError:
        return None
