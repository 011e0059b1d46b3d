"""Send an invitation again."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction

from jiahe.accounts import rights
from jiahe.accounts.actions.invite import send_link
from jiahe.accounts.enums import InvitationState, OrganisationKind, Role
from jiahe.accounts.errors import InvitationUnusable, RoleNotYours
from jiahe.accounts.models import Invitation
from jiahe.accounts.queries import staff
from jiahe.audit.journal import write
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring


@transaction.atomic
def renew_invitation(*, actor: Actor, organisation: str, number: int) -> str:
    """Give an invitation a new link and a new term; the old link ends. `NoSuchMember`, `RoleNotYours`."""
    found = staff.invitation(actor=actor, organisation=organisation, number=number)
    assert_gives(actor, found)
    token = secrets.token_urlsafe(32)
    until = clock.now() + timedelta(days=parameters.value("invitation_days", on=clock.today()))
    open_one = Invitation.objects.filter(pk=found.pk, state=InvitationState.OPEN)
    if not open_one.update(token_digest=keyring().digest(token), expires_at=until):
        raise InvitationUnusable
    write(actor=actor, action="accounts.renew_invitation", subject=f"invitation:{found.pk}")
    return send_link(found, token)


def assert_gives(actor: Actor, invitation: Invitation) -> None:
    """`RoleNotYours` where the invitation is to a role that the actor may not give."""
    kind = OrganisationKind(invitation.organisation.kind)
    if invitation.role not in rights.gives(actor, invitation.organisation.code, kind):
        raise RoleNotYours(role=Role(invitation.role).label)
