"""How a use case says no: one code, one plain sentence, and the places that are wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from fbss_app.errors import FbssError


@dataclass(frozen=True)
class FieldProblem:
    """One thing wrong with a call: where it is, a stable code, and what to do about it."""

    where: str
    code: str
    message: str


class RefusedError(FbssError):
    """The call was understood and refused; nothing was stored. Its message is shown as it is.

    `let_in` says that the caller's secret was right: whatever is missing, nobody was guessing.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status_code: int = 422,
        problems: Sequence[FieldProblem] = (),
        let_in: bool = False,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status_code = status_code
        self.problems = tuple(problems)
        self.let_in = let_in


class UnknownResponseError(RefusedError):
    """No response for this id and secret. It must never tell which of the two is wrong."""

    def __init__(self) -> None:
        super().__init__(
            "unknown-response",
            "There are no saved answers for this link. They may have been deleted, or the link may "
            "be incomplete. To save answers for the first time, send the consent with them.",
            status_code=404,
        )


class NotAllowedError(RefusedError):
    """The link is right, but whoever holds it may not do this."""

    def __init__(self) -> None:
        super().__init__(
            "not-allowed",
            "The link you use does not allow this. Ask the person whose answers they are.",
            status_code=403,
        )


class StorageUnavailableError(RefusedError):
    """The database cannot be reached or is too busy; the same call may work in a moment."""

    def __init__(self) -> None:
        super().__init__(
            "storage-unavailable",
            "The answers could not be saved just now. They are still on the phone. Try again soon.",
            status_code=503,
        )
