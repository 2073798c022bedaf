import pytest

from fbss_app.launch.checks import LaunchError
from fbss_app.launch.database import migrate


def test_database_that_cannot_be_reached_is_one_plain_line():
    with pytest.raises(LaunchError) as caught:
        migrate("postgresql://fbss:hunter2@127.0.0.1:1/fbss")

    assert str(caught.value) == "The database cannot be opened (connection refused)."
