"""The clinic's inbox with many submissions in it, read as its page does, on both databases."""

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from pg8000.native import Connection
from sqlalchemy import insert, literal
from sqlmodel import SQLModel

from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.server.encryption import Sealed
from fbss_app.server.services.clinic.invitations.invitations import (
    InvitationQuery,
    list_invitations,
)
from fbss_app.server.services.clinic.labels import LEAST_LETTERS, MOST_LETTERS, words_of
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.clinic.submissions.inbox import (
    PAGE_SIZE,
    InboxQuery,
    newest_change,
    read_inbox,
)
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.clinic_tables import InvitationRow, LabelMarkRow, SubmissionRow
from fbss_app.server.storage.tables import ResponseRow
from tests.bench.table import Figure, at_most, not_measured
from tests.server.builders import START, make_keys
from tests.server.postgresql import find_binaries, running_cluster
from tests.server.services.clinic.staff import make_clinic, make_staff

SUBMISSIONS = 100_000
BUDGET_MS = 200
_TIMES = 5
_AT_ONCE = 10_000
_ONE_UNINVITED_IN = 100
_STATUSES = ("new", "in-progress", "reviewed", "reviewed", "reviewed")


def inbox() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        figures = _on(f"sqlite:///{Path(folder)}/inbox.sqlite3", "SQLite")
    binaries = find_binaries()
    if binaries is None:
        return [*figures, not_measured("inbox on PostgreSQL", "PostgreSQL is not installed")]
    with running_cluster(binaries) as cluster:
        return figures + _on(cluster.new_database(), "PostgreSQL")


def _on(url: str, name: str) -> list[Figure]:
    database = Database(url, make_keys)
    database.upgrade()
    clinic_id = make_clinic(database)
    colleagues = [make_staff(database, clinic_id, Role.CLINICIAN) for _ in range(20)]
    fill(database, clinic_id, colleagues, SUBMISSIONS)
    figures = list(_figures(database, colleagues, name))
    database.close()
    return figures


def _figures(database: Database, colleagues: Sequence[Staff], on: str) -> Iterator[Figure]:
    last = SUBMISSIONS // PAGE_SIZE
    queries = {
        "first page, most urgent": InboxQuery(),
        "first page, newest": InboxQuery(sort="newest"),
        "new ones, most urgent": InboxQuery("new"),
        "an urgency that nobody looks after": InboxQuery("new", Urgency.SAME_DAY, "nobody"),
        "those of one colleague": InboxQuery(assigned_to=colleagues[3].id, sort="newest"),
        "who came by themselves, most urgent": InboxQuery(came="uninvited"),
        "new ones of who came by themselves": InboxQuery("new", came="uninvited"),
        "who was invited, newest": InboxQuery(came="invited", sort="newest"),
        "search of two letters among who came by themselves": InboxQuery(
            came="uninvited", search="pa"
        ),
        "search of two letters, which all labels have": InboxQuery(search="pa"),
        "the same, of the new ones of one colleague": InboxQuery(
            "new", assigned_to=colleagues[3].id, search="pa"
        ),
        "search of what 10,000 labels have": InboxQuery(search="pa1"),
        "search of what 1,000 labels have": InboxQuery(search="pa12"),
        "search of two words, which all labels have": InboxQuery(search="pa no"),
        "search of two words, of which one is rare": InboxQuery(search=f"no pa{77:05}"),
        "search of one patient": InboxQuery(search=f"pa{77:05}"),
        "search of nobody": InboxQuery(search="zz"),
        "last page, most urgent": InboxQuery(page=last),
        "last page, newest": InboxQuery(page=last, sort="newest"),
    }
    for what, query in queries.items():
        # Each look is told in the trail, as the first look of a colleague is.
        took = [
            _ms(partial(read_inbox, database, who, query, START)) for who in colleagues[:_TIMES]
        ]
        name = f"inbox of {SUBMISSIONS:,} on {on}: {what}, median of {_TIMES}"
        yield at_most(name, median(took), BUDGET_MS, "ms")
    lists = {
        "first page": InvitationQuery(),
        "search of two letters, which all labels have": InvitationQuery(search="pa"),
        "last page": InvitationQuery(page=last),
    }
    for what, query in lists.items():
        took = [
            _ms(partial(list_invitations, database, who, query, START))
            for who in colleagues[:_TIMES]
        ]
        name = f"{SUBMISSIONS:,} invitations on {on}: {what}, median of {_TIMES}"
        yield at_most(name, median(took), BUDGET_MS, "ms")
    took = [_ms(partial(newest_change, database, colleagues[0])) for _ in range(_TIMES)]
    yield at_most(f"inbox on {on}: whether anything is new", median(took), 20, "ms")


