"""A person who has answered the small questionnaire of the server's tests."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.domain.questionnaire.model import Questionnaire

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
BUILT_IN = Path("fbss_app/content/questionnaires")


@pytest.fixture(scope="session")
def after_back_surgery() -> Questionnaire:
    return load_questionnaires([BUILT_IN])["after-back-surgery"]
