"""Freeze an organisation."""

from __future__ import annotations

from django.db import transaction

from jiahe.accounts.enums import OrganisationState
from jiahe.accounts.models import Membership, Organisation
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor
from jiahe.notify.inbox import tell


@transaction.atomic
def freeze(*, actor: Actor, organisation: Organisation, reason: str) -> bool:
    """Take away what an organisation may do, and its verified representative, until it is verified again.

    False where it was not active any more. Its people can still sign in: to read why, and to be verified.
    """
    active = Organisation.objects.filter(pk=organisation.pk, state=OrganisationState.ACTIVE)
    if not active.update(state=OrganisationState.FROZEN, reason=reason):
        return False
    Membership.objects.filter(organisation=organisation).update(representative=False)
    subject = f"organisation:{organisation.code}"
    write(actor=actor, action="accounts.freeze", subject=subject, facts={"reason": reason})
    tell(organisation=organisation.code, template="organisation.frozen", facts={"reason": reason})
    return True