def _ms(look: Callable[[], object]) -> float:
    began = time.perf_counter()
    look()
    return (time.perf_counter() - began) * 1000


def fill(database: Database, clinic_id: str, staff: Sequence[Staff], count: int) -> None:
    """Put submissions straight into the tables."""
    chance = random.Random(1)
    for start in range(0, count, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, count))
        rows = [row for number in numbers for row in _rows(chance, clinic_id, staff, number)]
        with database.unit_of_work() as unit:
            for kind in (ResponseRow, InvitationRow, SubmissionRow):
                _add(unit, kind, [row.model_dump() for row in rows if isinstance(row, kind)])
            invitations = [row for row in rows if isinstance(row, InvitationRow)]
            _add(unit, LabelMarkRow, [mark for row in invitations for mark in _marks(row)])
    if database._engine.dialect.name == "postgresql":
        # Which it does by itself, some time after so many rows have come.
        url = database._engine.url
        with Connection(url.username, url.host, url.database, url.port) as outside:
            outside.run("VACUUM ANALYZE")


def _marks(row: InvitationRow) -> Iterator[dict[str, str]]:
    """Give all that `mark_label` makes of a label."""
    keys = make_keys()
    place = f"invitation:{row.clinic_id}:{row.id}"
    label = json.loads(keys.open(Sealed(row.key_id, row.sealed), place))["label"]
    for word in words_of(label):
        for length in range(LEAST_LETTERS, min(len(word), MOST_LETTERS) + 1):
            yield {
                "clinic_id": row.clinic_id,
                "mark": keys.newest.mark(f"label:{row.clinic_id}:{word[:length]}")[:32],
                "invitation_id": row.id,
                "key_id": row.key_id,
            }


def _add(unit: UnitOfWork, kind: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    # What gives something back is sent many rows at a time, on PostgreSQL as well.
    unit._session.connection().execute(insert(kind).returning(literal(1)), rows)


def _rows(
    chance: random.Random, clinic_id: str, staff: Sequence[Staff], number: int
) -> Iterator[SQLModel]:
    keys = make_keys()
    response_id, invitation_id, submission_id = (
        str(UUID(int=chance.getrandbits(128), version=4)) for _ in range(3)
    )
    at = START - timedelta(minutes=chance.randrange(600_000))
    is_uninvited = number % _ONE_UNINVITED_IN == 0
    common = {"clinic_id": clinic_id, "expires_at": at + timedelta(days=400)}
    yield ResponseRow(
        id=response_id,
        questionnaire="small",
        questionnaire_version="1",
        consent_version="1",
        consent_text_sha256="ab" * 32,
        consent_agreed_by="patient",
        consent_given_at=at,
        consent_received_at=at,
        last_synced_at=at,
        expires_at=at + timedelta(days=400),
    )
    place = f"invitation:{clinic_id}:{invitation_id}"
    label = f"pa{number:05} north"
    sealed = keys.seal(f'{{"label": "{label}", "email": ""}}'.encode(), place)
    yield InvitationRow(
        id=invitation_id,
        secret_sha256=f"{number:064}",
        questionnaire="small",
        key_id=sealed.key_id,
        sealed=sealed.sealed,
        created_by=None if is_uninvited else staff[0].id,
        created_at=at,
        response_id=response_id,
        **common,
    )
    plain = b'{"red_flags": ["strong"], "scores": {"leg": 7}}'
    sealed = keys.seal(plain, f"submission:{clinic_id}:{submission_id}")
    yield SubmissionRow(
        id=submission_id,
        response_id=response_id,
        invitation_id=invitation_id,
        is_uninvited=is_uninvited,
        questionnaire="small",
        questionnaire_version="1",
        consent_version="1",
        consent_text_sha256="ab" * 32,
        agreed_by="patient",
        last_sequence=1,
        urgency=chance.choices(range(4), (1, 3, 10, 86))[0],
        status=chance.choice(_STATUSES),
        key_id=sealed.key_id,
        sealed=sealed.sealed,
        started_at=at - timedelta(minutes=15),
        first_submitted_at=at,
        submitted_at=at,
        changed_at=at,
        assigned_to=chance.choice([None, *(each.id for each in staff)]),
        **common,
    )
