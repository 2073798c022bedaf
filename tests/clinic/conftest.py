"""The staff side on a real database and by a clock that moves only when told."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from fbss_app.clinic import server_context
from fbss_app.server.api.app import create_api
from fbss_app.server.api.context import ApiContext
from fbss_app.server.call_counter import CallCounter
from fbss_app.server.services.clinic.roles import Staff
from fbss_app.server.services.unit_of_work import Database
from fbss_app.server.storage.engine import create_database_engine
from fbss_app.server.storage.schema import upgrade_to_head
from fbss_app.settings import Settings
from tests.clinic.driver import Tab
from tests.clinic.staff_session import Clinic as OneClinic
from tests.clinic.world import Clinic, make_whole_clinic
from tests.server.builders import Clock, make_keys
from tests.server.services.clinic.conftest import cheap_hashes as cheap_hashes
from tests.server.services.clinic.door import log_in
from tests.server.services.clinic.staff import make_clinic
from tests.server.services.clinic.submissions import DEFINITIONS, clinical_questionnaire

OpenTab = Callable[..., Tab]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and nothing in them: copying it is quicker than making one."""
    path = tmp_path_factory.mktemp("clinic") / "empty.sqlite3"
    upgrade_to_head(f"sqlite:///{path}")
    return path


@pytest.fixture
def settings(migrated: Path, tmp_path: Path) -> Settings:
    shutil.copy(migrated, tmp_path / "answers.sqlite3")
    return Settings(
        _env_file=None,  # pyright: ignore[reportCallIssue]
        data_dir=tmp_path,
        database_url=f"sqlite:///{tmp_path}/answers.sqlite3",
        public_url="https://clinic.example",
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(
    settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch, cheap_hashes: None
) -> Iterator[FastAPI]:
    # The import connects the app's own database; only then can the one of the test take its place.
    import fbss_app.fbss_app as _app  # noqa: F401

    api = create_api(settings, [clinical_questionnaire()], load_keys=make_keys, now=clock)
    monkeypatch.setattr(server_context, "_connected", [api.state.context])
    yield api
    api.state.context.database.close()


@pytest.fixture
def context(api: FastAPI) -> ApiContext:
    return api.state.context


@pytest.fixture
def database(context: ApiContext) -> Database:
    return context.database


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = create_database_engine(settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def north(database: Database) -> Clinic:
    """The clinic of whoever asks."""
    return make_whole_clinic(database, "north")


@pytest.fixture
def south(database: Database) -> Clinic:
    """The clinic whose rows nobody else may see or change."""
    return make_whole_clinic(database, "south")


@pytest.fixture
def tab_of(database: Database, clock: Clock) -> OpenTab:
    """Log somebody in and open a page of theirs."""

    def tab_of(staff: Staff, address: str = "/clinic") -> Tab:
        return Tab(log_in(database, staff, clock), address)

    return tab_of


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OneClinic]:
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
    yield OneClinic(database, make_clinic(database), clock)
    database.close()
