"""Mark a message that was put aside as dealt with."""

from __future__ import annotations

from django.db import transaction

from jiahe.audit.journal import write
from jiahe.kit.actor import Actor
from jiahe.notify.errors import NotPutAside
from jiahe.notify.models import PUT_ASIDE, Outgoing, OutgoingState
from jiahe.notify.queries.put_aside import one


@transaction.atomic
def settle(*, actor: Actor, uid: str) -> None:
    """It will not be sent any more, and its words are emptied. `NoSuchLetter`; `NotPutAside` as for resending."""
    outgoing = one(uid)
    changed = Outgoing.objects.filter(pk=outgoing.pk, state__in=PUT_ASIDE).update(
        state=OutgoingState.SETTLED, facts="", next_at=None
    )
    if not changed:
        raise NotPutAside(state=one(uid).get_state_display())
    facts = {"channel": outgoing.channel, "template": outgoing.template, "state": outgoing.state}
    write(actor=actor, action="notify.settle", subject=f"outgoing:{uid}", facts=facts)
