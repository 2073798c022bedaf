"""What the settings say about calls to the clinic's own system. Knows nothing of Reflex."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fbss_app.clinic.response.presenter import moment
from fbss_app.server.services.clinic.settings.webhook_call import TIMEOUT_SECONDS
from fbss_app.server.services.clinic.settings.webhooks import TEST, Delivery

_PROBLEMS = {
    "address-refused": "the address may not be called any more",
    "timeout": f"no reply within {TIMEOUT_SECONDS} seconds",
    "unreachable": "no connection could be made",
    "no-webhook": "the address was removed, or the answers are gone",
}


@dataclass
class DeliveryView:
    """One call as the list shows it."""

    what: str
    time: str
    iso_time: str
    state: str
    has_failed: bool


def problem_words(problem: str) -> str:
    """Say in plain words what went wrong with a call."""
    if problem.startswith("status-"):
        return f"it replied with the error {problem.removeprefix('status-')}"
    return _PROBLEMS.get(problem, "the call failed")


def outcome_words(problem: str) -> str:
    """Say how a test call went; `problem` is empty where it went well."""
    if not problem:
        return "The test call was taken. Your system replied that all is well."
    return f"The test call failed: {problem_words(problem)}."


def delivery_views(deliveries: Iterable[Delivery]) -> list[DeliveryView]:
    """Put the last calls into words."""
    return [
        DeliveryView(
            "Test call" if each.event == TEST else "Answers sent",
            moment(each.created_at),
            each.created_at.isoformat(),
            _state(each),
            each.delivered_at is None and bool(each.last_problem),
        )
        for each in deliveries
    ]


def _state(delivery: Delivery) -> str:
    why = problem_words(delivery.last_problem) if delivery.last_problem else ""
    if delivery.delivered_at:
        return f"Taken at try {delivery.tries}" if delivery.tries > 1 else "Taken"
    if delivery.next_try_at is None:
        end = "Failed" if delivery.event == TEST else "Given up"
        return f"{end}: {why}" if why else end
    if not why:
        return "Waits to be called"
    return f"Failed: {why}. Next try {moment(delivery.next_try_at)}"
