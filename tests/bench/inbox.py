"""The clinic's inbox with many submissions in it, read as its page does, on SQLite."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import SQLModel

from fbss_app.domain.questionnaire.model import Urgency
from fbss_app.server.services.clinic.inbox import (
    PAGE_SIZE,
    InboxQuery,
    newest_change,
    read_inbox,
)
from fbss_app.server.services.clinic.roles import Role, Staff
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.clinic_tables import InvitationRow, LabelMarkRow, SubmissionRow
from fbss_app.server.storage.tables import ResponseRow
from tests.bench.table import Figure, at_most
from tests.server.builders import START, make_keys
from tests.server.services.clinic.staff import make_clinic, make_staff

SUBMISSIONS = 100_000
BUDGET_MS = 200
_TIMES = 5
_AT_ONCE = 10_000
_STATUSES = ("new", "in-progress", "reviewed", "reviewed", "reviewed")
# Of the marks that a label has, a search uses those of two letters and of a whole word.
_MARKED = (2, 9)


def inbox() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder)}/inbox.sqlite3", make_keys)
        database.upgrade()
        clinic_id = make_clinic(database)
        colleagues = [make_staff(database, clinic_id, Role.CLINICIAN) for _ in range(20)]
        fill(database, clinic_id, colleagues, SUBMISSIONS)
        figures = list(_figures(database, colleagues))
        database.close()
    return figures


def _figures(database: Database, colleagues: Sequence[Staff]) -> Iterator[Figure]:
    last = SUBMISSIONS // PAGE_SIZE
    queries = {
        "first page, most urgent": InboxQuery(),
        "first page, newest": InboxQuery(sort="newest"),
        "new ones, most urgent": InboxQuery("new"),
        "an urgency that nobody looks after": InboxQuery("new", Urgency.SAME_DAY, "nobody"),
        "those of one colleague": InboxQuery(assigned_to=colleagues[3].id, sort="newest"),
        "search of two letters": InboxQuery(search="pa"),
        "search of one patient": InboxQuery(search=f"pat{77:06}"),
        "last page, most urgent": InboxQuery(page=last),
        "last page, newest": InboxQuery(page=last, sort="newest"),
    }
    for what, query in queries.items():
        # Each look is told in the trail, as the first look of a colleague is.
        took = [
            _ms(partial(read_inbox, database, who, query, START)) for who in colleagues[:_TIMES]
        ]
        name = f"inbox of {SUBMISSIONS:,}: {what}, median of {_TIMES}"
        yield at_most(name, median(took), BUDGET_MS, "ms")
    took = [_ms(partial(newest_change, database, colleagues[0])) for _ in range(_TIMES)]
    yield at_most("inbox: whether anything is new", median(took), 20, "ms")


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
            for kind in (ResponseRow, InvitationRow, SubmissionRow, LabelMarkRow):
                listed = [row.model_dump() for row in rows if isinstance(row, kind)]
                unit._session.connection().execute(insert(kind), listed)


def _rows(
    chance: random.Random, clinic_id: str, staff: Sequence[Staff], number: int
) -> Iterator[SQLModel]:
    keys = make_keys()
    response_id, invitation_id, submission_id = (
        str(UUID(int=chance.getrandbits(128), version=4)) for _ in range(3)
    )
    at = START - timedelta(minutes=chance.randrange(600_000))
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
    label = f"pat{number:06}"
    sealed = keys.seal(f'{{"label": "{label}", "email": ""}}'.encode(), place)
    yield InvitationRow(
        id=invitation_id,
        secret_sha256=f"{number:064}",
        questionnaire="small",
        key_id=sealed.key_id,
        sealed=sealed.sealed,
        created_at=at,
        response_id=response_id,
        **common,
    )
    for length in _MARKED:
        yield LabelMarkRow(
            clinic_id=clinic_id,
            mark=keys.newest.mark(f"label:{clinic_id}:{label[:length]}")[:32],
            invitation_id=invitation_id,
            key_id=sealed.key_id,
        )
    plain = b'{"red_flags": ["strong"], "scores": {"leg": 7}}'
    sealed = keys.seal(plain, f"submission:{clinic_id}:{submission_id}")
    yield SubmissionRow(
        id=submission_id,
        response_id=response_id,
        invitation_id=invitation_id,
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
