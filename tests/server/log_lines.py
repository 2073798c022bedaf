"""Catches what the log would hold, and leaves logging as it was."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from fbss_app.server.logs import configure_logging

_CHANGED = ("", "fbss_app", "sqlalchemy", "fbss_application")


@contextmanager
def captured_log(level: int = logging.INFO) -> Iterator[io.StringIO]:
    """Write the log as JSON into a text, with the root and our own loggers at this level."""
    levels = {name: logging.getLogger(name).level for name in _CHANGED}
    handlers = list(logging.getLogger().handlers)
    stream = io.StringIO()
    configure_logging("json", stream)
    for name in ("", "fbss_app"):
        logging.getLogger(name).setLevel(level)
    try:
        yield stream
    finally:
        logging.getLogger().handlers[:] = handlers
        for name, earlier in levels.items():
            logging.getLogger(name).setLevel(earlier)
