"""The log: events with named values, one line each, without people's words.

The program's own modules log through `get_logger`. Other packages log sentences of their own: only
their warnings and errors get a line, and of an exception its kind and place, for its message can
quote an answer.
"""

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from typing import Any, Literal, TextIO, cast

import structlog
from structlog.contextvars import merge_contextvars
from structlog.stdlib import (
    BoundLogger,
    ProcessorFormatter,
    add_log_level,
    add_logger_name,
    filter_by_level,
)
from structlog.typing import EventDict, Processor, WrappedLogger

LogFormat = Literal["auto", "json", "text"]

_OWN = "fbss_app"
_FIRST_KEYS = ("time", "level", "event", "logger", "correlation_id")


def get_logger(name: str) -> BoundLogger:
    """Give a module its logger, whose calls name an event and its values: `info("x", count=3)`."""
    logger = structlog.wrap_logger(
        logging.getLogger(name),
        processors=[filter_by_level, *_COMMON, ProcessorFormatter.wrap_for_formatter],
        wrapper_class=BoundLogger,
    )
    return cast(BoundLogger, logger)


def configure_logging(log_format: LogFormat, stream: TextIO | None = None) -> None:
    """Write the log to standard output, or to another stream; harmless to repeat.

    Args:
        log_format: JSON objects, lines for people, or what fits: lines on a terminal, else JSON.
        stream: Where to write.
    """
    target = stream or sys.stdout
    as_text = log_format == "text" or (log_format == "auto" and target.isatty())
    handler = _OwnHandler(target)
    handler.addFilter(_is_worth_a_line)
    renderer: Processor = _as_text if as_text else _as_json
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=_COMMON,
            processors=[ProcessorFormatter.remove_processors_meta, _without_words, renderer],
        )
    )
    root = logging.getLogger()
    for earlier in [each for each in root.handlers if isinstance(each, _OwnHandler)]:
        root.removeHandler(earlier)
    root.addHandler(handler)
    logging.getLogger(_OWN).setLevel(logging.INFO)


def frames_of(error: BaseException) -> list[str]:
    """List the places that an exception came through, without its message and all values."""
    found = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in found]


class _OwnHandler(logging.StreamHandler[TextIO]):
    """Told apart from handlers that others put on the root."""


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    is_own = record.name == _OWN or record.name.startswith(f"{_OWN}.")
    return is_own or record.levelno >= logging.WARNING


def _without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind and its place."""
    event.pop("stack_info", None)
    error = _exception(event.pop("exc_info", None))
    if error is not None:
        event["exception"] = type(error).__name__
        event["frames"] = frames_of(error)
    return event


def _exception(told: Any) -> BaseException | None:
    """Find the exception in any of the forms in which the standard library takes it."""
    found = sys.exc_info() if told is True else told
    error = found[1] if isinstance(found, tuple) else found  # pyright: ignore[reportUnknownVariableType]
    return error if isinstance(error, BaseException) else None


def _in_order(event: Mapping[str, Any]) -> dict[str, Any]:
    first = {key: event[key] for key in _FIRST_KEYS if key in event}
    return first | {key: value for key, value in event.items() if key not in first}


def _as_json(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    return _escaped(_in_order(event))


def _as_text(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    values = _in_order(event)
    time, level, name = (str(values.pop(key, "")) for key in ("time", "level", "event"))
    words = [f"{_readable(key)}={_readable(value)}" for key, value in values.items()]
    # Without the quotation marks: the event is the one word that always stands alone.
    return " ".join([time, f"{level:<7}", _escaped(name)[1:-1], *words])


def _readable(value: object) -> str:
    text = _escaped(value)
    return text[1:-1] if isinstance(value, str) and " " not in value else text


def _escaped(value: object) -> str:
    """Write as JSON: no line break, control character or direction mark stays as it is."""
    # JSON lets this one control character through.
    return json.dumps(value, default=_kind).replace("\x7f", "\\u007f")


def _kind(value: object) -> str:
    # Whatever it is: written out it could hold anything.
    return f"<{type(value).__name__}>"


_COMMON: list[Processor] = [
    merge_contextvars,
    add_log_level,
    add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
]
