import socket

import pytest

from fbss_app.launch.checks import LaunchError
from fbss_app.launch.redis import check_redis


def test_without_redis_there_is_nothing_to_check():
    check_redis(None)


@pytest.mark.parametrize("scheme", ["redis", "rediss"])
def test_redis_that_is_not_there_is_told_in_one_line_without_its_password(scheme: str):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    with pytest.raises(LaunchError, match=r"^Redis cannot be reached .*FBSS_REDIS_URL") as caught:
        check_redis(f"{scheme}://:hunter2@127.0.0.1:{port}/0")

    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)
