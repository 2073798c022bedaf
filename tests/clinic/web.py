"""Browsers of staff that call the API."""

from fastapi import FastAPI
from starlette.testclient import TestClient

from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.clinic.staff.sessions import begin_session, give_ticket
from fbss_app.server.staff_cookie import STAFF_COOKIE
from tests.server.builders import Clock

# What browsers send along from our own pages.
OWN_PAGE = {"Origin": "https://clinic.example", "Sec-Fetch-Site": "same-origin"}


def client_of(api: FastAPI, staff: Staff | None, clock: Clock) -> TestClient:
    """Log somebody in, and give their browser; without anybody, one that is not logged in."""
    client = TestClient(api, base_url="https://clinic.example", follow_redirects=False)
    if staff is not None:
        database = api.state.context.database
        with database.unit_of_work() as unit:
            ticket = give_ticket(unit, staff.id, clock.time)
        client.cookies.set(STAFF_COOKIE, begin_session(database, ticket, clock.time))
    return client
