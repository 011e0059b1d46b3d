"""Take the second factor of somebody who has lost it."""

from __future__ import annotations

from django.db import transaction

from jiahe.accounts.actions.change_member import changeable
from jiahe.accounts.actions.end_session import end_sessions
from jiahe.accounts.actions.second_factor import take_away
from jiahe.accounts.models import User
from jiahe.kit.actor import Actor
from jiahe.notify.inbox import tell


@transaction.atomic
def reset_second_factor(*, actor: Actor, organisation: str, number: int) -> None:
    """The person is signed out everywhere and sets a new one up at the next sign-in; the password stays.

    They are told by whom. `NoSuchMember`, `NotYourself`, `RoleNotYours`.
    """
    found = changeable(actor, organisation, number)
    take_away(actor=actor, user=found.user)
    end_sessions(actor=actor, user=found.user, but=None)
    by = User.objects.filter(pk=actor.user_id).values_list("name", flat=True).first() if actor.user_id else None
    facts = {"name": by or actor.login}
    tell(
        organisation=found.organisation.code,
        template="staff.second_factor_reset",
        facts=facts,
        user_id=found.user_id,
    )
