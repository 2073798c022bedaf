"""One signed call to a clinic's own system."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime

import httpx

from fbss_app.server.services.clinic.settings.webhook_address import AddressRefusedError, target_of

TIMEOUT_SECONDS = 5
_RESPONSE_PAGE = "/clinic/response?id="
SIGNATURE = "X-Webhook-Signature"
TIMESTAMP = "X-Webhook-Timestamp"
DELIVERY = "X-Webhook-Delivery"


@dataclass(frozen=True, slots=True)
class Caller:
    """What calls are made with.

    Attributes:
        client: Sends them.
        public_url: Where the app is, for links back to it.
        allow_private: Whether systems of this machine and its own network may be called.
    """

    client: httpx.Client
    public_url: str
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where to call, and the secret to sign with."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class Message:
    """What is told: that something came, and never what."""

    delivery_id: str
    event: str
    submission_id: str
    clinic: str
    time: datetime


def make_client() -> httpx.Client:
    """Make a client that follows nobody elsewhere and asks no proxy of the environment."""
    return httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False, trust_env=False)


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """Sign a body and when it was sent."""
    told = timestamp.encode() + b"." + body
    return f"sha256={hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()}"


def call(caller: Caller, webhook: Webhook, message: Message, now: datetime) -> str:
    """Make a call, and give what went wrong in a word; "" when it was taken."""
    try:
        target = target_of(webhook.url, allow_private=caller.allow_private)
    except AddressRefusedError:
        return "address-refused"
    body = _body(caller.public_url, message)
    timestamp = str(int(now.timestamp()))
    headers = {
        "Host": target.host_header,
        "Content-Type": "application/json",
        "User-Agent": "after-back-surgery",
        DELIVERY: message.delivery_id,
        TIMESTAMP: timestamp,
        SIGNATURE: signature_of(webhook.secret, timestamp, body),
    }
    try:
        # What the other side answers is of no interest, and could be without end.
        with caller.client.stream(
            "POST",
            target.url,
            content=body,
            headers=headers,
            # The certificate must be that of the name, though a number is called.
            extensions={"sni_hostname": target.host},
        ) as reply:
            return "" if reply.is_success else f"status-{reply.status_code}"
    except httpx.TimeoutException:
        return "timeout"
    except httpx.HTTPError:
        return "unreachable"


def _body(public_url: str, message: Message) -> bytes:
    link = f"{public_url}{_RESPONSE_PAGE}{message.submission_id}"
    return json.dumps(
        {
            "event": message.event,
            "submission": message.submission_id,
            "clinic": message.clinic,
            "time": message.time.isoformat().replace("+00:00", "Z"),
            "link": link if message.submission_id else public_url,
        }
    ).encode()
