import asyncio
from typing import get_args

import pytest

from fbss_app.clinic.exports.page import exports_page
from fbss_app.clinic.exports.research_state import ResearchState
from fbss_app.clinic.exports.state import ExportsState
from fbss_app.clinic.exports.words import STATUSES, URGENCIES, WAYS, why_not
from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.server.services.clinic.permission import StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role
from fbss_app.server.services.clinic.submissions.inbox import Came, Status
from tests.clinic.staff_session import Clinic, handler
from tests.server.services.clinic.research_files import PURPOSE
from tests.server.services.clinic.staff import make_staff


def opened(clinic: Clinic, query: str = "", role: Role = Role.CLINICIAN) -> ExportsState:
    page = clinic.page(ExportsState, role, f"/clinic/exports{query}")
    asyncio.run(handler(ExportsState.on_load)(page))
    return page


def test_form_offers_what_the_files_can_be_filtered_by():
    assert set(STATUSES) == {"all", *get_args(Status)}
    assert set(URGENCIES) == {"all", "none", *(str(each) for each in Urgency)}
    assert set(WAYS) == {"all", *get_args(Came)}


def test_page_begins_without_a_filter(clinic: Clinic):
    page = opened(clinic)
    assert page.may_use
    assert (page.status, page.urgency, page.came, page.problem) == ("all", "all", "all", "")


def test_too_large_a_bundle_is_told_in_words(clinic: Clinic):
    page = opened(clinic, "?problem=export-too-large&status=reviewed&urgency=none&came=invited")
    assert "at most 200 answer sets" in page.problem
    assert (page.status, page.urgency, page.came) == ("reviewed", "none", "invited")


def test_what_somebody_writes_into_the_address_is_not_shown(clinic: Clinic):
    page = opened(clinic, "?problem=call-0900-now&status=odd&urgency=odd&came=odd")
    assert page.problem == why_not("anything else")
    assert "0900" not in page.problem
    assert (page.status, page.urgency, page.came) == ("all", "all", "all")


def test_front_desk_is_refused_and_the_trail_tells(clinic: Clinic):
    page = clinic.page(ExportsState, Role.FRONT_DESK)
    with pytest.raises(StaffNotAllowedError):
        asyncio.run(handler(ExportsState.on_load)(page))
    assert not page.may_use
    assert clinic.trail()[0] == "refused"


ASKED = {"purpose": PURPOSE, "research-status": "reviewed", "research-urgency": "all"}


def test_asked_file_waits_is_approved_and_can_be_taken(clinic: Clinic):
    asking = make_staff(clinic.database, clinic.id, Role.CLINICIAN)
    page = clinic.page_of(asking, ResearchState)
    asyncio.run(handler(ResearchState.ask)(page, {**ASKED, "purpose": "no"}))
    assert [each["href"] for each in page.problems] == ["#purpose"]
    asyncio.run(handler(ResearchState.ask)(page, ASKED))
    (mine,) = page.requests
    assert (mine.can_decide, mine.href, page.problems) == (False, "", [])
    assert mine.about.endswith("Status: Reviewed. Warning signs: With and without.")
    assert mine.state.startswith("Waits for an administrator until ")

    desk = clinic.page(ResearchState, Role.ADMINISTRATOR)
    asyncio.run(handler(ResearchState.on_load)(desk))
    (theirs,) = desk.requests
    assert (theirs.can_decide, theirs.href) == (True, "")
    asyncio.run(handler(ResearchState.approve)(desk, theirs.id))
    assert (desk.requests[0].can_decide, desk.requests[0].href) == (False, "")
    asyncio.run(handler(ResearchState.on_load)(page))
    assert page.requests[0].href == f"/api/clinic/exports/research.csv?request={mine.id}"
    assert page.requests[0].state.startswith("Approved by Administrator")


def test_refused_file_says_so(clinic: Clinic):
    asking = make_staff(clinic.database, clinic.id, Role.CLINICIAN)
    page = clinic.page_of(asking, ResearchState)
    asyncio.run(handler(ResearchState.ask)(page, ASKED))
    desk = clinic.page(ResearchState, Role.ADMINISTRATOR)
    asyncio.run(handler(ResearchState.refuse)(desk, page.requests[0].id))
    asyncio.run(handler(ResearchState.on_load)(page))
    assert page.requests[0].state.startswith("Refused by Administrator")
    assert page.requests[0].href == ""


def test_form_asks_for_files_by_itself():
    drawn = str(exports_page().render())
    beginning = drawn.index('"export-form"')
    tag = drawn[drawn.rindex("'props'", 0, beginning) : drawn.index("'children'", beginning)]
    assert 'method:"get"' in tag
    # Whatever listens to it would keep the browser from sending it.
    assert "onSubmit" not in tag
    for file in ("responses.csv", "dictionary.csv", "bundle.json", "counts.csv"):
        assert f'formAction:"/api/clinic/exports/{file}"' in drawn
