from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.server.services.clinic.audit import entry_of
from fbss_app.server.services.clinic.inbox import (
    PAGE_SIZE,
    InboxQuery,
    newest_change,
    read_inbox,
)
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.repositories.clinic.inbox import InboxRepository, Wanted
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope
from tests.server.builders import START
from tests.server.services.clinic.staff import make_clinic, make_staff
from tests.server.services.clinic.submissions import DEFINITIONS, LEG, make_submission

ALL_STAFF = tuple(Role)


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
    assert newest_change(database, other) is None


def test_newest_change_moves_with_what_is_sent(
    database: Database, clinic_id: str, clinician: Staff
):
    assert newest_change(database, clinician) is None
    make_submission(database, clinic_id)
    assert newest_change(database, clinician) == START
    make_submission(database, clinic_id, now=START + timedelta(hours=1))
    assert newest_change(database, clinician) == START + timedelta(hours=1)


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


@pytest.mark.parametrize("sort", ["urgency", "newest", "oldest"])
@pytest.mark.parametrize("status", ["", "new"])
@pytest.mark.parametrize("filters", [{}, {"urgency": 1}, {"assigned_to": "nobody"}])
def test_every_order_comes_from_an_index_alone(
    engine: Engine, database: Database, clinic_id: str, sort: str, status: str, filters
):
    if engine.dialect.name != "sqlite":
        pytest.skip("the plan of a small table on PostgreSQL says nothing")
    with database.unit_of_work() as unit:
        repository = InboxRepository(ClinicScope(unit._session, clinic_id))
        statement = repository.page_of_ids(Wanted(status=status, **filters), sort, 1000, PAGE_SIZE)
    written = str(statement.compile(engine, compile_kwargs={"literal_binds": True}))
    with engine.connect() as connection:
        plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}")]
    assert len(plan) == 1, plan
    assert plan[0].startswith("SEARCH submission USING COVERING INDEX"), plan


def test_no_look_goes_through_all_that_a_clinic_has(
    engine: Engine, database: Database, clinic_id: str, clinician: Staff
):
    if engine.dialect.name != "sqlite":
        pytest.skip("the plan of a small table on PostgreSQL says nothing")
    # More than SQLite takes a clinic to have.
    for _ in range(12):
        make_submission(database, clinic_id, label="Jo")
    asked: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(database._engine, "before_cursor_execute", note)
    read_inbox(database, clinician, InboxQuery(search="jo", sort="newest"), START)
    newest_change(database, clinician)

    with engine.connect() as connection:
        plans = [
            step[-1]
            for statement, parameters in asked
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    big = [plan for plan in plans if " submission " in plan or " invitation " in plan]
    assert len(big) >= 4
    for plan in big:
        assert plan.startswith("SEARCH"), plan
        assert "COVERING" in plan or "(id=?)" in plan, plan
