"""Invite a person into an organisation."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jiahe.accounts import rights, typed
from jiahe.accounts.actions.enrol import assert_of_kind, assert_separate
from jiahe.accounts.actions.open_account import LONGEST_NAME
from jiahe.accounts.enums import InvitationState, MembershipState, OrganisationKind, OrganisationState, Role
from jiahe.accounts.errors import AlreadyMember, BranchNeeded, LoginTaken, OrganisationNotActive, RoleNotYours
from jiahe.accounts.models import Branch, Invitation, Membership, Organisation, User
from jiahe.accounts.queries.branches import kept
from jiahe.accounts.queries.staff import keeps
from jiahe.audit.journal import write
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.kit.configuration import setting
from jiahe.kit.crypto import keyring
from jiahe.notify.outbox import send_sms


@dataclass(frozen=True)
class Guest:
    """Who is invited as what. `branch` is a code, empty for the head office; `login` empty where the person chooses."""

    name: str
    phone: str
    role: Role
    branch: str = ""
    login: str = ""


@transaction.atomic
def invite(*, actor: Actor, organisation: str, guest: Guest) -> tuple[Invitation, str]:
    """Send a person a link by which to join, and give the link; an expired invitation of the same person ends.

    `NoSuchOrganisation`, `RoleNotYours`, `NoSuchBranch`, `BranchNeeded`, `Separated`, `AlreadyMember`, `LoginTaken`,
    `OrganisationNotActive`, and what `typed` refuses.
    """
    target = keeps(actor=actor, organisation=organisation)
    if target.state != OrganisationState.ACTIVE:
        raise OrganisationNotActive(organisation=target.name, state=target.get_state_display(), reason=target.reason)
    assert_of_kind(guest.role, target)
    branch = place(actor, target, guest.role, guest.branch)
    phone = typed.phone(guest.phone)
    digest = keyring().digest(phone)
    _assert_new(target, guest, digest)
    token = secrets.token_urlsafe(32)
    now = clock.now()
    row = Invitation(
        organisation=target,
        branch=branch,
        role=guest.role,
        name=typed.line(guest.name, _("姓名"), LONGEST_NAME),
        login=typed.login(guest.login) if guest.login else "",
        phone=keyring().encrypt(phone),
        phone_digest=digest,
        token_digest=keyring().digest(token),
        invited_at=now,
        invited_by=actor.login,
        expires_at=now + timedelta(days=parameters.value("invitation_days", on=now.date())),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyMember from error
    facts = {"organisation": target.code, "role": guest.role, "branch": branch.code if branch else ""}
    write(actor=actor, action="accounts.invite", subject=f"invitation:{row.pk}", facts=facts)
    return row, send_link(row, token)


def place(actor: Actor, organisation: Organisation, role: Role, branch: str) -> Branch | None:
    """Where somebody of a role belongs, as far as the actor may say so."""
    if role not in rights.gives(actor, organisation.code, OrganisationKind(organisation.kind)):
        raise RoleNotYours(role=Role(role).label)
    found = kept(actor=actor, organisation=organisation, code=branch)
    if role == Role.BRANCH_ADMIN and found is None:
        raise BranchNeeded(role=Role(role).label)
    return None if role == Role.HEAD_ADMIN else found


def send_link(invitation: Invitation, token: str) -> str:
    """Send the link by SMS, and give it."""
    link = f"{setting('JIAHE_SITE').rstrip('/')}/invitations/{token}/"
    days = parameters.value("invitation_days", on=clock.today())
    facts: dict[str, str | int] = {"organisation": invitation.organisation.name, "days": days, "link": link}
    send_sms(phone=keyring().decrypt(invitation.phone), template="invitation", facts=facts)
    return link


def _assert_new(organisation: Organisation, guest: Guest, phone: str) -> None:
    if organisation.kind == OrganisationKind.AUTHORITY:
        assert_separate(guest.role, phone)
    present = Membership.objects.filter(organisation=organisation).exclude(state=MembershipState.ENDED)
    if present.filter(user__phone_digest=phone, user__is_active=True).exists():
        raise AlreadyMember
    if guest.login and User.objects.filter(login=guest.login).exists():
        raise LoginTaken(login=guest.login)
    open_ones = Invitation.objects.filter(organisation=organisation, state=InvitationState.OPEN)
    open_ones.filter(phone_digest=phone, expires_at__lte=clock.now()).update(state=InvitationState.REVOKED)
