"""The second thing besides a password: codes of an authenticator app, and codes on paper.

A code of the app holds for 30 seconds and is taken one step early or late, once.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from pyotp import random_base32
from pyotp.totp import TOTP

from fbss_app.server.encryption import KeyRing, Sealed
from fbss_app.server.services.access import hash_secret
from fbss_app.server.services.return_codes import ALPHABET
from fbss_app.server.services.unit_of_work import UnitOfWork
from fbss_app.server.storage.clinic_tables import RecoveryCodeRow, StaffRow

ISSUER = "After Back Surgery"
STEP_SECONDS = 30
RECOVERY_CODES = 10
# 79 bits: too many to try out all hashes, so they need no key.
_RECOVERY_CHARACTERS = 16
_GROUP = 4


@dataclass(frozen=True, slots=True)
class SecondFactorSetUp:
    """What an authenticator app needs: as text, as a link, and as a picture to scan (SVG)."""

    secret: str
    uri: str
    qr_svg: str


def new_set_up(email: str) -> SecondFactorSetUp:
    """Make a secret for an authenticator app. It counts for nothing until it is stored."""
    secret = random_base32()
    uri = TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    picture = segno.make(uri, error="m", micro=False)
    return SecondFactorSetUp(secret, uri, picture.svg_inline(omitsize=True, svgclass=None))


def has_second_factor(row: StaffRow) -> bool:
    """Say whether somebody has set one up."""
    return bool(row.sealed_totp)


def step_of_code(secret: str, code: str, now: datetime, after: int = 0) -> int | None:
    """Find the time step that a code stands for, or None where it is wrong or was taken.

    Args:
        secret: That of the app.
        code: What was typed.
        now: The time.
        after: The last step that was taken; neither it nor any before it is taken again.
    """
    typed = "".join(code.split())
    totp = TOTP(secret)
    present = int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in (present - 1, present, present + 1):
        right = totp.generate_otp(step).encode()
        if hmac.compare_digest(right, typed.encode("utf-8", "replace")) and step > after:
            found = step
    return found


def store_secret(row: StaffRow, secret: str, step: int, keys: KeyRing) -> None:
    """Keep the secret of somebody's app, and the step with which it was shown to work."""
    sealed = keys.seal(secret.encode(), _place(row))
    row.key_id, row.sealed_totp, row.totp_step = sealed.key_id, sealed.sealed, step


def seal_anew(unit: UnitOfWork, limit: int) -> int:
    """Seal with the newest key up to so many secrets that another one sealed; say how many."""
    rows = unit.log_ins.sealed_otherwise(unit.keys.newest.key_id, limit)
    for row in rows:
        store_secret(row, _secret(row, unit.keys), row.totp_step, unit.keys)
    return len(rows)


def forget(unit: UnitOfWork, row: StaffRow) -> None:
    """Take somebody's second factor away, the codes on paper too."""
    row.key_id, row.sealed_totp, row.totp_step = "", b"", 0
    unit.log_ins.delete_recovery_codes(row.id)


def take_app_code(row: StaffRow, code: str, now: datetime, keys: KeyRing) -> bool:
    """Take a code of the app, in a row that is locked; say whether it was right."""
    step = step_of_code(_secret(row, keys), code, now, row.totp_step)
    if step is not None:
        row.totp_step = step
    return step is not None


def take_recovery_code(unit: UnitOfWork, staff_id: str, code: str, now: datetime) -> bool:
    """Take one of the codes on paper; say whether it was right and not used before."""
    wanted = _recovery_hash(staff_id, code)
    for row in unit.log_ins.recovery_codes(staff_id):
        if hmac.compare_digest(row.code_sha256, wanted) and row.used_at is None:
            row.used_at = now
            return True
    return False


def new_recovery_codes(unit: UnitOfWork, staff_id: str) -> Sequence[str]:
    """Make new codes on paper in place of all earlier ones; they are told this one time only."""
    unit.log_ins.delete_recovery_codes(staff_id)
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    for code in codes:
        unit.log_ins.add(
            RecoveryCodeRow(code_sha256=_recovery_hash(staff_id, code), staff_id=staff_id)
        )
    return codes


def _recovery_code() -> str:
    plain = "".join(secrets.choice(ALPHABET) for _ in range(_RECOVERY_CHARACTERS))
    return "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))


def _recovery_hash(staff_id: str, code: str) -> str:
    bare = "".join(char for char in code.upper() if char.isalnum())
    return hash_secret(f"{staff_id}:{bare}") if bare.isascii() else ""


def _secret(row: StaffRow, keys: KeyRing) -> str:
    return keys.open(Sealed(row.key_id, bytes(row.sealed_totp)), _place(row)).decode()


def _place(row: StaffRow) -> str:
    return f"staff-totp:{row.clinic_id}:{row.id}"
