"""The relay: takes what is due out of the outbox and hands it to the provider, at least once.

A message is claimed before it is delivered, by moving the moment at which it is due; a relay that dies leaves it to the
next one. After each failure it waits twice as long, and at last it is put aside for a person to look at.
"""

from __future__ import annotations

import json
import logging
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import translation

from jiahe.kit import clock, parameters
from jiahe.kit.configuration import setting
from jiahe.kit.crypto import keyring
from jiahe.notify.models import Outgoing, OutgoingState
from jiahe.notify.providers import Letter, NotDelivered, deliver
from jiahe.notify.templates import SMS

A_ROUND = 50
IN_HAND = timedelta(minutes=2)
FIRST_WAIT = timedelta(seconds=30)

log = logging.getLogger(__name__)


def drain() -> int:
    """Deliver what is due, one round; gives how many messages were tried."""
    due = _claim()
    for outgoing in due:
        _carry(outgoing)
    return len(due)


def _claim() -> list[Outgoing]:
    """Take a round of due messages; two relays never take the same one."""
    now = clock.now()
    with transaction.atomic():
        due = Outgoing.objects.filter(state=OutgoingState.WAITING, next_at__lte=now).order_by("next_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        taken = list(due[:A_ROUND])
        Outgoing.objects.filter(pk__in=[o.pk for o in taken]).update(attempts=F("attempts") + 1, next_at=now + IN_HAND)
    return taken


def _carry(outgoing: Outgoing) -> None:
    tried = outgoing.attempts + 1
    try:
        deliver(letter(outgoing))
    except NotDelivered as problem:
        _failed(outgoing, tried, str(problem))
    except Exception as problem:  # noqa: BLE001 - one message that cannot be sent never stops the others
        log.warning("outgoing %s: %s", outgoing.uid, type(problem).__name__)
        _failed(outgoing, tried, type(problem).__name__)
    else:
        _still_in_hand(outgoing, tried).update(state=OutgoingState.SENT, sent_at=clock.now(), facts="", problem="")


def letter(outgoing: Outgoing) -> Letter:
    """The message in clear, in the installation's language."""
    facts = json.loads(keyring().decrypt(outgoing.facts))
    with translation.override(setting("JIAHE_LANGUAGE")):
        text = str(SMS[outgoing.template]).format(**facts)
    return Letter(outgoing.uid, keyring().decrypt(outgoing.recipient), text)


def _failed(outgoing: Outgoing, tried: int, problem: str) -> None:
    last = tried >= parameters.value("outbox_attempts", on=clock.today())
    _still_in_hand(outgoing, tried).update(
        state=OutgoingState.DEAD if last else OutgoingState.WAITING,
        next_at=clock.now() + FIRST_WAIT * 2 ** (tried - 1),
        problem=problem[:200],
    )


def _still_in_hand(outgoing: Outgoing, tried: int) -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(pk=outgoing.pk, state=OutgoingState.WAITING, attempts=tried)
