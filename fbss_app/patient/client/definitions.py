"""The questionnaires this deployment offers, loaded once."""

from functools import cache
from pathlib import Path

from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.domain.questionnaire.model import Questionnaire
from fbss_app.settings import Settings

BUILT_IN = Path(__file__).parents[2] / "content" / "questionnaires"


@cache
def questionnaires() -> dict[str, Questionnaire]:
    """Load and check every definition: the built-in ones and those of the deployment's own folder.

    Returns:
        The questionnaires by name.

    Raises:
        ContentError: A definition is wrong; the message names file, line, field and what to do.
    """
    further = Settings().questionnaires_dir
    return load_questionnaires([BUILT_IN, *([further] if further else [])])
