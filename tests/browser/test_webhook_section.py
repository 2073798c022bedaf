"""An administrator lets the clinic's own system be called, and sees what became of the calls."""

import hashlib
import hmac
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Locator, expect

from fbss_app import routes
from fbss_app.server.services.clinic.settings.webhook_call import SIGNATURE, TIMESTAMP
from tests.browser.audit import staff_problems
from tests.browser.clinic import SOON, Clinic, Desk
from tests.browser.site import OwnServer, running_server


@dataclass
class Receiver:
    """The clinic's own system; `replies` is the status that it answers with."""

    replies: int = 200
    address: str = ""
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.calls.append((dict(self.headers), body))
            self.send_response(made.replies)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.address = f"http://localhost:{server.server_port}/new"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def calling_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """Run the app as within the clinic's own network, where it may call what is near."""
    data_dir, said = tmp_path_factory.mktemp("calling"), list[str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FBSS_WEBHOOK_ALLOW_PRIVATE", "true")
        with running_server(data_dir, said=said) as address:
            yield OwnServer(address, data_dir, said)


@pytest.fixture
def desk(desks: Callable[..., Desk], own_server: OwnServer) -> Desk:
    """Give the settings of a clinic, in the open internet as usual."""
    desk = desks().sit_down(Clinic(own_server, "Quarry Clinic"))
    desk.open(routes.CLINIC_SETTINGS)
    expect(desk.page.locator(".webhook").get_by_label("Address to call")).to_be_visible()
    return desk


def settings_desk(browser: Browser, server: OwnServer) -> tuple[Desk, Locator]:
    desk = Desk(browser, server.address).sit_down(Clinic(server, "Quarry Clinic"))
    desk.open(routes.CLINIC_SETTINGS)
    section = desk.page.locator(".webhook")
    expect(section.get_by_label("Address to call")).to_be_visible()
    return desk, section


def set_address(section: Locator, address: str) -> None:
    section.get_by_label("Address to call").fill(address)
    section.get_by_role("button", name="Set the address").click()


def test_an_address_is_set_tried_and_removed(
    browser: Browser, calling_server: OwnServer, receiver: Receiver
):
    desk, section = settings_desk(browser, calling_server)
    page, found = desk.page, {}
    set_address(section, receiver.address)
    expect(section.get_by_text("it is shown only this once")).to_be_visible()
    secret = section.get_by_role("status").locator(".link-text").inner_text()
    found["secret"] = staff_problems(page)

    section.get_by_role("button", name="Make a test call").click()
    expect(section.get_by_text("The test call was taken.")).to_be_visible(timeout=SOON)
    assert secret not in page.content()
    expect(section.locator(".delivery .delivery-what")).to_have_text(["Test call"])
    expect(section.locator(".delivery span").last).to_have_text("Taken")
    ((headers, body),) = receiver.calls
    signed = f"{headers[TIMESTAMP]}.".encode() + body
    assert hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() in headers[SIGNATURE]
    assert json.loads(body)
    found["taken"] = staff_problems(page)

    receiver.replies = 500
    section.get_by_role("button", name="Make a test call").click()
    failed = "The test call failed: it replied with the error 500."
    expect(section.get_by_text(failed)).to_be_visible(timeout=SOON)
    expect(section.locator(".delivery .is-refusal")).to_contain_text("error 500")
    found["failed"] = staff_problems(page)

    section.get_by_role("button", name="Remove the address").click()
    expect(section.get_by_role("alert")).to_contain_text("Remove the address?")
    found["remove?"] = staff_problems(page)
    section.get_by_role("button", name="Keep it").click()
    expect(section.get_by_text(receiver.address)).to_be_visible()
    section.get_by_role("button", name="Remove the address").click()
    section.get_by_role("button", name="Remove it").click()
    expect(section.get_by_text("Nobody is called any more.")).to_be_visible()
    expect(section.get_by_text(receiver.address)).to_have_count(0)
    assert {state: what for state, what in found.items() if what} == {}
    assert desk.errors == []
    desk.context.close()


def test_wrong_addresses_are_told_at_the_field(desk: Desk):
    section = desk.page.locator(".webhook")
    found: dict[str, list[str]] = {}
    wrong = {
        "": "Enter an address such as https://example.org/new",
        "https://127.0.0.1/new": "This address is of a private network.",
    }
    for address, message in wrong.items():
        set_address(section, address)
        expect(section.locator("#webhook-address-error")).to_contain_text(message)
        expect(section.locator("#error-summary")).to_be_focused()
        found[address] = staff_problems(desk.page)
    expect(section.get_by_text("This address is called:")).to_have_count(0)
    assert {state: what for state, what in found.items() if what} == {}
