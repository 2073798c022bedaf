"""The links of a response: who takes part, letting someone in, and ending that at any time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fbss_app.server.logs import get_logger
from fbss_app.server.services.access import (
    PATIENT,
    Access,
    Participant,
    may_manage,
    open_link,
    open_response,
    participants,
)
from fbss_app.server.services.refusal import FieldProblem, RefusedError
from fbss_app.server.services.unit_of_work import Database, UnitOfWork
from fbss_app.server.storage.repositories.access_links import Holder
from fbss_app.server.storage.tables import AccessLinkRow

logger = get_logger(__name__)

MAX_DAYS = 90
MAX_LINKS = 50


@dataclass(frozen=True)
class NewLink:
    """A link to be made; its id and secret come from the phone, the secret as a hash only.

    Attributes:
        patient_agreed: Whether the maker says that the patient agrees; asked of helpers only.
        is_return: Whether it is for another phone of the maker, and so may do what theirs may.
    """

    id: str
    role: str
    name: str
    relationship: str
    secret_sha256: str
    days: int
    patient_agreed: bool = False
    is_return: bool = False


@dataclass(frozen=True)
class Link:
    """A link as those see it who may manage links."""

    participant: Participant
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime
    revoked_at: datetime | None
    is_mine: bool


@dataclass(frozen=True)
class OpenedLink:
    """What a phone learns that comes with nothing but a secret."""

    response_id: str
    questionnaire: str
    questionnaire_version: str
    expires_at: datetime
    me: Participant
    participants: tuple[Participant, ...]


def open_with_secret(database: Database, secret: str, now: datetime) -> OpenedLink:
    """Tell what a link leads to, or raise `UnknownResponseError`. Changes no answer."""
    with database.unit_of_work() as unit:
        access = open_link(unit, secret, now)
        access.link.last_used_at = now
        return opened(unit, access, now)


def opened(unit: UnitOfWork, access: Access, now: datetime) -> OpenedLink:
    """Describe an open response to the phone that opened it."""
    response, link = access
    everyone = participants(unit, response.id, now)
    return OpenedLink(
        response.id,
        response.questionnaire,
        response.questionnaire_version,
        _ends(link, response.expires_at),
        next(each for each in everyone if each.id == link.id),
        everyone,
    )


def list_links(
    database: Database, response_id: str, secret: str, now: datetime
) -> tuple[Link, ...]:
    """List the links of a response, ended ones too, or raise `RefusedError`."""
    with database.unit_of_work() as unit:
        return _links(unit, open_response(unit, response_id, secret, now, may_manage), now)


def make_link(
    database: Database, response_id: str, secret: str, new: NewLink, now: datetime
) -> Link:
    """Make a link; making it again changes nothing. Raises `RefusedError`."""
    with database.unit_of_work() as unit:
        access = open_response(unit, response_id, secret, now, may_manage)
        by_helper = access.link.role != PATIENT
        if by_helper and not new.patient_agreed:
            raise RefusedError(
                "agreement-missing",
                "A helper can make a link only where the patient agrees to it.",
                problems=[
                    FieldProblem(
                        "body.patient_agreed",
                        "agreement-missing",
                        "body.patient_agreed must be true: the patient must have agreed.",
                    )
                ],
            )
        made_before = [
            row.id for row in unit.access_links.of_response(response_id) if row.parent_id is None
        ]
        if len(made_before) >= MAX_LINKS and new.id not in made_before:
            raise RefusedError("too-many-links", f"No more than {MAX_LINKS} links can be made.")
        row = AccessLinkRow(
            id=new.id,
            response_id=response_id,
            secret_sha256=new.secret_sha256,
            role=new.role,
            # Whoever goes on on another phone is still who they are; nobody else lets people in.
            can_manage=new.role == PATIENT or (new.is_return and new.role == access.link.role),
            created_at=now,
            expires_at=now + timedelta(days=new.days),
            agreement_said_by=access.link.id if by_helper else None,
            agreement_said_at=now if by_helper else None,
        )
        unit.access_links.add_if_absent(row, Holder(new.name, new.relationship))
        made = {link.participant.id: link for link in _links(unit, access, now)}.get(new.id)
        stored = unit.access_links.find(new.secret_sha256)
        if made is None or stored is None or stored.id != new.id:
            raise RefusedError(
                "id-reused",
                "A link came with the id or the secret of another one. Make a new one.",
                status_code=409,
            )
    logger.info("link-made", response=response_id, role=new.role)
    return made


def revoke_link(
    database: Database, response_id: str, secret: str, link_id: str, now: datetime
) -> None:
    """End a link, with those that came from it. Ending it again changes nothing.

    Raises:
        RefusedError: It is the caller's own link, or no link of this response.
    """
    with database.unit_of_work() as unit:
        access = open_response(unit, response_id, secret, now, may_manage)
        ended = unit.access_links.with_parents(unit.access_links.of_response(response_id), link_id)
        if access.link.id in {row.id for row in ended}:
            raise RefusedError(
                "own-link",
                "This is the link you are using yourself, so it was not ended.",
                problems=[FieldProblem("path.link_id", "own-link", "path.link_id is your own.")],
            )
        if not ended:
            raise RefusedError(
                "unknown-link",
                "There is no such link. It may have been ended already.",
                status_code=404,
                let_in=True,
            )
        for row in ended:
            row.revoked_at = row.revoked_at or now
            unit.return_codes.delete_of_link(row.id)
    logger.info("links-ended", response=response_id, count=len(ended))


def _links(unit: UnitOfWork, access: Access, now: datetime) -> tuple[Link, ...]:
    rows: Sequence[AccessLinkRow] = unit.access_links.of_response(access.response.id)
    people = {each.id: each for each in participants(unit, access.response.id, now)}
    return tuple(
        Link(
            people[row.id],
            row.created_at,
            row.last_used_at,
            _ends(row, access.response.expires_at),
            row.revoked_at,
            is_mine=row.id == access.link.id,
        )
        for row in rows
    )


def _ends(link: AccessLinkRow, response_expires_at: datetime) -> datetime:
    return min(link.expires_at or response_expires_at, response_expires_at)
