"""The app's own short texts: what to do about a problem, and what must always be said."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from fbss_app.content.validated import validated
from fbss_app.content.yaml_source import read_yaml
from fbss_app.domain.questionnaire.base import Definition, Words
from fbss_app.domain.questionnaire.model import ItemType


class ProblemMessage(Definition):
    """What to do about one kind of problem, with other words for some types of question."""

    default: Words
    by_type: Mapping[ItemType, Words] = Field(default_factory=dict[ItemType, str])


class Messages(Definition):
    """All short texts; `problem` is keyed by the code of the problem."""

    problem: Mapping[str, ProblemMessage]
    must_always_be_said: Annotated[tuple[Words, ...], Field(min_length=1)]
    must_always_be_said_on_paper: Annotated[tuple[Words, ...], Field(min_length=1)]
    not_all_clear: Words
    free_text_note: Words

    def for_problem(self, code: str, item_type: ItemType) -> str:
        """Return the words for a problem with an answer, placeholders and all."""
        message = self.problem[code]
        return message.by_type.get(item_type, message.default)


def read_messages(file: Path) -> Messages:
    """Read the short texts.

    Raises:
        ContentError: The file does not fit.
    """
    return validated(Messages, read_yaml(file))
