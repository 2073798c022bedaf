"""What belongs to one clinic, within a transaction."""

from sqlmodel import Session

from fbss_app.server.encryption import KeyRing
from fbss_app.server.storage.repositories.clinic.audit_entries import AuditEntryRepository
from fbss_app.server.storage.repositories.clinic.dashboard import DashboardRepository
from fbss_app.server.storage.repositories.clinic.inbox import InboxRepository
from fbss_app.server.storage.repositories.clinic.invitations import InvitationRepository
from fbss_app.server.storage.repositories.clinic.label_marks import LabelMarkRepository
from fbss_app.server.storage.repositories.clinic.logos import LogoRepository
from fbss_app.server.storage.repositories.clinic.notes import NoteRepository
from fbss_app.server.storage.repositories.clinic.removed_submissions import (
    RemovedSubmissionRepository,
)
from fbss_app.server.storage.repositories.clinic.research_files import ResearchFileRepository
from fbss_app.server.storage.repositories.clinic.research_requests import (
    ResearchRequestRepository,
)
from fbss_app.server.storage.repositories.clinic.scope import ClinicScope
from fbss_app.server.storage.repositories.clinic.set_up_links import SetUpLinkRepository
from fbss_app.server.storage.repositories.clinic.staff import StaffRepository
from fbss_app.server.storage.repositories.clinic.submissions import SubmissionRepository
from fbss_app.server.storage.repositories.clinic.webhooks import WebhookDeliveryRepository


class ClinicUnit:
    """The repositories of one clinic; none of them sees a row of another."""

    def __init__(self, session: Session, keys: KeyRing, clinic_id: str) -> None:
        scope = ClinicScope(session, clinic_id)
        self.clinic_id = clinic_id
        self.staff = StaffRepository(scope)
        self.set_up_links = SetUpLinkRepository(scope)
        self.invitations = InvitationRepository(scope, keys)
        self.label_marks = LabelMarkRepository(scope)
        self.submissions = SubmissionRepository(scope, keys)
        self.removed_submissions = RemovedSubmissionRepository(scope)
        self.inbox = InboxRepository(scope)
        self.notes = NoteRepository(scope, keys)
        self.research_requests = ResearchRequestRepository(scope)
        self.research_files = ResearchFileRepository(scope, keys)
        self.dashboard = DashboardRepository(scope)
        self.webhooks = WebhookDeliveryRepository(scope)
        self.logo = LogoRepository(scope)
        self.audit = AuditEntryRepository(scope)
