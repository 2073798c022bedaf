"""How often each call may be made. Every number of the API's limits stands here, and only here.

Whole waiting rooms share one address, so an address as such is only kept from flooding the server
and from guessing; what one phone may do is counted by its link.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

# Per-address rates are for this many phones; the setting `phones_per_address` raises them.
PHONES_PER_ADDRESS = 40

_MINUTE = 60
_TEN_MINUTES = 600
_HOUR = 3600


class Per(StrEnum):
    """What is counted apart from what."""

    ADDRESS = "address"
    LINK = "link"
    RESPONSE_AND_ADDRESS = "response and address"
    CODE = "code"
    CLINIC = "clinic"


class Counted(StrEnum):
    """Which calls count."""

    ALL = "all"
    WITH_CONSENT = "those that bring a consent, as every call does that begins a response"
    FAILED = "those with a wrong secret or code"


@dataclass(frozen=True)
class Rate:
    """At most so many calls within any span of so many seconds."""

    name: str
    calls: int
    seconds: int
    per: Per
    counted: Counted = Counted.ALL

    @property
    def needs_body(self) -> bool:
        """Whether only the body tells under what a call counts, or whether it does."""
        return self.per is Per.CODE or self.counted is Counted.WITH_CONSENT


ANY_CALL = Rate("any-call", 1200, _MINUTE, Per.ADDRESS)
BEGIN = Rate("begin", 300, _HOUR, Per.ADDRESS, Counted.WITH_CONSENT)
WRONG_SECRET = Rate("wrong-secret", 10, _TEN_MINUTES, Per.RESPONSE_AND_ADDRESS, Counted.FAILED)
WRONG_LINK = Rate("wrong-link", 60, _TEN_MINUTES, Per.ADDRESS, Counted.FAILED)
WRONG_CODE = Rate("wrong-code", 30, _TEN_MINUTES, Per.ADDRESS, Counted.FAILED)
WRONG_TICKET = Rate("wrong-ticket", 30, _TEN_MINUTES, Per.ADDRESS, Counted.FAILED)
SYNC = Rate("sync", 60, _MINUTE, Per.LINK)
READ = Rate("read", 30, _MINUTE, Per.LINK)
DOCUMENT = Rate("document", 10, _MINUTE, Per.LINK)
ERASE = Rate("erase", 10, _MINUTE, Per.LINK)
CHANGE_LINKS = Rate("change-links", 60, _TEN_MINUTES, Per.LINK)
MAKE_CODE = Rate("make-code", 10, _TEN_MINUTES, Per.LINK)
OPEN_LINK = Rate("open-link", 20, _TEN_MINUTES, Per.LINK)
OPEN_CODE = Rate("open-code", 5, _TEN_MINUTES, Per.CODE)
# A clinic shares one address; each file is told in its trail besides.
STAFF_FILE = Rate("staff-file", 120, _TEN_MINUTES, Per.ADDRESS)
WRONG_STAFF_FILE = Rate("wrong-staff-file", 60, _TEN_MINUTES, Per.ADDRESS, Counted.FAILED)
CHANGE_LOGO = Rate("change-logo", 30, _TEN_MINUTES, Per.ADDRESS)
# Pages know whether there is a logo, so only who guesses names of clinics asks in vain so often.
NO_LOGO = Rate("no-logo", 300, _TEN_MINUTES, Per.ADDRESS, Counted.FAILED)

OPEN_INVITATION = Rate("open-invitation", 60, _TEN_MINUTES, Per.ADDRESS, Counted.FAILED)
# Whoever comes through a clinic's own pages asks for one as they send.
OWN_INVITATION = Rate("own-invitation", 40, _HOUR, Per.ADDRESS)
# From many addresses together: far more than come to a clinic, and no flood of made-up people.
OWN_INVITATION_OF_CLINIC = Rate("own-invitation-of-clinic", 600, _HOUR, Per.CLINIC)
SEND = Rate("send", 5, _HOUR, Per.LINK)
TAKE_BACK = Rate("take-back", 5, _HOUR, Per.LINK)

_RESPONSE = "/api/v1/responses/{response_id}"
_LINKS = f"{_RESPONSE}/links"
_CLINIC_EXPORTS = "/api/clinic/exports"
_STAFF_FILE = (ANY_CALL, STAFF_FILE, WRONG_STAFF_FILE)
_ANY = (ANY_CALL, WRONG_SECRET)

# By method and address, as the route has it. A route that is not here cannot be made.
RATES: Mapping[str, tuple[Rate, ...]] = {
    f"POST {_RESPONSE}/sync": (*_ANY, BEGIN, SYNC),
    f"DELETE {_RESPONSE}": (*_ANY, ERASE),
    f"GET {_RESPONSE}/summary.pdf": (*_ANY, DOCUMENT),
    f"GET {_RESPONSE}/export.json": (*_ANY, READ),
    f"GET {_RESPONSE}/export.html": (*_ANY, READ),
    f"GET {_RESPONSE}/questionnaire-response.json": (*_ANY, READ),
    f"GET {_LINKS}": (*_ANY, READ),
    f"PUT {_LINKS}/{{link_id}}": (*_ANY, CHANGE_LINKS),
    f"DELETE {_LINKS}/{{link_id}}": (*_ANY, CHANGE_LINKS),
    f"PUT {_RESPONSE}/code": (*_ANY, MAKE_CODE),
    "POST /api/v1/links/open": (ANY_CALL, WRONG_LINK, OPEN_LINK),
    "POST /api/v1/links/open-with-code": (ANY_CALL, WRONG_CODE, OPEN_CODE),
    "POST /api/v1/invitations/open": (ANY_CALL, OPEN_INVITATION),
    "POST /api/v1/clinics/{slug}/invitations": (
        ANY_CALL,
        OPEN_INVITATION,
        OWN_INVITATION,
        OWN_INVITATION_OF_CLINIC,
    ),
    f"PUT {_RESPONSE}/submission": (*_ANY, SEND),
    f"GET {_RESPONSE}/submission": (*_ANY, READ),
    f"DELETE {_RESPONSE}/submission": (*_ANY, TAKE_BACK),
    "GET /api/v1/clinics/{slug}/logo": (ANY_CALL, NO_LOGO),
    f"GET {_RESPONSE}/submissions": (*_ANY, READ),
    f"DELETE {_RESPONSE}/submissions/{{submission_id}}": (*_ANY, TAKE_BACK),
    "POST /api/clinic/session": (ANY_CALL, WRONG_TICKET),
    "POST /api/clinic/log-out": (ANY_CALL, WRONG_TICKET),
    "GET /api/clinic/responses/{submission_id}.pdf": _STAFF_FILE,
    "POST /api/clinic/invitation-sheet": _STAFF_FILE,
    "POST /api/clinic/logo": (ANY_CALL, CHANGE_LOGO, WRONG_STAFF_FILE),
    "GET /api/clinic/audit-trail": _STAFF_FILE,
    f"GET {_CLINIC_EXPORTS}/responses.csv": _STAFF_FILE,
    f"GET {_CLINIC_EXPORTS}/dictionary.csv": _STAFF_FILE,
    f"GET {_CLINIC_EXPORTS}/bundle.json": _STAFF_FILE,
    f"GET {_CLINIC_EXPORTS}/counts.csv": _STAFF_FILE,
    f"GET {_CLINIC_EXPORTS}/research.csv": _STAFF_FILE,
    # Asked by whatever watches over the server, as often as it likes.
    "GET /healthz": (),
    "HEAD /healthz": (),
    "GET /readyz": (),
    "HEAD /readyz": (),
}


def require_rates(path: str, methods: Iterable[str]) -> None:
    """Refuse a route whose rates nobody has set.

    Raises:
        LookupError: Some of its methods are not in `RATES`.
    """
    missing = sorted({f"{method} {path}" for method in methods} - RATES.keys())
    if missing:
        raise LookupError(f"rate_table.py does not say how often to allow {', '.join(missing)}")
