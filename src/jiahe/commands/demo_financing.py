"""The financing of the demonstration: requests of generated enterprises in every state, made by the real steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from jiahe.accounts.actions.enrol import enrol
from jiahe.accounts.actor import as_actor
from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.accounts.models import Membership, Organisation
from jiahe.commands.demo_people import ASKED_FOR, BANK
from jiahe.consent.actions.offer import drafts, offer_words
from jiahe.consent.choices import choices
from jiahe.consent.draft import separate_ones
from jiahe.consent.enums import Purpose
from jiahe.consent.numbers import ceiling, direction
from jiahe.consent.terms import Subject, Terms
from jiahe.creditfile.models import Enterprise
from jiahe.financing.actions import choose, decide, sign, work
from jiahe.financing.actions.claim import claim
from jiahe.financing.actions.draft import begin
from jiahe.financing.actions.evaluate import evaluate
from jiahe.financing.actions.submit import submit
from jiahe.financing.enums import Channel, LoanPurpose, Mode
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.refs import request_ref
from jiahe.kit import clock
from jiahe.kit.actor import Actor

OTHERS = (f"{BANK}-01", f"{BANK}-02")
PURPOSES = tuple(LoanPurpose)
WAN = Decimal(10_000)
CONTRACT = Decimal(80) * WAN


@transaction.atomic
def tell() -> None:
    """One request for each stage of the way, and a few that wait in the pool; once."""
    if FinancingRequest.objects.exists():
        return
    managers = {BANK: _acting("manager"), **{code: _manager(code) for code in OTHERS}}
    for place, story in enumerate(STORIES):
        owner = _owner(place)
        request = _submitted(owner, place, list(managers))
        orders = [_claimed(managers[code], request) for code in story.banks]
        for step in story.steps:
            step(owner, managers, orders)


def _acting(login: str) -> Actor:
    found = Membership.objects.select_related("user", "organisation", "branch").get(user__login=login)
    return as_actor(found, "console")


def _manager(code: str) -> Actor:
    return _enrolled(f"manager-{code}", Role.ACCOUNT_MANAGER, Organisation.objects.get(code=code))


def _owner(place: int) -> Actor:
    """Whoever applies for the enterprise at a place of the city; the first is the demonstration's own owner."""
    in_business = Enterprise.objects.filter(generated=True, state="active", uscc__startswith="91").exclude(name="")
    enterprise = in_business.exclude(uscc=_acting("owner").organisation).order_by("serial")[place]
    kept = {"kind": OrganisationKind.ENTERPRISE, "name": enterprise.name, "verified_at": clock.now()}
    organisation = Organisation.objects.get_or_create(code=enterprise.uscc, defaults=kept)[0]
    return _enrolled(f"owner-{enterprise.serial}", Role.ENTERPRISE_ADMIN, organisation)


def _enrolled(login: str, role: Role, organisation: Organisation) -> Actor:
    name = _("演示人员")
    enrol(actor=Actor.system("console"), login=login, name=name, role=role, password=None, organisation=organisation)
    return _acting(login)


def _submitted(owner: Actor, place: int, banks: Sequence[str]) -> FinancingRequest:
    """An open request with its consent, as the enterprise would send it."""
    request = begin(
        actor=owner,
        mode=Mode.GRAB,
        channel=Channel.MARKETPLACE,
        amount=Decimal(50 + 50 * place) * WAN,
        term_months=12 if place % 2 else 24,
        purpose=PURPOSES[place % len(PURPOSES)].value,
        guarantees=["credit"],
        own_application=True,
        contact=_("演示联系人"),
        phone=f"139{place:08}",
    )
    terms = _terms(request)
    shown = offer_words(drafts(uscc=request.uscc, grantees=banks, terms=terms))
    return submit(
        actor=owner,
        number=request.number,
        institutions=banks,
        terms=terms,
        agreed=shown.digest,
        separately=list(separate_ones(terms.categories)),
    )


