"""The errors this application raises on purpose. Expected outcomes are return values instead."""

from collections.abc import Sequence
from pathlib import Path


class FbssError(Exception):
    """A broken promise, with a code that stays the same and the HTTP status it maps to."""

    code = "internal-error"
    status_code = 500


class ContentError(FbssError):
    """Something wrong in a content file, said so that its author can put it right."""

    code = "content-error"

    def __init__(
        self, file: str | Path, line: int | None, field: str, problem: str, what_to_do: str
    ) -> None:
        self.file = str(file)
        self.line = line
        self.field = field
        self.problem = problem
        self.what_to_do = what_to_do
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        field = f"{self.field}: " if self.field else ""
        return f"{place}: {field}{self.problem}. {self.what_to_do}"


class ContentErrors(ContentError):  # noqa: N818 (several of them)
    """Everything wrong in one pass over the content; its own fields are those of the first."""

    def __init__(self, errors: Sequence[ContentError]) -> None:
        first = errors[0]
        self.errors = tuple(errors)
        super().__init__(first.file, first.line, first.field, first.problem, first.what_to_do)

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)
