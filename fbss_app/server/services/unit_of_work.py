"""The database as the use cases see it: one transaction a call, all of it or nothing."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session

from fbss_app.server.encryption import KeyRing
from fbss_app.server.logs import get_logger
from fbss_app.server.services.refusal import StorageUnavailableError
from fbss_app.server.storage.engine import READS_ONLY, create_database_engine, scrub_deleted
from fbss_app.server.storage.repositories.access_links import AccessLinkRepository
from fbss_app.server.storage.repositories.answer_events import AnswerEventRepository
from fbss_app.server.storage.repositories.clinic.clinic_unit import ClinicUnit
from fbss_app.server.storage.repositories.doorways.clinics import ClinicRepository
from fbss_app.server.storage.repositories.doorways.invitation_links import InvitationLinkRepository
from fbss_app.server.storage.repositories.doorways.log_ins import LogInRepository
from fbss_app.server.storage.repositories.doorways.logos import LogoDoorway
from fbss_app.server.storage.repositories.doorways.trails import TrailRepository
from fbss_app.server.storage.repositories.doorways.webhook_queue import WebhookQueue
from fbss_app.server.storage.repositories.responses import ResponseRepository
from fbss_app.server.storage.repositories.retention_runs import RetentionRunRepository
from fbss_app.server.storage.repositories.return_codes import ReturnCodeRepository
from fbss_app.server.storage.schema import is_at_head, upgrade_to_head

logger = get_logger(__name__)

# What a busy, full or unreachable database raises; anything else is a mistake of ours.
_UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeoutError, OSError)


class UnitOfWork:
    """The repositories of one transaction."""

    def __init__(self, session: Session, keys: KeyRing) -> None:
        self._session = session
        self.keys = keys
        self.responses = ResponseRepository(session)
        self.access_links = AccessLinkRepository(session, keys)
        self.return_codes = ReturnCodeRepository(session)
        self.answer_events = AnswerEventRepository(session, keys)
        self.retention_runs = RetentionRunRepository(session)
        self.clinics = ClinicRepository(session)
        self.log_ins = LogInRepository(session)
        self.invitation_links = InvitationLinkRepository(session)
        self.logos = LogoDoorway(session)
        self.trails = TrailRepository(session)
        self.webhook_queue = WebhookQueue(session)

    def clinic(self, clinic_id: str) -> ClinicUnit:
        """Give what belongs to one clinic, and nothing of another."""
        return ClinicUnit(self._session, self.keys, clinic_id)


class Database:
    """Where answers are kept. Opens nothing before it is first used."""

    def __init__(self, url: str, load_keys: Callable[[], KeyRing]) -> None:
        """Name the database.

        Args:
            url: A SQLite or PostgreSQL URL.
            load_keys: Finds the keys that seal answers and open them, when they are first needed.
        """
        self._load_keys = load_keys
        self._url = url
        self._engine = create_database_engine(url)
        self._reading = self._engine.execution_options(**{READS_ONLY: True})

    @cached_property
    def keys(self) -> KeyRing:
        """The keys that seal answers and open them."""
        return self._load_keys()

    @contextmanager
    def unit_of_work(self, *, reads_only: bool = False) -> Generator[UnitOfWork]:
        """Open a transaction; it is kept if the block ends well and undone if it raises.

        Args:
            reads_only: Nothing is changed or locked in it, so that with SQLite it does not wait
                for whoever writes. It would raise there if it changed anything.
        """
        try:
            engine = self._reading if reads_only else self._engine
            with Session(engine) as session, session.begin():
                yield UnitOfWork(session, self.keys)
        except _UNAVAILABLE as error:
            logger.warning("storage-unavailable", reason=type(error).__name__)
            raise StorageUnavailableError from error

    def upgrade(self) -> None:
        """Bring the tables to the newest shape."""
        upgrade_to_head(self._url, self.keys)

    def is_ready(self) -> bool:
        """Tell whether the database answers and has the newest tables.

        It does not wait for whoever writes: that answers are being saved just now is no trouble.
        """
        try:
            return is_at_head(self._reading)
        except (*_UNAVAILABLE, ProgrammingError) as error:
            logger.warning("storage-not-ready", reason=type(error).__name__)
            return False

    def scrub(self) -> None:
        """Take what was deleted out of the database's own side files too."""
        try:
            scrub_deleted(self._engine)
        except _UNAVAILABLE as error:
            logger.warning("storage-not-scrubbed", reason=type(error).__name__)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()