def _terms(request: FinancingRequest) -> Terms:
    now = clock.now()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    most, kind = ceiling(Purpose.PRE_LOAN, now), Enterprise.objects.get(serial=request.serial).kind
    offered = choices(subject=Subject(request.serial, request.uscc, kind), purpose=Purpose.PRE_LOAN, written=False)
    return Terms(
        purpose=Purpose.PRE_LOAN.value,
        direction=direction(Purpose.PRE_LOAN).value,
        categories=tuple(c.code for c in (*offered.together, *offered.separately) if c.code in ASKED_FOR),
        kind=most.kind,
        valid_from=today,
        valid_until=today + timedelta(days=most.days),
        lookback_months=most.lookback_months,
        data_life_days=most.data_life_days,
        subject_ref=request_ref(request),
    )


def _claimed(manager: Actor, request: FinancingRequest) -> Order:
    assert request.amount is not None
    return claim(actor=manager, number=request.number, amount=request.amount, rate=Decimal("3.95"))


Banks = dict[str, Actor]
Step = Callable[[Actor, Banks, list[Order]], object]


def _of(banks: Banks, order: Order) -> Actor:
    return banks[order.institution.code]


def _contacted(_owner: Actor, banks: Banks, orders: list[Order]) -> None:
    for order in orders:
        work.contacted(actor=_of(banks, order), number=order.number)


def _asked(_owner: Actor, banks: Banks, orders: list[Order]) -> None:
    wanted = _("近三年财务报表、最近一期纳税申报表")
    work.ask_more(actor=_of(banks, orders[0]), number=orders[0].number, wanted=wanted)


def _reviewed(_owner: Actor, banks: Banks, orders: list[Order]) -> None:
    for order in orders:
        work.review(actor=_of(banks, order), number=order.number)


def _offered(_owner: Actor, banks: Banks, orders: list[Order]) -> None:
    for place, order in enumerate(orders):
        terms = decide.Terms(
            amount=CONTRACT,
            rate=Decimal("3.85") + place * Decimal("0.20"),
            term_months=12,
            guarantees=("credit",),
            repayment="interest_first",
        )
        decide.offer(actor=_of(banks, order), number=order.number, terms=terms)


def _refused(_owner: Actor, banks: Banks, orders: list[Order]) -> None:
    text = _("近一年资产负债率高于产品要求")
    decide.refuse(actor=_of(banks, orders[-1]), number=orders[-1].number, reason="debt", text=text)


def _chosen(owner: Actor, _banks: Banks, orders: list[Order]) -> None:
    choose.choose(actor=owner, number=orders[0].number)


def _signed(_owner: Actor, banks: Banks, orders: list[Order]) -> None:
    order = orders[0]
    sign.sign(actor=_of(banks, order), number=order.number, contract=f"HT-{order.pk:06}", amount=CONTRACT)


def _half(_owner: Actor, banks: Banks, orders: list[Order]) -> None:
    _paid(banks, orders[0], "1")


def _all(owner: Actor, banks: Banks, orders: list[Order]) -> None:
    for voucher in ("1", "2"):
        _paid(banks, orders[0], voucher)
    evaluate(actor=owner, number=orders[0].number, score=5, tags=["fast", "clear"])


def _paid(banks: Banks, order: Order, voucher: str) -> None:
    day, half = clock.today(), CONTRACT / 2
    sign.disburse(actor=_of(banks, order), number=order.number, amount=half, paid_on=day, voucher=voucher)


@dataclass(frozen=True)
class Story:
    """Which banks grab a request, and what follows."""

    steps: tuple[Step, ...] = ()
    banks: tuple[str, ...] = (BANK, OTHERS[0])


_UNTIL_CHOSEN = (_contacted, _reviewed, _offered, _chosen)
STORIES = (
    Story(banks=()),
    Story(banks=()),
    Story(banks=(OTHERS[1],)),
    Story(),
    Story((_contacted,)),
    Story((_contacted, _asked)),
    Story((_contacted, _reviewed)),
    Story((_contacted, _reviewed, _offered)),
    Story((_contacted, _reviewed, _refused)),
    Story(_UNTIL_CHOSEN),
    Story((*_UNTIL_CHOSEN, _signed, _half)),
    Story((*_UNTIL_CHOSEN, _signed, _all)),
)
