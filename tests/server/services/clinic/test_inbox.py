import json
import re
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Engine, event

from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.server.services.clinic.audit import entry_of
from fbss_app.server.services.clinic.labels import marks_of_search
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.submissions import inbox as inbox_service
from fbss_app.server.services.clinic.submissions.inbox import (
    PAGE_SIZE,
    InboxPage,
    InboxQuery,
    newest_change,
    read_inbox,
)
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic import label_marks
from fbss_app.server.storage.repositories.clinic.inbox import InboxRepository, Wanted
from fbss_app.server.storage.repositories.clinic.label_marks import Marked
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope
from tests.bench.inbox import fill
from tests.server.builders import START, make_keys
from tests.server.query_plans import Step, plan_of
from tests.server.services.clinic.door import audit_of
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, LEG, make_submission

ALL_STAFF = tuple(Role)
# A look for some ids, which are few.
BY_ID = re.compile(r"\b(invitation_)?id\b")


@pytest.fixture
def clinic_id(database: Database) -> str:
    return make_clinic(database)


@pytest.fixture
def clinician(database: Database, clinic_id: str) -> Staff:
    return make_staff(database, clinic_id, Role.CLINICIAN)


def labels(database: Database, staff: Staff, **query: object) -> list[str]:
    return [row.label for row in read_inbox(database, staff, InboxQuery(**query), START).rows]


def make_four(database: Database, clinic_id: str, assigned_to: str | None = None) -> None:
    for hours, (label, pain, status) in enumerate(
        [
            ("Calm Adams", 1, "new"),
            ("Soon Baker", 8, "new"),
            ("Worst Clark", 10, "in-progress"),
            ("Soon Davis", 9, "reviewed"),
        ]
    ):
        make_submission(
            database,
            clinic_id,
            {LEG: pain},
            label=label,
            status=status,
            now=START + timedelta(hours=hours),
            assigned_to=assigned_to if pain == 8 else None,
        )


def test_most_urgent_comes_first_and_then_whoever_waits_longest(
    database: Database, clinic_id: str, clinician: Staff
):
    make_four(database, clinic_id)

    page = read_inbox(database, clinician, InboxQuery(), START, DEFINITIONS)

    assert [(row.label, row.urgency, row.red_flags) for row in page.rows] == [
        ("Worst Clark", Urgency.EMERGENCY, ("The worst leg pain", "Strong leg pain")),
        ("Soon Baker", Urgency.SOON, ("Strong leg pain",)),
        ("Soon Davis", Urgency.SOON, ("Strong leg pain",)),
        ("Calm Adams", None, ()),
    ]
    assert page.counts == {"new": 2, "in-progress": 1, "reviewed": 1}
    assert (page.total, page.page, page.pages) == (4, 1, 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"sort": "newest"}, ["Soon Davis", "Worst Clark", "Soon Baker", "Calm Adams"]),
        ({"sort": "oldest", "status": "new"}, ["Calm Adams", "Soon Baker"]),
        ({"urgency": Urgency.SOON, "sort": "newest"}, ["Soon Davis", "Soon Baker"]),
        ({"urgency": "none"}, ["Calm Adams"]),
        ({"assigned_to": "nobody", "sort": "oldest"}, ["Calm Adams", "Worst Clark", "Soon Davis"]),
        ({"search": "soo da"}, ["Soon Davis"]),
        ({"search": "SOON", "status": "new"}, ["Soon Baker"]),
        ({"search": "oon"}, []),
    ],
)
def test_filters(database: Database, clinic_id: str, clinician: Staff, query, expected):
    make_four(database, clinic_id, clinician.id)

    assert labels(database, clinician, **query) == expected


def test_assigned_filter_finds_those_of_one_member(
    database: Database, clinic_id: str, clinician: Staff
):
    make_four(database, clinic_id, clinician.id)

    page = read_inbox(database, clinician, InboxQuery(assigned_to=clinician.id), START)

    assert [(row.label, row.assigned_to_name) for row in page.rows] == [
        ("Soon Baker", clinician.name)
    ]


def test_pages_go_on_where_the_last_ended(database: Database, clinic_id: str, clinician: Staff):
    for number in range(PAGE_SIZE + 2):
        make_submission(database, clinic_id, label=f"P{number:02}")

    pages = [
        read_inbox(database, clinician, InboxQuery(sort="newest", page=page), START)
        for page in (1, 2, 99)
    ]

    assert [len(page.rows) for page in pages] == [PAGE_SIZE, 2, 2]
    assert [page.page for page in pages] == [1, 2, 2]
    ids = {row.submission_id for page in pages[:2] for row in page.rows}
    assert len(ids) == pages[0].total == PAGE_SIZE + 2


