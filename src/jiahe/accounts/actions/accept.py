"""Accept an invitation."""

from __future__ import annotations

from dataclasses import replace

from django.db import IntegrityError, transaction

from jiahe.accounts.actions.enrol import grant
from jiahe.accounts.actions.open_account import NewAccount, open_account
from jiahe.accounts.enums import InvitationState, OrganisationState, Role
from jiahe.accounts.errors import AlreadyMember, InvitationUnusable, TermsNotAgreed
from jiahe.accounts.models import Invitation, Membership, User
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.notify.inbox import tell


def opened(token: str) -> Invitation:
    """The invitation of a link; `InvitationUnusable` for one that is unknown, expired, used or taken back alike."""
    open_ones = Invitation.objects.filter(state=InvitationState.OPEN, expires_at__gt=clock.now())
    usable = open_ones.filter(token_digest=keyring().digest(token), organisation__state=OrganisationState.ACTIVE)
    found = usable.select_related("organisation", "branch").first()
    if found is None:
        raise InvitationUnusable
    return found


@transaction.atomic
def accept(*, actor: Actor, token: str, person: NewAccount | User, agreed: bool) -> Membership:
    """Join the organisation, once: as somebody who has an account, or with a new one for the phone that was invited.

    The name and, where one was chosen, the login of a new account are the invitation's. `InvitationUnusable`,
    `TermsNotAgreed`, `AlreadyMember`, `Separated`, and what `open_account` refuses.
    """
    found = opened(token)
    if not agreed:
        raise TermsNotAgreed
    now = clock.now()
    if not Invitation.objects.filter(pk=found.pk, state=InvitationState.OPEN, token_digest=found.token_digest).update(
        state=InvitationState.ACCEPTED, accepted_at=now
    ):
        raise InvitationUnusable
    user = person if isinstance(person, User) else open_account(actor=actor, account=_invited(found, person))
    try:
        with transaction.atomic():
            joined = grant(
                actor=actor,
                user=user,
                organisation=found.organisation,
                role=Role(found.role),
                branch=found.branch,
            )
    except IntegrityError as error:
        raise AlreadyMember from error
    Invitation.objects.filter(pk=found.pk).update(accepted_by=user)
    facts = {"name": user.name, "role": joined.get_role_display()}
    tell(organisation=found.organisation.code, template="staff.joined", facts=facts)
    return joined


def _invited(invitation: Invitation, account: NewAccount) -> NewAccount:
    return replace(
        account,
        name=invitation.name,
        login=invitation.login or account.login,
        phone=keyring().decrypt(invitation.phone),
    )
