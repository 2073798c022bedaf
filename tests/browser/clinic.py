"""Clinics for the browser tests: desks that their staff sit at, and what is made past the pages."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    WebSocket,
    expect,
)
from pyotp.totp import TOTP

from fbss_app import routes
from fbss_app.domain.questionnaire.answers import AuthorRole
from fbss_app.launch.database import opened_database
from fbss_app.server.call_counter import CallCounter
from fbss_app.server.services.clinic.invitations import (
    invitations,
    own_pages,
)
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.settings import settings
from fbss_app.server.services.clinic.staff import (
    set_up,
    staff,
)
from fbss_app.server.services.clinic.staff.at_the_door import AtTheDoor
from fbss_app.server.services.clinic.staff.emergency_access import let_in
from fbss_app.server.services.clinic.staff.log_in import Door
from fbss_app.server.services.clinic.staff.sessions import begin_session, give_ticket, staff_of
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery, read_inbox
from fbss_app.server.services.clinic.submissions.review import read_response
from fbss_app.server.services.clinic.submissions.submissions import SendingCall, send_to_clinic
from fbss_app.server.services.demo.made_up_people import MadeUpPerson, answer_events_of
from fbss_app.server.services.sync import Consent, SyncCall, sync_response
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.site_pages import SitePages
from fbss_app.server.staff_cookie import STAFF_COOKIE
from fbss_app.server.storage.repositories.clinic.invitations import Invitee
from fbss_app.settings import Settings
from tests.browser.questions import QUESTIONNAIRE
from tests.browser.site import OwnServer

PASSWORD = "kettle orbit lantern sofa"
OTHER_PASSWORD = "walnut ferry drizzle piano"
# Every page that only staff may see; the log-in and the set-up stand before the door.
STAFF_PAGES = sorted(
    path
    for path in SitePages.load().pages
    if path.startswith(routes.CLINIC) and path not in (routes.CLINIC_LOG_IN, routes.CLINIC_SET_UP)
)
WIDE = {"width": 1280, "height": 800}

# What is sent must be seen within this: the page looks every three seconds.
SOON = 20_000


@dataclass(frozen=True)
class Member:
    """Somebody on the staff, with all they need to log in."""

    staff: Staff
    password: str
    totp_secret: str
    recovery_codes: Sequence[str]

    @property
    def code(self) -> str:
        """What their authenticator app shows next: the one it showed last may be used up."""
        return TOTP(self.totp_secret).at(int(datetime.now(UTC).timestamp()) + 30)


class Clinic:
    """A clinic with an administrator, for tests that are not about how it was founded."""

    def __init__(self, server: OwnServer, name: str = "Northside Pain Clinic") -> None:
        self.name = name
        self._settings = Settings(data_dir=server.data_dir, public_url=server.address)
        with opened_database(self._settings) as database:
            secret = set_up.make_founding_link(database, _now())
            founding = set_up.Founding(name, "gb", _address("ann"), "Ann Ode", PASSWORD)
            door = set_up.found_clinic(database, secret, founding, _now())
            self.administrator = self._member(database, door)

    def colleague(self, role: Role, name: str = "Bea Lund") -> Member:
        """Let somebody join the staff."""
        with opened_database(self._settings) as database:
            link = staff.invite_staff(
                database, self.administrator.staff, _address(role.value), name, role.value, _now()
            )
            return self._member(
                database, set_up.join_clinic(database, link, name, PASSWORD, _now())
            )

    def open_own_pages(self, *sites: str, **changes: Any) -> str:
        """Take patients without an invitation, also on these sites, and give the slug."""
        staff_ = self.administrator.staff
        with opened_database(self._settings) as database:
            before = settings.read_settings(database, staff_, _now())
            wanted = replace(before, takes_uninvited=True, allowed_sites=sites, **changes)
            parts = tuple(QUESTIONNAIRE.optional_parts)
            settings.change_settings(database, staff_, before, wanted, parts, ("gb", "us"), _now())
            pages = own_pages.read_own_pages(database, staff_, _now())
        assert pages
        return pages.slug

    def let_in_by_operator(self, member: Member) -> None:
        """Let somebody in again as whoever runs the app does."""
        with opened_database(self._settings) as database:
            let_in(database, member.staff.email, _now())

    def founding_link(self) -> str:
        """Make a link with which another clinic can be founded."""
        with opened_database(self._settings) as database:
            secret = set_up.make_founding_link(database, _now())
        return f"{routes.CLINIC_SET_UP}#{secret}"

    def session_of(self, member: Member) -> str:
        """Begin a session, and give what its cookie holds."""
        with opened_database(self._settings) as database:
            with database.unit_of_work() as unit:
                ticket = give_ticket(unit, member.staff.id, _now())
            return begin_session(database, ticket, _now())

    def invite(self, label: str) -> str:
        """Invite a patient, and give the address of the invitation."""
        with opened_database(self._settings) as database:
            return _invite(database, self.administrator.staff, label)

    def end_invitations(self) -> None:
        """End every invitation: no phone can send with one of them any more."""
        by, query = self.administrator.staff, invitations.InvitationQuery()
        with opened_database(self._settings) as database:
            for row in invitations.list_invitations(database, by, query, _now()).rows:
                invitations.revoke_invitation(database, by, row.id, _now())

    def receive(
        self,
        label: str,
        answers: Mapping[str, Any],
        earlier: Mapping[str, Any] | None = None,
        slug: str = "",
    ) -> None:
        """Let a patient answer, and send it.

        Args:
            label: Who they are.
            answers: What they answer.
            earlier: What they answered first.
            slug: Through which own pages they come without being invited; empty if they were.
        """
        response_id, secret = str(uuid4()), secrets.token_urlsafe(32)
        invited = "" if slug else self.invite(label).partition("#")[2]
        now = _now()
        events = answer_events_of(MadeUpPerson(label, answers, 10), now)
        # What people have answered on one phone has ids of its own.
        events = [event.model_copy(update={"id": uuid4()}) for event in events]
        first = [
            event.model_copy(update={"id": uuid4(), "value": (earlier or {})[event.link_id]})
            for event in events
            if event.link_id in (earlier or {})
        ]
        events = [*first, *events]
        consent = Consent("test", "0" * 64, now, AuthorRole.PATIENT)
        definitions = {(QUESTIONNAIRE.name, QUESTIONNAIRE.version): QUESTIONNAIRE}
        with opened_database(self._settings) as database:
            call = SyncCall(response_id, secret, QUESTIONNAIRE, consent, 0, events)
            cursor = sync_response(database, self._settings, call, now).cursor
            invitation = (
                invited
                or own_pages.invite_oneself(
                    database, definitions, slug, QUESTIONNAIRE.name, label, now
                ).secret
            )
            sending = SendingCall(response_id, secret, invitation, consent, cursor)
            send_to_clinic(database, definitions, sending, now)

    def answers_of(self, label: str) -> dict[str, Any]:
        """Give the answers that were sent under this label, by answer key."""
        by, now = self.administrator.staff, _now()
        definitions = {(QUESTIONNAIRE.name, QUESTIONNAIRE.version): QUESTIONNAIRE}
        with opened_database(self._settings) as database:
            (line,) = read_inbox(database, by, InboxQuery(search=label), now).rows
            found = read_response(database, definitions, by, line.submission_id, now)
            return dict(found.filled_in.evaluation.answers)

    def _member(self, database: Database, at_the_door: AtTheDoor) -> Member:
        door = Door(database, self._settings, CallCounter(), _now)
        secret = door.begin_second_factor(at_the_door).secret
        # The code before the present one is taken too, and leaves the others for the pages.
        code = TOTP(secret).at(int(_now().timestamp()) - 30)
        _, codes = door.finish_second_factor(at_the_door, secret, code)
        with database.unit_of_work() as unit:
            row = unit.log_ins.staff(at_the_door.staff_id)
            assert row
            return Member(staff_of(row), PASSWORD, secret, codes)


def _invite(database: Database, by: Staff, label: str) -> str:
    invitees = [Invitee(label)]
    (made,) = invitations.invite(database, by, QUESTIONNAIRE.name, invitees, 60, _now())
    return f"{routes.INVITED}#{made.secret}"


class Desk:
    """A computer in a clinic, with all that its page has told the server and was told by it."""

    def __init__(self, browser: Browser, site: str, **options: Any) -> None:
        options = {"viewport": WIDE, "service_workers": "block", **options}
        self.site = site
        self.context: BrowserContext = browser.new_context(base_url=site, **options)
        self.page: Page = self.context.new_page()
        self.frames: list[str] = []
        self.sockets: list[str] = []
        self.errors: list[str] = []
        self.page.on("websocket", self._listen)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _listen(self, socket: WebSocket) -> None:
        self.sockets.append(socket.url)
        for event in ("framesent", "framereceived"):
            socket.on(event, lambda payload: self.frames.append(_text(payload)))

    def open(self, address: str) -> Page:
        """Open a page, and wait until it is known who is there."""
        self.page.goto(address)
        self.wait_until_ready()
        return self.page

    def wait_until_ready(self) -> None:
        """Wait until the page answers by itself, and shows what it is for."""
        expect(self.page.locator("html[data-ready]")).to_have_count(1)
        expect(self.page.locator(".staff-loading")).to_have_count(0)

    def sit_down(self, clinic: Clinic, member: Member | None = None) -> "Desk":
        """Be logged in, without the page for it."""
        self.keep_cookie(clinic.session_of(member or clinic.administrator))
        return self

    def keep_cookie(self, token: str) -> None:
        """Put the cookie of a session into the browser."""
        cookie: Any = {
            "name": STAFF_COOKIE,
            "value": token,
            # By https alone such a cookie may be set; on one's own machine it is sent by http too.
            "url": self.site.replace("http:", "https:"),
            "httpOnly": True,
            "secure": True,
            "sameSite": "Lax",
        }
        self.context.add_cookies([cookie])

    def tap(self, name: str, *, exact: bool = False) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=exact).click()

    def fill(self, **fields: str) -> None:
        """Fill fields, which are named by their ids."""
        for name, text in fields.items():
            self.page.locator(f"#{name.replace('_', '-')}").fill(text)

    def show_password(self, email: str, password: str) -> None:
        """Do the first step of the log-in."""
        self.fill(email=email, password=password)
        self.tap("Log in")

    def enter_code(self, code: str, button: str = "Log in") -> None:
        """Do the second step of the log-in."""
        self.fill(code=code)
        self.tap(button)

    def log_in(self, member: Member) -> "Desk":
        """Log in as people do, up to the inbox."""
        self.open(routes.CLINIC_LOG_IN)
        self.show_password(member.staff.email, member.password)
        expect(self.heading).to_have_text("Enter the code from your app")
        self.enter_code(member.code)
        self.expect_inbox()
        return self

    def expect_inbox(self) -> None:
        """Expect the inbox, with what is in it."""
        expect(self.page).to_have_url(f"{self.site}{routes.CLINIC}")
        expect(self.page.locator(".tabs")).to_be_visible()

    def expect_log_in(self) -> None:
        """Expect the log-in, whatever it says."""
        expect(self.page).to_have_url(re.compile(rf"{routes.CLINIC_LOG_IN}(\?|$)"))
        expect(self.heading).to_have_text("Log in")

    @property
    def heading(self) -> Locator:
        """The title of the page."""
        return self.page.locator("main h1")

    @property
    def cookie(self) -> dict[str, Any]:
        """The cookie of the session; empty where there is none."""
        found = [dict(each) for each in self.context.cookies()]
        return next((each for each in found if each["name"] == STAFF_COOKIE), {})

    @property
    def problems(self) -> Locator:
        """What is wrong with the form, as the list on top says."""
        return self.page.locator("#error-summary").get_by_role("link")

    def row(self, label: str) -> Locator:
        """A line of the inbox."""
        return self.page.locator(".inbox-row", has_text=label)

    def in_list(self, name: str) -> Locator:
        """How many are in one of the inbox's lists."""
        return self.page.locator(".tab", has_text=name).locator(".tab-count")


def set_up_second_factor(
    desk: Desk, look_at_codes: Callable[[], None] = lambda: None
) -> tuple[str, list[str]]:
    """Connect an app, and keep the recovery codes; gives the app's secret and these codes."""
    expect(desk.heading).to_have_text("Set up a second step")
    secret = desk.page.locator(".link-text").inner_text().replace(" ", "")
    desk.enter_code(TOTP(secret).now(), "Go on")
    expect(desk.heading).to_have_text("Keep these recovery codes")
    codes = desk.page.locator(".recovery-codes li").all_inner_texts()
    look_at_codes()
    desk.tap("I have kept them")
    desk.expect_inbox()
    return secret, codes


def _text(payload: str | bytes) -> str:
    return payload if isinstance(payload, str) else payload.decode("utf-8", "replace")


def _now() -> datetime:
    return datetime.now(UTC)


def _address(name: str) -> str:
    """Give an e-mail address that nobody else has."""
    return f"{name}-{uuid4().hex[:8]}@example.org"