def test_front_desk_learns_nothing_of_health(database: Database, clinic_id: str):
    make_four(database, clinic_id)
    front_desk = make_staff(database, clinic_id, Role.FRONT_DESK)
    query = InboxQuery(urgency=Urgency.EMERGENCY, sort="urgency")

    page = read_inbox(database, front_desk, query, START, DEFINITIONS)

    assert [row.label for row in page.rows] == [
        "Soon Davis",
        "Worst Clark",
        "Soon Baker",
        "Calm Adams",
    ]
    assert {(row.urgency, row.red_flags) for row in page.rows} == {(None, ())}


@pytest.mark.parametrize("role", ALL_STAFF)
def test_another_clinics_answers_are_not_there(database: Database, clinic_id: str, role: Role):
    make_submission(database, clinic_id, label="Ours")
    other = make_staff(database, make_clinic(database, "south"), role)

    for search in ("", "ours"):
        page = read_inbox(database, other, InboxQuery(search=search), START)
        assert (page.rows, page.total, page.pages) == ((), 0, 1)
    assert newest_change(database, other) == (None, 0)


def test_newest_change_moves_with_what_is_sent(
    database: Database, clinic_id: str, clinician: Staff
):
    assert newest_change(database, clinician) == (None, 0)
    make_submission(database, clinic_id)
    assert newest_change(database, clinician) == (START, 0)
    make_submission(database, clinic_id, now=START + timedelta(hours=1))
    assert newest_change(database, clinician) == (START + timedelta(hours=1), 0)


def test_trail_tells_each_look_once_a_minute_and_never_the_words(
    database: Database, clinic_id: str, clinician: Staff
):
    query = InboxQuery(search="Secretname")
    for seconds in (0, 10, 59, 60, 61):
        read_inbox(database, clinician, query, START + timedelta(seconds=seconds))
    read_inbox(database, clinician, InboxQuery(), START + timedelta(seconds=62))

    with database.unit_of_work() as unit:
        entries = [entry_of(row) for row in unit.clinic(clinic_id).audit.page(before=None, limit=9)]
    assert [(entry.action, entry.details["searched"]) for entry in entries] == [
        ("inbox-viewed", "no"),
        ("inbox-viewed", "yes"),
        ("inbox-viewed", "yes"),
    ]
    assert "secretname" not in str(entries).casefold()


@pytest.mark.parametrize("search", ["jo", "jo ad", "ad jo", "JO"])
@pytest.mark.parametrize("few", [1, 1000])
def test_search_finds_the_same_of_few_labels_and_of_many(
    database: Database,
    clinic_id: str,
    clinician: Staff,
    monkeypatch: pytest.MonkeyPatch,
    search: str,
    few: int,
):
    monkeypatch.setattr(label_marks, "FEW", few)
    for label, status in (("Jo Adams", "new"), ("Jon Adler", "new"), ("Jo Baker", "reviewed")):
        make_submission(database, clinic_id, label=label, status=status)
    make_submission(database, clinic_id, label="Ada Baker")

    page = read_inbox(database, clinician, InboxQuery(search=search), START)

    found = {"Jo Adams", "Jon Adler"} | ({"Jo Baker"} if "ad" not in search else set())
    assert {row.label for row in page.rows} == found
    assert page.counts == {"new": 2, "in-progress": 0, "reviewed": len(found) - 2}


