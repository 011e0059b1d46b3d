"""Read an attachment: who asks, in what right, under which consent; the log; the content."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from jiahe.consent.errors import closed
from jiahe.consent.terms import Refusal
from jiahe.financing.attachments import store
from jiahe.financing.attachments.errors import NoSuchAttachment, OrderEnded
from jiahe.financing.attachments.models import Attachment
from jiahe.financing.attachments.queries.readers import Admitted, admitted
from jiahe.financing.attachments.right import Right
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.kit.errors import JiaheError
from jiahe.profiles import papers
from jiahe.profiles.enums import Purpose
from jiahe.profiles.readings import PAPER

READS = (Right.OWN, Right.ORDER)


@dataclass(frozen=True)
class Reading:
    attachment: Attachment
    content: bytes


def read(*, actor: Actor, number: str) -> Reading:
    """The clear content, and a row of the access log in the transaction that decided; refusals are logged too.

    `NoSuchAttachment`, `OrderEnded`, the consent's own refusal (`consent.errors.Closed`), or `Damaged`.
    """
    with transaction.atomic():
        found = admitted(actor=actor, number=number)
        refused = _refused(found)
        _log(actor, found, refused)
    if refused:
        raise refused
    key = bytes.fromhex(keyring().decrypt(found.attachment.key))
    return Reading(found.attachment, store.read(number, key))


def look(*, actor: Actor, number: str) -> Attachment:
    """What is known of an attachment that the actor may read now; nothing of its content, and no log. Raises as `read`."""
    with transaction.atomic():
        found = admitted(actor=actor, number=number)
    if refused := _refused(found):
        raise refused
    return found.attachment


def _refused(found: Admitted) -> JiaheError | None:
    if found.right in READS:
        return None
    if found.right is Right.STRANGER:
        return NoSuchAttachment(number=found.attachment.number)
    return OrderEnded() if found.right is Right.ENDED else closed(found.consent.refusal or Refusal.NONE)


def _log(actor: Actor, found: Admitted, refused: JiaheError | None) -> None:
    attachment = found.attachment
    papers.log(
        actor=actor,
        serial=attachment.request.serial,
        uscc=attachment.uscc,
        purpose=Purpose.OWN if found.right is Right.OWN else Purpose.PRE_LOAN,
        what=f"{PAPER}{attachment.number}",
        consent=found.consent.number,
        shown=refused is None,
    )
