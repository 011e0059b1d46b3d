"""Verify the legal representative of a frozen enterprise again."""

from __future__ import annotations

from django.db import transaction

from jiahe.accounts.actions.prove_representative import Proof, prove_representative
from jiahe.accounts.enums import MembershipState, OrganisationState, Role
from jiahe.accounts.errors import MemberChanged, RoleNotYours
from jiahe.accounts.models import Membership, Organisation
from jiahe.audit.journal import write
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.notify.inbox import tell


@transaction.atomic
def verify_again(*, actor: Actor, proof: Proof) -> None:
    """Give the enterprise back what it may do; the administrator who brings the proof acts for its representative.

    All that `prove_representative` refuses; `MemberChanged` where the enterprise is not frozen any more.
    """
    if actor.user_id is None or actor.role != Role.ENTERPRISE_ADMIN:
        raise RoleNotYours(role=Role.ENTERPRISE_ADMIN.label)
    digest = prove_representative(uscc=actor.organisation, proof=proof)
    frozen = Organisation.objects.filter(code=actor.organisation, state=OrganisationState.FROZEN)
    if not frozen.update(
        state=OrganisationState.ACTIVE, reason="", representative_digest=digest, verified_at=clock.now()
    ):
        raise MemberChanged
    mine = Membership.objects.filter(organisation__code=actor.organisation, user_id=actor.user_id)
    mine.filter(state=MembershipState.ACTIVE).update(representative=True)
    write(actor=actor, action="accounts.verify_again", subject=f"organisation:{actor.organisation}")
    tell(organisation=actor.organisation, template="organisation.verified", facts={})
