from pathlib import Path

import pytest

from fbss_app.launch.checks import LaunchError
from fbss_app.launch.database import migrate
from fbss_app.settings import Settings


def test_database_that_cannot_be_reached_is_one_plain_line(tmp_path: Path):
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        database_url="postgresql://fbss:hunter2@127.0.0.1:1/fbss",
    )
    with pytest.raises(LaunchError) as caught:
        migrate(settings)

    assert str(caught.value) == "The database cannot be opened (connection refused)."
