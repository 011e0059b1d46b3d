"""Take an invitation back."""

from __future__ import annotations

from django.db import transaction

from jiahe.accounts.actions.renew_invitation import assert_gives
from jiahe.accounts.enums import InvitationState
from jiahe.accounts.errors import InvitationUnusable
from jiahe.accounts.models import Invitation
from jiahe.accounts.queries import staff
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor


@transaction.atomic
def revoke_invitation(*, actor: Actor, organisation: str, number: int) -> None:
    """Its link opens nothing any more. `NoSuchMember`, `RoleNotYours`."""
    found = staff.invitation(actor=actor, organisation=organisation, number=number)
    assert_gives(actor, found)
    if not Invitation.objects.filter(pk=found.pk, state=InvitationState.OPEN).update(state=InvitationState.REVOKED):
        raise InvitationUnusable
    write(actor=actor, action="accounts.revoke_invitation", subject=f"invitation:{found.pk}")
