import socket

import pytest

from fbss_app.launch.checks import (
    LaunchError,
    check_folder,
    check_port,
    check_python,
    missing_for_people,
)
from fbss_app.settings import Settings


def test_another_python_is_refused_by_name():
    with pytest.raises(LaunchError, match=r"needs Python 3\.11, and this is Python 3\.13"):
        check_python((3, 13))


def test_free_port_is_accepted_and_left_free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)


def test_taken_port_is_named_with_a_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(LaunchError, match=rf"Port {port} .* FBSS_PORT") as caught:
            check_port("127.0.0.1", port)

    assert "\n" not in str(caught.value)


def test_unknown_host_is_named():
    with pytest.raises(LaunchError, match="FBSS_HOST"):
        check_port("no-such-host.invalid", 8000)


def test_folder_is_made_for_its_owner_only(tmp_path):
    folder = tmp_path / "a/data"

    check_folder(folder)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.iterdir()) == []


def test_folder_that_cannot_be_written_to_is_named(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")

    with pytest.raises(LaunchError, match="FBSS_DATA_DIR"):
        check_folder(blocked / "data")


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ({}, False),
        ({"public_url": "http://localhost:8100"}, False),
        ({"public_url": "https://example.org"}, True),
        ({"host": "192.168.0.7"}, True),
        (
            {
                "public_url": "https://example.org",
                "operator_name": "North Trust",
                "operator_contact": "data@north.example",
            },
            False,
        ),
    ],
)
def test_a_copy_that_others_reach_names_who_runs_it_or_the_start_says_so(changes, is_told):
    told = missing_for_people(Settings(_env_file=None, **changes))
    assert (told is not None) is is_told
    assert not is_told or "FBSS_OPERATOR_NAME" in told
