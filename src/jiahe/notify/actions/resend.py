"""Give a message that was put aside another round."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from jiahe.audit.journal import write
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.notify import delivery
from jiahe.notify.errors import NotPutAside
from jiahe.notify.models import Outgoing, OutgoingState
from jiahe.notify.queries.put_aside import AGAIN, one


@transaction.atomic
def resend(*, actor: Actor, uid: str) -> None:
    """Have it tried again at once; where an earlier try may have succeeded and the provider can be asked, it is asked
    first. `NoSuchLetter`; `NotPutAside` for what somebody else has dealt with, or has no words any more."""
    outgoing = one(uid)
    unsure = outgoing.unsure and _can_ask(outgoing)
    changed = Outgoing.objects.filter(pk=outgoing.pk, state__in=AGAIN).update(
        state=OutgoingState.WAITING, attempts=0, unsure=unsure, next_at=clock.now(), problem=""
    )
    if not changed:
        raise NotPutAside(state=one(uid).get_state_display())
    facts = {"channel": outgoing.channel, "template": outgoing.template, "state": outgoing.state}
    write(actor=actor, action="notify.resend", subject=f"outgoing:{uid}", facts=facts)


def _can_ask(outgoing: Outgoing) -> bool:
    try:
        return delivery.tracking(delivery.carrier(outgoing.channel)) is not None
    except ImproperlyConfigured:
        return True
