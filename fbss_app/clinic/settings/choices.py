"""What a clinic can choose from: the countries, and the optional parts of the questionnaire."""

from __future__ import annotations

from functools import cache

from fbss_app import routes
from fbss_app.clinic.server_context import server
from fbss_app.content.loader import load_content


@cache
def country_names() -> dict[str, str]:
    """Give the countries whose emergency numbers the app has, by code."""
    return {country.code: country.name for country in load_content().countries.country}


@cache
def optional_parts() -> dict[str, str]:
    """Give the parts that a clinic may leave out, by link_id: those an answer opens by itself."""
    found = [
        definition
        for (name, _), definition in server().questionnaires.items()
        if name == routes.PRIMARY_QUESTIONNAIRE
    ]
    return dict(found[-1].optional_parts) if found else {}
