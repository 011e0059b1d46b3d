"""Choose which SMS one gets."""

from __future__ import annotations

from django.db import transaction

from jiahe.audit.journal import write
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.notify.models import Silence


@transaction.atomic
def choose_sms(*, actor: Actor, essential_only: bool) -> None:
    """From now on all of them or only the essential ones (`audience.NOT_ESSENTIAL` are the others); for oneself."""
    assert actor.user_id is not None
    if essential_only:
        changed = Silence.objects.get_or_create(user_id=actor.user_id, defaults={"since": clock.now()})[1]
    else:
        changed = bool(Silence.objects.filter(user=actor.user_id).delete()[0])
    if changed:
        facts = {"essential_only": essential_only}
        write(actor=actor, action="notify.choose_sms", subject=f"user:{actor.login}", facts=facts)


def essential_only(*, actor: Actor) -> bool:
    return Silence.objects.filter(user=actor.user_id).exists()
