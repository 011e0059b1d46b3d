"""Begin a request, change it, drop it: all before anybody else sees anything."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jiahe.accounts.typed import line, phone
from jiahe.creditfile.models import Enterprise
from jiahe.financing import parties
from jiahe.financing.actions.step import new_number
from jiahe.financing.enums import Channel, LoanPurpose, Mode
from jiahe.financing.errors import NoSuchRequest, WrongValue
from jiahe.financing.models import FinancingRequest
from jiahe.financing.queries.requests import one
from jiahe.financing.workflow import Party, RequestState
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.products.enums import EnterpriseSize, GuaranteeKind

MOST = Decimal(10) ** 11  # yuan: beyond any loan
MOST_MONTHS = 360
FIELDS = ("amount", "term_months", "purpose", "guarantees", "size", "first_loan", "own_application", "contact", "phone")


@transaction.atomic
def begin(*, actor: Actor, mode: Mode, channel: Channel, product: int | None = None, **facts: Any) -> FinancingRequest:
    """A draft of the actor's enterprise; `product` is the version applied for. Raises as `change`."""
    known = Enterprise.objects.filter(uscc=actor.organisation).first()
    if known is None or actor.user_id is None:
        raise NoSuchRequest(number="")
    places = 1 if mode == Mode.DIRECTED else parameters.value("grab_places", on=clock.today())
    request = FinancingRequest(
        number=new_number("XQ", clock.now()),
        serial=known.serial,
        uscc=known.uscc,
        mode=mode,
        channel=channel,
        product_id=product,
        area=known.area[:6],
        industry=known.industry[:3],
        places=places,
        created_at=clock.now(),
        created_by_id=actor.user_id,
        **checked(facts),
    )
    parties.require(actor, (Party.MEMBER,), request)
    request.save(force_insert=True)
    return request


@transaction.atomic
def change(*, actor: Actor, number: str, **facts: Any) -> FinancingRequest:
    """Put other values into a draft; `WrongValue` says which one cannot be."""
    request = one(actor=actor, number=number)
    parties.require(actor, (Party.MEMBER,), request)
    changed = FinancingRequest.objects.filter(pk=request.pk, state=RequestState.DRAFT).update(**checked(facts))
    if not changed:
        raise NoSuchRequest(number=number)
    request.refresh_from_db()
    return request


@transaction.atomic
def drop(*, actor: Actor, number: str) -> None:
    """Nobody has seen a draft: nothing of it is kept."""
    request = one(actor=actor, number=number)
    parties.require(actor, (Party.MEMBER,), request)
    if not FinancingRequest.objects.filter(pk=request.pk, state=RequestState.DRAFT).delete()[0]:
        raise NoSuchRequest(number=number)


def checked(facts: dict[str, Any]) -> dict[str, Any]:
    """The values of a draft as they are stored; what is not filled in yet may be left out."""
    unknown = set(facts) - set(FIELDS)
    assert not unknown, unknown
    kept = {name: _checked(name, value) for name, value in facts.items() if value not in (None, "")}
    if facts.get("phone"):
        kept["phone_digest"] = keyring().digest(phone(facts["phone"]))
    emptied = [name for name in ("amount", "term_months", "first_loan") if name in facts and facts[name] in (None, "")]
    return kept | dict.fromkeys(emptied)


def _checked(name: str, value: Any) -> Any:
    match name:
        case "amount":
            return _within(value, _("金额（元）"), MOST)
        case "term_months":
            return int(_within(value, _("期限（月）"), MOST_MONTHS))
        case "purpose":
            return LoanPurpose(value).value
        case "guarantees":
            return [GuaranteeKind(one).value for one in value]
        case "size":
            return EnterpriseSize(value).value
        case "contact":
            return keyring().encrypt(line(value, _("联系人"), 40))
        case "phone":
            return keyring().encrypt(phone(value))
        case _:
            return value


def _within(value: Any, what: str, most: Decimal | int) -> Any:
    if not 0 < value <= most:
        raise WrongValue(what=what, problem=_("应大于 0，不超过 {most:,}").format(most=most))
    return value
