"""In what right an actor reads attachments: the facts that `right.may_read` decides over."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.consent.terms import Refusal
from jiahe.financing.attachments.errors import NoSuchAttachment
from jiahe.financing.attachments.models import Attachment
from jiahe.financing.attachments.right import Kept, Reader, Right, may_read
from jiahe.financing.models import FinancingRequest
from jiahe.financing.parties import BANKERS
from jiahe.financing.queries import orders, requests
from jiahe.financing.workflow import READS
from jiahe.kit.actor import Actor
from jiahe.profiles import papers
from jiahe.profiles.enums import Purpose

MEMBERS = ROLES[OrganisationKind.ENTERPRISE]


@dataclass(frozen=True)
class Admitted:
    """An attachment, in what right it is read or why not, and what the consent says of an institution's reading."""

    attachment: Attachment
    right: Right
    consent: papers.Consented


def reading_orders(actor: Actor, request: FinancingRequest) -> dict[str, bool]:
    """The orders of a request that the actor may see for an institution, and whether each opens the attachments: it is
    accepted and has not ended."""
    if actor.role not in BANKERS:
        return {}
    found = orders.visible_to(actor).filter(request=request).values_list("number", "state")
    return {number: state in READS for number, state in found}


def seen_by(actor: Actor) -> QuerySet[Attachment]:
    """What is some business of the actor's, whether or not it may be read now; the newest first."""
    everything = Attachment.objects.select_related("request").order_by("-uploaded_at", "-pk")
    if actor.role in MEMBERS:
        return everything.filter(uscc=actor.organisation)
    if actor.role not in BANKERS:
        return everything.none()
    mine = orders.visible_to(actor).order_by()
    handed = Q(order="") | Q(order__in=mine.values("number"))
    return everything.filter(handed, request__in=mine.values("request"))


def of_request(*, actor: Actor, number: str) -> list[Attachment]:
    """Those of a request that the actor's right reaches, none to who has no order that opens them.

    `NoSuchRequest` for who has nothing to do with the request.
    """
    request = requests.one(actor=actor, number=number)
    found = seen_by(actor).filter(request=request)
    if actor.role in MEMBERS:
        return list(found)
    opened = [order for order, opens in reading_orders(actor, request).items() if opens]
    return list(found.filter(Q(order="") | Q(order__in=opened))) if opened else []


def admitted(*, actor: Actor, number: str) -> Admitted:
    """What the actor may do with an attachment; call it inside the transaction that reads, which holds the consent.

    `NoSuchAttachment` alike for one that is not there and one of others.
    """
    papers.assert_reader(actor)
    attachment = seen_by(actor).filter(number=number).first()
    if attachment is None:
        raise NoSuchAttachment(number=number[:24])
    enterprise, consent = actor.role in MEMBERS, papers.Consented(Refusal.NONE)
    if not enterprise:
        consent = papers.consented(actor=actor, serial=attachment.request.serial, purpose=Purpose.PRE_LOAN)
    orders_of_it = reading_orders(actor, attachment.request)
    reader = Reader(actor.organisation, enterprise, orders_of_it, consented=consent.refusal is None)
    return Admitted(attachment, may_read(reader, Kept(attachment.uscc, attachment.order)), consent)
