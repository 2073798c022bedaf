"""What the API says where it refuses."""

from pydantic import BaseModel


class ProblemBody(BaseModel):
    """One thing that is wrong, and where."""

    where: str
    code: str
    message: str


class ErrorContent(BaseModel):
    """A stable code, a plain sentence, and the places that are wrong."""

    code: str
    message: str
    problems: list[ProblemBody]


class ErrorBody(BaseModel):
    """The shape of every error."""

    error: ErrorContent