def test_of_a_search_that_finds_too_much_only_so_many_are_counted_and_shown(
    database: Database, clinic_id: str, clinician: Staff, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(label_marks, "FEW", 4)
    monkeypatch.setattr(inbox_service, "MOST_COUNTED", 4)
    monkeypatch.setattr(inbox_service, "PAGE_SIZE", 2)
    for number in range(7):
        status = "reviewed" if number == 6 else "new"
        make_submission(database, clinic_id, label=f"Jo {number}", status=status)

    def read(**query: Any) -> InboxPage:
        return read_inbox(database, clinician, InboxQuery(search="jo", **query), START)

    first, last = read(sort="newest"), read(sort="newest", page=99)
    assert first.counts == {"new": 5, "in-progress": 0, "reviewed": 1}
    assert (first.counted_to, first.total, first.pages, last.page) == (4, 6, 2, 2)
    assert not {row.label for row in first.rows} & {row.label for row in last.rows}
    reviewed = read(status="reviewed")
    assert (reviewed.total, reviewed.pages, len(reviewed.rows)) == (1, 1, 1)
    everything = read_inbox(database, clinician, InboxQuery(), START)
    assert (everything.counted_to, everything.total, everything.pages) == (None, 7, 4)


FILTERS = (
    {},
    {"urgency": 1},
    {"assigned_to": "nobody"},
    {"is_uninvited": True},
    {"is_uninvited": False},
    {"search": "pa north"},
)


@pytest.fixture
def many(database: Database, clinic_id: str, clinician: Staff) -> InboxRepository:
    """So many submissions that PostgreSQL weighs its ways as it does at a large clinic."""
    fill(database, clinic_id, [clinician], 2000)
    with database.unit_of_work() as unit:
        return InboxRepository(ClinicScope(unit._session, clinic_id))


def looks(engine: Engine, statement: Any) -> list[Step]:
    written = str(statement.compile(engine, compile_kwargs={"literal_binds": True}))
    return plan_of(engine, written)


def test_every_order_comes_from_an_index_alone(engine: Engine, many: InboxRepository):
    for sort, status, filters in product(("urgency", "newest", "oldest"), ("", "new"), FILTERS):
        wanted = wanted_of(many, status=status, **filters)
        steps = looks(engine, many.page_of_ids(wanted, sort, 1000, PAGE_SIZE))
        assert [each.table for each in steps if not is_mark(each)] == ["submission"], steps
        for step in steps:
            assert step.index, (sort, wanted, steps)
            assert step.is_covering or is_mark(step), (sort, wanted, steps)
        require_looked_up_marks(steps, 2 if "search" in filters else 0)


@pytest.mark.parametrize("status", ["", "new"])
def test_counting_what_a_search_finds_goes_from_row_to_row_by_an_index(
    engine: Engine, many: InboxRepository, status: str
):
    """From either end: through the inbox, looking for marks, or from the marks to the inbox."""
    steps = looks(engine, many.up_to(1001, wanted_of(many, status=status, search="pa north")))
    first, *others = steps
    assert first.index, steps
    assert first.is_covering, steps
    assert len(others) == 2
    for step in others:
        assert step.index, steps
        assert "invitation_id" in step.by, steps


def wanted_of(many: InboxRepository, *, search: str = "", **filters: Any) -> Wanted:
    if not search:
        return Wanted(**filters)
    found = Marked(marks_of_search(make_keys(), many._scope.clinic_id, search))
    return Wanted(invitations=found, **filters)


def is_mark(step: Step) -> bool:
    return step.table.startswith("label_mark")


def require_looked_up_marks(steps: list[Step], words: int) -> None:
    """For each word the few marks of one label are looked at, or one of them."""
    marks = list(filter(is_mark, steps))
    assert len(marks) == words, steps
    for mark in marks:
        assert "invitation_id" in mark.by, mark


@pytest.mark.parametrize("role", ALL_STAFF)
def test_who_came_by_themselves_and_who_was_invited_can_be_told_apart(
    database: Database, clinic_id: str, role: Role
):
    staff = make_staff(database, clinic_id, role)
    make_submission(database, clinic_id, label="Asked")
    make_submission(database, clinic_id, label="Came", is_uninvited=True)
    make_submission(database, clinic_id, label="Came before", status="reviewed", is_uninvited=True)

    assert sorted(labels(database, staff, came="uninvited")) == ["Came", "Came before"]
    assert labels(database, staff, came="invited") == ["Asked"]
    assert len(labels(database, staff)) == 3
    assert labels(database, staff, status="new", came="uninvited") == ["Came"]
    assert labels(database, staff, came="uninvited", search="bef") == ["Came before"]
    page = read_inbox(database, staff, InboxQuery("new", came="uninvited"), START)
    assert page.counts == {"new": 1, "in-progress": 0, "reviewed": 1}
    assert [row.is_uninvited for row in page.rows] == [True]
    *_, (_, _, _, facts) = audit_of(database, clinic_id)
    assert json.loads(facts)["came"] == "uninvited"


@pytest.mark.parametrize("few", [3, 1000])
def test_no_look_goes_through_all_that_a_clinic_has(
    engine: Engine,
    database: Database,
    clinic_id: str,
    clinician: Staff,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    many: InboxRepository,
):
    monkeypatch.setattr(label_marks, "FEW", few)
    for _ in range(12):
        make_submission(database, clinic_id, label="Jo Ad")
    asked: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(database._engine, "before_cursor_execute", note)
    read_inbox(database, clinician, InboxQuery(search="jo ad", sort="newest"), START)
    newest_change(database, clinician)

    steps = [step for asking in asked for step in plan_of(engine, *asking)]
    big = [each for each in steps if each.table in ("submission", "invitation")]
    assert len(big) >= 4
    for step in big:
        assert step.index, step
        assert step.is_covering or BY_ID.search(step.by), step
    marks = list(filter(is_mark, steps))
    assert len(marks) >= 2
    for step in marks:
        assert step.index, step
        assert re.search(r"\bmark\b|\binvitation_id\b", step.by), step
