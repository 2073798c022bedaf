"""How pages name what they show."""

from typing import Any

# A Var over one of a presenter's dataclasses: Reflex knows its fields, a type checker does not.
View = Any
