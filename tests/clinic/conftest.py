from collections.abc import Iterator
from pathlib import Path

import pytest

from fbss_app.clinic import server_context
from fbss_app.server.api.context import ApiContext
from fbss_app.server.call_counter import CallCounter
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.schema import upgrade_to_head
from fbss_app.settings import Settings
from tests.clinic.staff_session import Clinic
from tests.server.builders import Clock, make_keys
from tests.server.services.clinic.staff import make_clinic
from tests.server.services.clinic.submissions import DEFINITIONS


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    """A clinic in a database of its own, which every state now works with."""
    url = f"sqlite:///{tmp_path}/data/answers.sqlite3"
    upgrade_to_head(url)
    settings = Settings(
        _env_file=None,  # pyright: ignore[reportCallIssue]
        data_dir=tmp_path,
        database_url=url,
        webhook_allow_private=True,
    )
    clock, database = Clock(), Database(url, make_keys)
    context = ApiContext(settings, DEFINITIONS, database, clock, CallCounter(""))
    monkeypatch.setattr(server_context, "_connected", [context])
    yield Clinic(database, make_clinic(database), clock)
    database.close()
