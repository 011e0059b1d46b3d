"""Add a file to a financing request."""

from __future__ import annotations

from django.db import DatabaseError, transaction

from jiahe.audit.journal import write
from jiahe.financing.actions.step import locked, new_number
from jiahe.financing.attachments import limits, store, title
from jiahe.financing.attachments.checks.file import Checked, checked
from jiahe.financing.attachments.errors import NoSpace, NotUploader, NotWanted, RequestOver, TooMany
from jiahe.financing.attachments.models import Attachment, Wanted
from jiahe.financing.attachments.queries.readers import MEMBERS
from jiahe.financing.models import FinancingRequest
from jiahe.financing.parties import user_of
from jiahe.financing.queries import requests
from jiahe.financing.workflow import RequestState
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.kit.disk import is_full

OPEN = (RequestState.DRAFT, RequestState.OPEN, RequestState.UNDERWAY, RequestState.AGREED)


def upload(
    *,
    actor: Actor,
    request: str,
    content: bytes,
    name: str,
    kind: str = "",
    called: str = "",
    wanted: int | None = None,
) -> Attachment:
    """Check a file, keep it encrypted and enter it; all of that or nothing.

    `kind` and `called` say what it is, unless it is the answer to the paper `wanted` (its key), which says so itself
    and which it supplies. `NoSuchRequest`, `NotUploader`, `RequestOver`, `TooMany`, `NotWanted`, one of
    `errors.FileRefused`, or `NoSpace`.
    """
    asked = requests.one(actor=actor, number=request)
    assert_uploader(actor, asked)
    paper = _wanted(asked, wanted) if wanted is not None else None
    what, words = (paper.kind, paper.title) if paper else title.checked(kind, called)
    file, key, now = checked(content, name), store.new_key(), clock.now()
    attachment = Attachment(
        number=new_number("FJ", now),
        request=asked,
        uscc=asked.uscc,
        order=paper.order.number if paper else "",
        kind=what,
        title=words,
        name=file.name,
        media=file.media,
        size=len(file.content),
        pages=file.pages,
        sha256=file.sha256,
        key=keyring().encrypt(key.hex()),
        uploaded_at=now,
        uploaded_by_id=user_of(actor),
    )
    _keep(actor, attachment, file, key, paper)
    return attachment


def _keep(actor: Actor, attachment: Attachment, file: Checked, key: bytes, paper: Wanted | None) -> None:
    try:
        with store.kept(attachment.number, key, file.content), transaction.atomic():
            _enter(actor, attachment, paper)
    except (OSError, DatabaseError) as error:
        if is_full(error):
            raise NoSpace from error
        raise


def _enter(actor: Actor, attachment: Attachment, paper: Wanted | None) -> None:
    request = locked(attachment.request)
    assert_open(request)
    if request.attachments.count() >= (most := limits.a_request()):
        raise TooMany(most=most)
    attachment.save(force_insert=True)
    if paper:
        still = Wanted.objects.filter(pk=paper.pk, supplied_at=None)
        if not still.update(supplied_at=attachment.uploaded_at, attachment=attachment):
            raise NotWanted
    facts = {"request": request.number, "kind": attachment.kind, "media": attachment.media, "size": attachment.size}
    write(actor=actor, action="attachments.upload", subject=f"attachment:{attachment.number}", facts=facts)


def assert_uploader(actor: Actor, request: FinancingRequest) -> None:
    if actor.role not in MEMBERS or actor.organisation != request.uscc:
        raise NotUploader


def assert_open(request: FinancingRequest) -> None:
    if request.state not in OPEN:
        raise RequestOver(number=request.number)


def _wanted(request: FinancingRequest, key: int) -> Wanted:
    found = Wanted.objects.select_related("order").filter(pk=key, order__request=request, supplied_at=None).first()
    if found is None:
        raise NotWanted
    return found
