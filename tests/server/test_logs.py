import io
import json
import logging
import re
from collections.abc import Iterator

import pytest

from fbss_app.server.correlation import correlated
from fbss_app.server.logs import LogFormat, configure_logging, get_logger
from tests.server.log_lines import captured_log

ID = "0123456789abcdef0123456789abcdef"
NASTY = "one\ntwo\r\x1b[31m\x00\x7f\u2028\u202e\x85é"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    with captured_log():
        yield


def logged(log_format: LogFormat, stream: io.StringIO | None = None) -> io.StringIO:
    stream = stream or io.StringIO()
    configure_logging(log_format, stream)
    return stream


def test_line_is_one_json_object_with_time_level_event_logger_and_id():
    stream = logged("json")
    with correlated(ID):
        get_logger("fbss_app.server.x").info("answers-saved", count=3)
    assert stream.getvalue().endswith("}\n")
    line = json.loads(stream.getvalue())
    assert list(line) == ["time", "level", "event", "logger", "correlation_id", "count"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", line.pop("time"))
    assert line == {
        "level": "info",
        "event": "answers-saved",
        "logger": "fbss_app.server.x",
        "correlation_id": ID,
        "count": 3,
    }


def test_line_for_people_has_the_same_in_the_same_order():
    stream = logged("text")
    with correlated(ID):
        get_logger("fbss_app.x").warning("answers-saved", count=3, why="no reason", of="a.b")
    time, rest = stream.getvalue().split(" ", 1)
    assert time.endswith("Z")
    words = f'answers-saved logger=fbss_app.x correlation_id={ID} count=3 why="no reason" of=a.b'
    assert rest == f"warning {words}\n"


def test_terminal_gets_lines_for_people_and_anything_else_json():
    terminal, pipe = logged("auto", Terminal()), None
    get_logger("fbss_app.x").info("hello")
    pipe = logged("auto")
    get_logger("fbss_app.x").info("hello")
    assert "info    hello logger=" in terminal.getvalue()
    assert json.loads(pipe.getvalue())["event"] == "hello"
    assert terminal.getvalue().count("hello") == 1, "a second configuration replaces the first"


@pytest.mark.parametrize("log_format", ["json", "text"])
@pytest.mark.parametrize("place", ["event", "value", "key", "foreign", "list"])
def test_nothing_breaks_out_of_its_line(log_format: LogFormat, place: str):
    stream = logged(log_format)
    logger = get_logger("fbss_app.x")
    match place:
        case "event":
            logger.info(NASTY)
        case "value":
            logger.info("x", value=NASTY)
        case "key":
            logger.info("x", **{NASTY: 1})
        case "list":
            logger.info("x", value=[NASTY])
        case _:
            logging.getLogger("somebody.else").warning("%s", NASTY)
    text = stream.getvalue()
    assert text.count("\n") == 1
    assert all(" " <= char <= "~" for char in text[:-1])


def test_what_was_escaped_can_be_read_back():
    stream = logged("json")
    get_logger("fbss_app.x").info(NASTY)
    assert json.loads(stream.getvalue())["event"] == NASTY


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_value_of_an_unknown_kind_is_named_not_written_out(log_format: LogFormat):
    class Answer:
        def __repr__(self) -> str:
            return "canary"

    stream = logged(log_format)
    get_logger("fbss_app.x").info("x", value=Answer())
    assert "canary" not in stream.getvalue()
    assert "<Answer>" in stream.getvalue()


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_exception_is_logged_by_kind_and_place_without_its_words(log_format: LogFormat):
    stream = logged(log_format)
    try:
        raise ValueError("canary")
    except ValueError:
        logging.getLogger("asyncio").exception("a task failed")
        get_logger("fbss_app.x").error("failed", exc_info=True)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2
    for line in lines:
        assert "canary" not in line
        assert "ValueError" in line
        assert "test_logs.py" in line


def test_other_packages_get_a_line_for_warnings_only_at_whatever_level():
    stream = logged("json")
    for name in ("", "sqlalchemy", "fbss_application"):
        logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger(name).info("canary")
        logging.getLogger(name).warning("noticed by %s", name or "root")
    events = [json.loads(line)["event"] for line in stream.getvalue().splitlines()]
    assert events == ["noticed by root", "noticed by sqlalchemy", "noticed by fbss_application"]


def test_event_below_the_level_is_not_logged():
    stream = logged("json")
    get_logger("fbss_app.x").debug("detail")
    assert stream.getvalue() == ""
