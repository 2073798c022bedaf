"""Files for research that somebody asked for, and somebody else approved."""

from datetime import datetime, timedelta

from fbss_app.server.services.clinic.exports.research_requests import (
    approve_research,
    ask_for_research,
)
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.submissions.inbox import InboxQuery
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START
from tests.server.services.clinic.staff import make_staff

PURPOSE = "Audit of leg pain after surgery"
APPROVED_AT = START + timedelta(hours=1)
EVERYTHING = InboxQuery()


def make_approved(
    database: Database, staff: Staff, query: InboxQuery = EVERYTHING, at: datetime = APPROVED_AT
) -> str:
    """Let somebody ask for a file and another administrator approve it; give its id."""
    request_id = ask_for_research(database, staff, query, PURPOSE, at)
    approve_research(database, make_staff(database, staff.clinic_id), request_id, at)
    return request_id
