"""Tells the audit trail that somebody looked at a list, and not again with each refresh of it."""

import json
from datetime import datetime, timedelta

from fbss_app.server.services.clinic.audit import Action, record
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.unit_of_work import UnitOfWork

_TOLD_AGAIN_AFTER = timedelta(minutes=1)


def tell_view(unit: UnitOfWork, staff: Staff, action: Action, now: datetime, **facts: str) -> None:
    """Record a look in the caller's transaction, at most once a minute for the same one.

    Args:
        unit: The transaction in which they looked.
        staff: Who looked.
        action: At what.
        now: When.
        facts: What they saw of it, such as a page; never a label, a name or an address.
    """
    trail = unit.clinic(staff.clinic_id).audit
    last = trail.page(before=None, limit=1, actor=staff.id, action=action.value)
    is_told = any(
        now - each.at < _TOLD_AGAIN_AFTER and json.loads(each.details) == facts for each in last
    )
    if not is_told:
        record(unit, staff.clinic_id, staff.id, action, now, **facts)
