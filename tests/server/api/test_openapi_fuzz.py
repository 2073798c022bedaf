"""Calls the API with what its own description allows, and with what it forbids."""

from collections.abc import Callable, Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fbss_app.server.api.app import create_api
from fbss_app.server.api.rate_limits import RateLimits
from fbss_app.server.api.rate_table import RATES
from fbss_app.server.storage.schema import upgrade_to_head
from fbss_app.settings import Settings
from tests.server.builders import Clock, make_questionnaire

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SECRET = "s" * 43
RESPONSE_ID = "00000000-0000-4000-8000-000000000000"
PLACES = [("leg-pain", []), ("note", []), ("treatment", []), ("operation", ["1"])]

SYNC = ("/api/v1/responses/{response_id}/sync", "POST")
OPERATIONS = [
    SYNC,
    ("/api/v1/responses/{response_id}", "DELETE"),
    ("/api/v1/responses/{response_id}/summary.pdf", "GET"),
    ("/api/v1/responses/{response_id}/export.json", "GET"),
    ("/api/v1/responses/{response_id}/export.html", "GET"),
    ("/api/v1/responses/{response_id}/questionnaire-response.json", "GET"),
    ("/api/v1/responses/{response_id}/links", "GET"),
    ("/api/v1/responses/{response_id}/links/{link_id}", "PUT"),
    ("/api/v1/responses/{response_id}/links/{link_id}", "DELETE"),
    ("/api/v1/responses/{response_id}/code", "PUT"),
    ("/api/v1/links/open", "POST"),
    ("/api/v1/links/open-with-code", "POST"),
    ("/api/v1/invitations/open", "POST"),
    ("/api/v1/clinics/{slug}/invitations", "POST"),
    ("/api/v1/responses/{response_id}/submission", "PUT"),
    ("/api/v1/responses/{response_id}/submission", "GET"),
    ("/api/v1/responses/{response_id}/submission", "DELETE"),
    ("/api/v1/clinics/{slug}/logo", "GET"),
    ("/api/v1/responses/{response_id}/submissions", "GET"),
    ("/api/v1/responses/{response_id}/submissions/{submission_id}", "DELETE"),
    ("/api/clinic/responses/{submission_id}.pdf", "GET"),
    ("/api/clinic/exports/responses.csv", "GET"),
    ("/api/clinic/exports/dictionary.csv", "GET"),
    ("/api/clinic/exports/research.csv", "GET"),
    ("/healthz", "GET"),
    ("/readyz", "GET"),
]


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    folder = tmp_path_factory.mktemp("fuzz")
    settings = Settings(_env_file=None, data_dir=folder, max_events_per_response=100_000)
    upgrade_to_head(settings.database_url)
    api = create_api(settings, [make_questionnaire()], now=Clock())
    # So that every case is judged by what it says, not by how many came before it.
    api.state.rate_limits = RateLimits(settings, dict.fromkeys(RATES, ()))
    yield schemathesis.openapi.from_asgi("/api/openapi.json", api)
    api.state.context.database.close()


def call_many_times(
    description: schemathesis.BaseSchema,
    operation: tuple[str, str],
    mode: GenerationMode,
    change: Callable[[Case], None] = lambda case: None,
) -> set[int]:
    """Call an operation with generated cases, check each reply and list the statuses met."""
    path, method = operation
    statuses: set[int] = set()

    @given(case=description[path][method].as_strategy(generation_mode=mode))
    @hypothesis_settings(
        max_examples=100,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def call(case: Case) -> None:
        change(case)
        statuses.add(case.call_and_validate(checks=CHECKS).status_code)

    call()
    return statuses


@pytest.mark.parametrize("operation", OPERATIONS, ids="-".join)
def test_call_as_described_never_makes_the_server_fail(description, operation):
    call_many_times(description, operation, GenerationMode.POSITIVE)


@pytest.mark.parametrize("operation", OPERATIONS[:-2], ids="-".join)
def test_call_against_the_description_never_makes_the_server_fail(description, operation):
    assert 200 not in call_many_times(description, operation, GenerationMode.NEGATIVE)


@pytest.mark.parametrize("mode", GenerationMode)
def test_any_answer_to_a_real_question_never_makes_the_server_fail(description, mode):
    def aim(case: Case) -> None:
        case.path_parameters = {"response_id": RESPONSE_ID}
        case.headers = {**(case.headers or {}), "X-Response-Secret": SECRET}
        if not isinstance(case.body, dict):
            return
        case.body |= {"questionnaire": "small", "version": "1"}
        events = case.body.get("events")
        for index, event in enumerate(events if isinstance(events, list) else []):
            if isinstance(event, dict):
                event["link_id"], event["path"] = PLACES[index % len(PLACES)]

    statuses = call_many_times(description, SYNC, mode, aim)
    if mode is GenerationMode.POSITIVE:
        assert statuses >= {200, 422}
