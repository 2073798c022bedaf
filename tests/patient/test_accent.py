"""The scripts that give pages a clinic's accent look where the invitation is kept."""

from pathlib import Path

import pytest

from fbss_app import routes

CLIENT = Path("fbss_app/patient/client")


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("early_input.js", f"{routes.PRIMARY_QUESTIONNAIRE}:invitation"),
        ("storage/storage.js", f"{routes.PRIMARY_QUESTIONNAIRE}:invitation"),
    ],
)
def test_script_names_the_invitation_to_the_questionnaire_that_clinics_ask(script: str, name: str):
    assert f'"{name}"' in (CLIENT / script).read_text(encoding="utf-8")
