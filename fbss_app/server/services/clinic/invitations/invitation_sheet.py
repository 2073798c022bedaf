"""Writes invitations on paper: one block each, to be cut off, with a QR code and a few words."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

import segno

from fbss_app.routes import INVITED
from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.permission import require
from fbss_app.server.services.clinic.roles import Staff, may_invite
from fbss_app.server.services.clinic.settings.settings import ClinicSettings, settings_of
from fbss_app.server.services.refusal import RefusedError
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.invitations import StoredInvitation

_STYLE = """\
@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 186mm; padding: 4mm; background: #fff; color: #000;
  font: 11pt/1.4 system-ui, sans-serif; }
.how { padding: 3mm 4mm; border: 1px solid #767676; border-radius: 2mm; }
.invitation { display: flow-root; padding: 6mm 0; border-bottom: 1px dashed #767676;
  break-inside: avoid; overflow-wrap: anywhere; }
.label { margin: 0 0 2mm; color: #595959; font-size: 10pt; }
h2 { margin: 0 0 2mm; font-size: 15pt; line-height: 1.25; }
ol { margin: 3mm 0; padding-left: 6mm; } li { margin: 1mm 0; } p { margin: 2mm 0; }
.qr { float: right; width: 52mm; margin: 0 0 3mm 6mm; } .qr svg { display: block; width: 100%; }
.link { clear: both; font: 10pt/1.4 ui-monospace, Consolas, monospace; }
@media (max-width: 30em) { .qr { float: none; margin: 0 auto 3mm; } }
@media print { body { max-width: none; padding: 0; } .how { display: none; } }
"""


def invitation_sheet(
    database: Database, staff: Staff, secrets: Sequence[str], public_url: str, now: datetime
) -> str:
    """Write the sheet as a page that needs no script, and tell the trail of each invitation.

    Args:
        database: Where the invitations are.
        staff: Who prints it.
        secrets: The secrets of invitations, which only whoever just made them has.
        public_url: The address of the app.
        now: The time.

    Raises:
        RefusedError: None of them opens an invitation of the clinic.
        StaffNotAllowedError: They may not invite.
    """
    require(database, staff, may_invite, now)
    found: list[tuple[str, StoredInvitation]] = []
    with database.unit_of_work() as unit:
        row = unit.clinics.get(staff.clinic_id)
        assert row
        clinic = settings_of(row)
        for secret in dict.fromkeys(secrets):
            invitation = unit.invitation_links.find(hash_secret(secret))
            # Through the clinic's own door: another clinic's does not come out of it.
            own = (
                unit.clinic(staff.clinic_id).invitations.get(invitation.id) if invitation else None
            )
            if own and own.row.revoked_at is None and own.row.expires_at > now:
                found.append((f"{public_url}{INVITED}#{secret}", own))
                record(unit, staff.clinic_id, staff.id, Action.INVITATION_PRINTED, now, own.row.id)
        pages = list(_blocks(clinic, found))
    if not pages:
        raise RefusedError(
            "nothing-to-print",
            "None of these links works any more. Make new ones, then print them.",
            status_code=404,
        )
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="robots" content="noindex">',
            f"<title>Invitations</title><style>{_STYLE}</style></head><body><main>",
            '<div class="how"><h1>Invitations to print</h1><p>Print this page with your browser '
            "(Ctrl+P, or Command+P), cut along the dashed lines, and give each patient theirs. The "
            "links are shown only now: close this page when you are done.</p></div>",
            *pages,
            "</main></body></html>",
            "",
        ]
    )


def _blocks(clinic: ClinicSettings, found: Sequence[tuple[str, StoredInvitation]]) -> Iterator[str]:
    name = escape(clinic.name)
    questions = f" Questions? Call {escape(clinic.phone)}." if clinic.phone else ""
    for link, invitation in found:
        until = invitation.row.expires_at
        picture = segno.make(link, error="m", micro=False)
        svg = picture.svg_inline(omitsize=True, svgclass=None)
        yield (
            '<section class="invitation">'
            f'<p class="label">For <bdi>{escape(invitation.invitee.label)}</bdi></p>'
            f'<div class="qr" role="img" aria-label="QR code of the link">{svg}</div>'
            f"<h2>{name} asks you to fill in a questionnaire before your visit</h2>"
            "<ol><li>Point the camera of your phone at the square, or type the link below into a "
            "browser.</li><li>Answer at your own pace. You can stop and go on later.</li>"
            "<li>Send your answers when you are ready.</li></ol>"
            f"<p>You need not do this, and nothing is sent before you say so.{questions}</p>"
            f"<p>The link is for you alone. It works until <strong>{until.day} {until:%B %Y}"
            "</strong>.</p>"
            f'<p class="link">{escape(link)}</p></section>'
        )
