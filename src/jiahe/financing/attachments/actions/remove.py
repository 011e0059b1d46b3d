"""Take attachments away: one by its enterprise, all when their time is over, and files that no row knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db import transaction

from jiahe.audit.journal import write
from jiahe.financing.actions.step import locked
from jiahe.financing.attachments import limits, store
from jiahe.financing.attachments.actions.upload import assert_open, assert_uploader
from jiahe.financing.attachments.errors import InUse, NoSuchAttachment
from jiahe.financing.attachments.models import Attachment
from jiahe.financing.attachments.queries.readers import seen_by
from jiahe.financing.models import FinancingRequest
from jiahe.kit import clock
from jiahe.kit.actor import Actor

A_DAY = 24 * 3600  # no upload takes that long: what is older and has no row is left over


@transaction.atomic
def remove(*, actor: Actor, number: str) -> FinancingRequest:
    """The enterprise takes a file back while the request goes on, unless it was supplied to an order; gives the request.

    Who read it before has read it: the access log stays.
    """
    attachment = seen_by(actor).filter(number=number).first()
    if attachment is None:
        raise NoSuchAttachment(number=number[:24])
    assert_uploader(actor, attachment.request)
    assert_open(locked(attachment.request))
    if attachment.wanted.exists():
        raise InUse(number=number)
    _delete([attachment])
    facts = {"request": attachment.request.number}
    write(actor=actor, action="attachments.remove", subject=f"attachment:{number}", facts=facts)
    return attachment.request


def end_retention(*, actor: Actor) -> int:
    """Delete, files and rows, what belongs to requests that ended longer ago than attachments are kept; gives how many."""
    until = clock.now() - timedelta(days=limits.kept_days())
    over = FinancingRequest.objects.filter(ended_at__lte=until, attachments__isnull=False).distinct().order_by("pk")
    return sum(_end(actor, request) for request in over)


@transaction.atomic
def _end(actor: Actor, request: FinancingRequest) -> int:
    attachments = list(locked(request).attachments.all())
    _delete(attachments)
    facts = {"attachments": [one.number for one in attachments]}
    write(actor=actor, action="attachments.end_retention", subject=f"request:{request.number}", facts=facts)
    return len(attachments)


def _delete(attachments: Iterable[Attachment]) -> None:
    """The row first: without its key the file is noise, and what a crash leaves of it is swept."""
    for one in attachments:
        Attachment.objects.filter(pk=one.pk).delete()
        transaction.on_commit(partial(store.remove, one.number))


def sweep(*, actor: Actor) -> int:
    """Delete files of which no row knows: an upload or a deletion that was cut short. Gives how many."""
    left = 0
    for path in store.older_than(A_DAY):
        if not Attachment.objects.filter(number=path.name).exists():
            path.unlink(missing_ok=True)
            left += 1
    if left:
        with transaction.atomic():
            write(actor=actor, action="attachments.sweep", subject="attachments:store", facts={"files": left})
    return left
