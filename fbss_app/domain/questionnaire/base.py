"""What all parts of a definition have in common: frozen, strict about keys, plain names."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StrictFloat, StrictInt, StringConstraints

KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Kebab = Annotated[str, StringConstraints(pattern=KEBAB)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Number = StrictInt | StrictFloat
Address = Annotated[str, StringConstraints(pattern=r"^/[a-z0-9/-]*$")]


class Definition(BaseModel):
    """A piece of a definition. A key that is not in the format is an error, not a silent extra."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", serialize_by_alias=True, allow_inf_nan=False
    )


class PageLink(Definition):
    """A page of this app, and the words that lead to it."""

    text: Words
    address: Address
