"""The cookie that says who is logged in. Only the server ever reads it."""

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import Response

from fbss_app.server.services.access import hash_secret

# With this beginning, browsers take it from this host only, by https, for every path.
STAFF_COOKIE = "__Host-staff"


def set_staff_cookie(response: Response, token: str) -> None:
    """Give a browser the cookie. It ends with the browser, or earlier with the session."""
    response.set_cookie(STAFF_COOKIE, token, path="/", secure=True, httponly=True, samesite="lax")


def clear_staff_cookie(response: Response) -> None:
    """Take the cookie from a browser."""
    response.delete_cookie(STAFF_COOKIE, path="/", secure=True, httponly=True, samesite="lax")


def session_of(headers: Headers) -> str:
    """Give the hash of what the cookie holds, or nothing where there is none."""
    for header in headers.getlist("cookie"):
        if token := cookie_parser(header).get(STAFF_COOKIE):
            return hash_secret(token)
    return ""
