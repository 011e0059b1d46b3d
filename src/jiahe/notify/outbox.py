"""What leaves the platform: written down in the transaction of the change, carried out by the relay."""

from __future__ import annotations

import json
from collections.abc import Mapping

from jiahe.kit import clock
from jiahe.kit.crypto import keyring
from jiahe.notify.models import Channel, Outgoing, OutgoingState
from jiahe.notify.templates import SMS


def send_sms(*, phone: str, template: str, facts: Mapping[str, str | int]) -> None:
    """Have a person told by SMS, if the caller's transaction commits; `KeyError` for an unknown template."""
    str(SMS[template]).format(**facts)
    now = clock.now()
    Outgoing.objects.create(
        channel=Channel.SMS,
        recipient=keyring().encrypt(phone),
        template=template,
        facts=keyring().encrypt(json.dumps(dict(facts))),
        created_at=now,
        next_at=now,
    )


def resend(uid: str) -> bool:
    """Give a message that could not be delivered another round of attempts; False where there is none such."""
    dead = Outgoing.objects.filter(uid=uid, state=OutgoingState.DEAD)
    return bool(dead.update(state=OutgoingState.WAITING, attempts=0, next_at=clock.now(), problem=""))
