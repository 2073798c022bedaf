"""Turns plain data into an accessible PDF (PDF/UA-1) with a Typst template of this folder.

The data reaches the template as JSON and is only ever shown as text, never run as Typst.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import BoundedSemaphore

from fbss_app.errors import FbssError
from fbss_app.server.documents.printable_text import printable

MAX_CHARACTERS = 200_000
_SECONDS = 30
_SECONDS_IN_LINE = 10
_PROGRAM = Path(__file__).with_name("typesetter.py")
# Each takes one core and some 60 MB while it runs.
_places = BoundedSemaphore(2)


class Template(StrEnum):
    """The templates, by the name of their file."""

    SUMMARY = "summary"
    PAPER = "paper"

    @property
    def sizes(self) -> tuple[str, ...]:
        """Sizes of type in points: the first with which all fits on one page, or else the first."""
        return ("8.4", "7.8", "7.2") if self is Template.SUMMARY else ("11",)


class DocumentTooLongError(FbssError):
    """There is more text than a document may hold."""


class TypesetterBusyError(FbssError):
    """Other documents are being made; the same call may work in a moment."""


class TypesettingError(FbssError):
    """The document could not be made. Says nothing of its words."""


def typeset(
    template: Template,
    data: Mapping[str, object],
    made_at: datetime,
    verbatim: Mapping[str, object] | None = None,
) -> bytes:
    """Make a document. Takes tenths of a second: call it off the event loop.

    Args:
        template: The template that lays it out.
        data: What it holds; any text in it may come from anybody.
        made_at: The time written into the file.
        verbatim: Further data that must stay as it is, such as drawings; never anybody's words.

    Returns:
        The PDF.

    Raises:
        DocumentTooLongError: There is too much text.
        TypesetterBusyError: Too many documents are being made.
        TypesettingError: It took too long, or went wrong.
    """
    whole = {key: printable(part) for key, part in data.items()} | dict(verbatim or {})
    job = json.dumps(
        {
            "template": template.value,
            "sizes": template.sizes,
            "data": whole,
            "timestamp": int(made_at.timestamp()),
        }
    )
    if len(job) > MAX_CHARACTERS:
        raise DocumentTooLongError(f"more than {MAX_CHARACTERS} characters")
    if not _places.acquire(timeout=_SECONDS_IN_LINE):
        raise TypesetterBusyError("all places are taken")
    try:
        result = subprocess.run(  # noqa: S603 (our own program; words only on its stdin)
            [sys.executable, "-I", str(_PROGRAM)],
            input=job.encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TypesettingError(f"not done after {_SECONDS} seconds") from None
    finally:
        _places.release()
    if result.returncode != 0:
        raise TypesettingError(f"the typesetter ended with {result.returncode}")
    return result.stdout
