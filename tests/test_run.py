"""The command `python -m fbss_app`, run as a program."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

COMMAND = [sys.executable, "-m", "fbss_app"]


@pytest.fixture
def environment(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {
        name: value
        for name, value in os.environ.items()
        # Kept, because it belongs to the build that the browser tests are run against.
        if not name.startswith("FBSS_") or name == "FBSS_QUESTIONNAIRES_DIR"
    }
    return {**own, "FBSS_PORT": str(port), "FBSS_DATA_DIR": str(tmp_path / "data")}


def run(environment):
    return subprocess.run(
        COMMAND, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def assert_one_plain_line(result, *words):
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    for word in words:
        assert word in result.stderr


def test_taken_port_is_one_plain_line(environment):
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(environment["FBSS_PORT"])))
        other.listen()

        assert_one_plain_line(run(environment), "Port", environment["FBSS_PORT"])


def test_folder_that_cannot_be_written_to_is_one_plain_line(environment, tmp_path):
    (tmp_path / "file").write_text("")

    result = run({**environment, "FBSS_DATA_DIR": str(tmp_path / "file/data")})

    assert_one_plain_line(result, "FBSS_DATA_DIR")


def test_setting_that_makes_no_sense_is_one_plain_line(environment):
    assert_one_plain_line(run({**environment, "FBSS_PORT": "many"}), "FBSS_PORT")


def test_redis_url_without_a_key_is_one_plain_line(environment):
    result = run({**environment, "FBSS_REDIS_URL": "redis://localhost"})

    assert_one_plain_line(result, "FBSS_RATE_LIMIT_KEY", "FBSS_REDIS_URL")


def test_mistakes_in_a_questionnaire_are_one_plain_line_each(environment, tmp_path):
    folder = tmp_path / "questionnaires"
    folder.mkdir()
    broken = folder / "own.yaml"
    broken.write_text("name: other\ntitel: Own\n")
    (folder / "torn.yaml").write_text("name: [\n")

    result = run({**environment, "FBSS_QUESTIONNAIRES_DIR": str(folder)})

    assert (result.returncode, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert f"{broken}:2: titel: unknown key `titel`. Did you mean `title`?" in lines
    assert f"{broken}:1: item: `item` is missing. Add `item:`." in lines
    assert lines[-1].startswith(f"{folder / 'torn.yaml'}:2: this is not valid YAML")
    assert all(line.startswith(f"{folder}/") for line in lines)


def test_questionnaire_that_cannot_be_read_is_one_plain_line(environment, tmp_path):
    folder = tmp_path / "questionnaires"
    folder.mkdir()
    (folder / "own.yaml").symlink_to(tmp_path / "nowhere.yaml")

    result = run({**environment, "FBSS_QUESTIONNAIRES_DIR": str(folder)})

    assert_one_plain_line(result, str(folder / "own.yaml"), "cannot be read")


@pytest.mark.browser
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_prints_its_address_when_it_answers_and_stops_cleanly(environment, stop):
    process = subprocess.Popen(
        COMMAND,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        line = process.stdout.readline()
        assert line == f"After Back Surgery is at http://127.0.0.1:{environment['FBSS_PORT']}/\n"
        with urllib.request.urlopen(line.split()[-1]) as response:
            assert response.status == 200
        with urllib.request.urlopen(line.split()[-1] + "readyz") as response:
            assert response.status == 200
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(line.split()[-1] + "api/canary")
        os.killpg(process.pid, stop)
        rest, _ = process.communicate(timeout=15)
    finally:
        # Its worker would otherwise live on and hold the pipe open.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    assert process.returncode == 0
    assert "Traceback" not in rest
    assert rest.splitlines()[-1] == "Stopped."
    (call,) = [json.loads(line) for line in rest.splitlines() if line.startswith("{")]
    assert (call["event"], call["route"], call["status"]) == ("api-call", "none", 404)
    assert "canary" not in rest
