from datetime import timedelta

from sqlalchemy import Engine, text

from fbss_app.server.services.clinic.staff.sessions import give_ticket
from fbss_app.server.services.clinic.staff.set_up import make_founding_link
from fbss_app.server.services.retention import delete_expired
from fbss_app.server.services.unit_of_work import Database
from tests.server.builders import START, Clock
from tests.server.services.clinic.door import log_in
from tests.server.services.clinic.staff import make_clinic, make_staff


def test_what_is_over_is_deleted_and_what_is_not_stays(
    database: Database, clock: Clock, engine: Engine
):
    def count() -> list[int]:
        with engine.connect() as connection:
            return [
                connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
                for table in ("staff_session", "log_in_ticket", "set_up_link")
            ]

    staff = make_staff(database, make_clinic(database))
    log_in(database, staff, clock)
    with database.unit_of_work() as unit:
        give_ticket(unit, staff.id, START)
    make_founding_link(database, START)
    for later, left in [
        (timedelta(seconds=59), [1, 1, 1]),
        (timedelta(seconds=60), [1, 0, 1]),
        (timedelta(hours=23), [1, 0, 1]),
        (timedelta(hours=24), [0, 0, 0]),
    ]:
        delete_expired(database, START + later)
        assert count() == left
