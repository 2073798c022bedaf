"""Who may open a response: whoever holds its secret, until it expires."""

import hashlib
import hmac
from datetime import datetime

from fbss_app.server.services.refusal import UnknownResponseError
from fbss_app.server.services.unit_of_work import UnitOfWork
from fbss_app.server.storage.tables import ResponseRow

_NO_HASH = "0" * 64


def hash_secret(secret: str) -> str:
    """Turn a secret into what is stored. 32 random bytes need neither salt nor slowness."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_response(unit: UnitOfWork, response_id: str, secret: str, now: datetime) -> ResponseRow:
    """Lock the response, or refuse in the same way and time whatever the reason."""
    row = unit.responses.lock(response_id)
    expected = row.secret_sha256 if row else _NO_HASH
    is_right = hmac.compare_digest(expected, hash_secret(secret))
    if row is None or not is_right or row.expires_at <= now:
        raise UnknownResponseError
    return row
