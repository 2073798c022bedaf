"""What the endpoints work with; made once by `create_api`, so that nothing is global."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.server.call_counter import CallCounter
from fbss_app.server.services.unit_of_work import Database
from fbss_app.settings import Settings


@dataclass(frozen=True)
class ApiContext:
    """The settings, the definitions by name and version, the database and the clock.

    `door_counter` counts who tries to log in.
    """

    settings: Settings
    questionnaires: Mapping[tuple[str, str], Questionnaire]
    database: Database
    now: Callable[[], datetime]
    door_counter: CallCounter


def context_of(request: Request) -> ApiContext:
    """Find the context of the application that a request came to."""
    context = request.app.state.context
    assert isinstance(context, ApiContext)
    return context


Context = Annotated[ApiContext, Depends(context_of)]
