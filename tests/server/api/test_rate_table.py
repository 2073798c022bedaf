from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from fbss_app.server.api import rate_table
from fbss_app.server.api.errors import GuardedRoute
from fbss_app.server.api.rate_table import RATES, Counted, Per, Rate

ALL_RATES = [each for each in vars(rate_table).values() if isinstance(each, Rate)]


def every_route(api: FastAPI) -> list[APIRoute]:
    """Find the routes of the application and of all routers in it."""
    found, pending = [], list(api.routes)
    while pending:
        route = pending.pop()
        if router := getattr(route, "original_router", None):
            pending += router.routes
        elif isinstance(route, APIRoute):
            found.append(route)
    return found


def test_every_route_of_the_api_has_its_rates(api: FastAPI):
    routes = every_route(api)
    paths = {each.path for each in routes}
    assert paths >= set(api.openapi()["paths"])
    assert "/api/v1/responses/{response_id}/sync" in paths
    for route in routes:
        assert isinstance(route, GuardedRoute), route.path
        for method in route.methods:
            rates = RATES[f"{method} {route.path}"]
            assert rates or not route.path.startswith("/api/"), route.path


def test_route_without_rates_cannot_be_made():
    router = APIRouter(prefix="/api/v1", route_class=GuardedRoute)
    with pytest.raises(LookupError, match="POST /api/v1/forgotten"):
        router.post("/forgotten")(lambda: None)


def test_every_call_of_the_api_may_be_answered_with_too_many_calls(api: FastAPI):
    for path, methods in api.openapi()["paths"].items():
        for method, call in methods.items():
            has_it = "Retry-After" in call["responses"].get("429", {}).get("headers", {})
            assert has_it is path.startswith("/api/"), (method, path)


def test_every_call_of_the_api_counts_by_address_and_against_guessing():
    for call, rates in RATES.items():
        if "/api/" in call:
            kinds = {(each.per, each.counted) for each in rates}
            assert (Per.ADDRESS, Counted.ALL) in kinds, call
            assert [each.counted for each in rates].count(Counted.FAILED) == 1, call


def test_names_are_unique_for_calls_are_counted_under_them():
    assert len({each.name for each in ALL_RATES}) == len(ALL_RATES)


@pytest.mark.parametrize("document", ["docs/operations.md"])
@pytest.mark.parametrize("rate", ALL_RATES, ids=lambda rate: rate.name)
def test_every_rate_is_documented(rate: Rate, document: str):
    span = {60: "1 minute", 600: "10 minutes", 3600: "1 hour"}[rate.seconds]
    row = f"| `{rate.name}` | {rate.calls} in {span} | {rate.per} |"
    assert row in Path(document).read_text("utf-8")
