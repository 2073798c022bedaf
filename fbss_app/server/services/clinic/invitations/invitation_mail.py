"""Sends invitations by e-mail, in words that tell nothing of anybody's health.

Nothing of an e-mail is logged or kept: neither the address nor the link in it.
"""

import smtplib
import ssl
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, make_msgid

from fbss_app.routes import INVITED
from fbss_app.server.logs import get_logger
from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.invitations.new_invitation import NewInvitation
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import Staff, may_invite
from fbss_app.server.services.clinic.settings.settings import ClinicSettings, settings_of
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings, mail_server_of

logger = get_logger(__name__)

_SECONDS = 15
_TOO_LATE = "It was ended or renewed meanwhile. Nothing was sent."
_NOT_TAKEN = "The mail server does not take this address."


@dataclass(frozen=True, slots=True)
class MailReport:
    """What became of some e-mails.

    Attributes:
        sent: The ids of the invitations that went out.
        failed: The id of each other one, and why, in a sentence.
        problem: What kept the rest from being tried, in a sentence; "" where nothing did.
    """

    sent: tuple[str, ...]
    failed: tuple[tuple[str, str], ...] = ()
    problem: str = ""

    def joined(self, later: "MailReport") -> "MailReport":
        """Give one report for two goes."""
        return MailReport(
            (*self.sent, *later.sent), (*self.failed, *later.failed), later.problem or self.problem
        )


def mail_invitations(
    database: Database,
    settings: Settings,
    staff: Staff,
    invitations: Sequence[NewInvitation],
    now: datetime,
) -> MailReport:
    """Send an e-mail for each of some invitations that have an address.

    Args:
        database: Where it is noted.
        settings: The mail server, and the address of the app.
        staff: Who sends them.
        invitations: Those that were just made, with their secrets.
        now: The time.

    Raises:
        RefusedError: No mail server is set.
        StaffNotAllowedError: They may not.
    """
    require(database, staff, may_invite, now)
    if settings.smtp_url is None or settings.mail_from is None:
        raise RefusedError(
            "no-mail-server",
            "No mail server is set up. Hand the links over yourself, or print them.",
        )
    with database.unit_of_work() as unit:
        row = unit.clinics.get(staff.clinic_id)
        assert row
        clinic = settings_of(row)
    sent: list[str] = []
    failed: list[tuple[str, str]] = []
    problem = ""
    try:
        with _connection(settings.smtp_url.get_secret_value(), settings.mail_from) as server:
            for invitation in invitations:
                if not invitation.email:
                    continue
                link = f"{settings.public_url}{INVITED}#{invitation.secret}"
                letter = _letter(clinic, settings.mail_from, invitation, link, now)
                if wrong := _send(database, server, staff, invitation, letter, now):
                    failed.append((invitation.id, wrong))
                else:
                    sent.append(invitation.id)
    except (OSError, smtplib.SMTPException) as error:
        problem = _problem(error)
        logger.warning("mail-failed", reason=type(error).__name__)
    logger.info("invitations-mailed", sent=len(sent), refused=len(failed))
    return MailReport(tuple(sent), tuple(failed), problem)


@contextmanager
def _connection(url: str, sender: str) -> Generator[smtplib.SMTP]:
    wanted = mail_server_of(url)
    # Without it the name of this machine would be looked up, and told to the mail server.
    own_name = sender.rpartition("@")[2]
    tls = ssl.create_default_context()
    if wanted.tls == "at-once":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            wanted.host, wanted.port, own_name, timeout=_SECONDS, context=tls
        )
    else:
        server = smtplib.SMTP(wanted.host, wanted.port, own_name, timeout=_SECONDS)
    with server:
        if wanted.tls == "starttls":
            server.starttls(context=tls)
        if wanted.user:
            server.login(wanted.user, wanted.password)
        yield server


def _send(
    database: Database,
    server: smtplib.SMTP,
    staff: Staff,
    invitation: NewInvitation,
    letter: EmailMessage,
    now: datetime,
) -> str:
    """Send one and note it; say what was wrong with this one, or ""."""
    with database.unit_of_work() as unit:
        found = unit.clinic(staff.clinic_id).invitations.get(invitation.id)
        if (
            found is None
            or found.row.secret_sha256 != hash_secret(invitation.secret)
            or found.row.revoked_at
            or found.row.expires_at <= now
        ):
            return _TOO_LATE
    # No transaction is open while the mail server takes its time.
    try:
        server.send_message(letter)
    except smtplib.SMTPRecipientsRefused:
        return _NOT_TAKEN
    with database.unit_of_work() as unit:
        found = unit.clinic(staff.clinic_id).invitations.get(invitation.id, lock=True)
        if found:
            found.row.sent_at = now
        record(unit, staff.clinic_id, staff.id, Action.INVITATION_SENT, now, invitation.id)
    return ""


def _letter(
    clinic: ClinicSettings, sender: str, invitation: NewInvitation, link: str, now: datetime
) -> EmailMessage:
    until = f"{invitation.expires_at.day} {invitation.expires_at:%B %Y}"
    questions = f" If you have questions, call {clinic.phone}." if clinic.phone else ""
    letter = EmailMessage()
    letter["From"] = formataddr((clinic.name, sender))
    letter["To"] = invitation.email
    letter["Subject"] = f"A questionnaire from {clinic.name}"
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    # So that no holiday notice answers it.
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(
        f"Hello,\n\n{clinic.name} asks you to fill in a questionnaire before your visit. You can "
        "do it on your phone or computer, in several goes:\n\n"
        f"{link}\n\n"
        f"The link is for you alone, so please do not pass it on. It works until {until}.\n\n"
        "You need not do this, and nothing is sent before you say so."
        f"{questions}\n\n{clinic.name}\n\nNobody reads replies to this e-mail.\n"
    )
    return letter


def _problem(error: Exception) -> str:
    """Say to staff what went wrong; the words of the mail server could name the address."""
    advice = "The links still work: hand them over yourself, or tell whoever runs this app."
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"The mail server does not know the user or the password. {advice}"
        case ssl.SSLError() | smtplib.SMTPNotSupportedError():
            return f"There is no safe connection to the mail server. {advice}"
        case smtplib.SMTPSenderRefused():
            return f"The mail server does not take e-mails from this app. {advice}"
        case smtplib.SMTPResponseException():
            return f"The mail server refused the e-mail. {advice}"
        case _:
            return f"The mail server did not answer. {advice}"
