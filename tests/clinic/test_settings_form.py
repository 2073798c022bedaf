"""The form of settings says at each field what a colleague has changed in it meanwhile."""

from collections.abc import Iterator

import pytest

import fbss_app.fbss_app  # noqa: F401 (connects the questionnaires that the form asks for)
from fbss_app.clinic.settings.changed_words import changed_meanwhile
from fbss_app.clinic.settings.choices import optional_parts
from fbss_app.clinic.settings.page import settings_page
from fbss_app.server.services.clinic.settings.settings import ClinicSettings

BEFORE = ClinicSettings("North", "", "gb", "teal", 90, (), False, ())
AFTER = ClinicSettings("South", "1", "us", "plum", 91, ("phq-4",), True, ("https://a.example",))


@pytest.fixture(autouse=True)
def _parts_of_the_app() -> Iterator[None]:
    # Those of another test's questionnaire may be remembered, and these must not be for the next.
    optional_parts.cache_clear()
    yield
    optional_parts.cache_clear()


def test_every_field_has_a_place_for_it_and_can_be_gone_to():
    told = changed_meanwhile(BEFORE, AFTER)
    assert len(told) == 8
    drawn = str(settings_page().render())
    for each in told:
        assert f'id:"{each.where}-error"' in drawn, each.where
        assert drawn.count(f'id:"{each.where}"') == 1, each.where
