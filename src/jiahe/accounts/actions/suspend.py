"""Suspend somebody of an organisation, and let them act again."""

from __future__ import annotations

from django.db import transaction

from jiahe.accounts.actions.change_member import assert_not_last, changeable
from jiahe.accounts.enums import MembershipState
from jiahe.accounts.errors import MemberChanged
from jiahe.accounts.models import Membership
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor


@transaction.atomic
def suspend(*, actor: Actor, organisation: str, number: int) -> None:
    """From the next request on the person acts for this organisation no more; other organisations are untouched.

    `NoSuchMember`, `NotYourself`, `RoleNotYours`, `LastAdministrator`, `MemberChanged`.
    """
    found = changeable(actor, organisation, number)
    assert_not_last(found)
    _move(actor, found, MembershipState.ACTIVE, MembershipState.FROZEN)


@transaction.atomic
def resume(*, actor: Actor, organisation: str, number: int) -> None:
    """The person acts for the organisation again, as before; raises as `suspend`."""
    _move(actor, changeable(actor, organisation, number), MembershipState.FROZEN, MembershipState.ACTIVE)


def _move(actor: Actor, member: Membership, before: MembershipState, after: MembershipState) -> None:
    if not Membership.objects.filter(pk=member.pk, state=before).update(state=after):
        raise MemberChanged
    facts = {"organisation": member.organisation.code, "to": after}
    write(actor=actor, action="accounts.suspend", subject=f"user:{member.user_id}", facts=facts)
