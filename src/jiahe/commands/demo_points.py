"""The credit points of the demonstration: a system in force, and two institutions that lend by it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from jiahe.accounts.actions.enrol import enrol
from jiahe.accounts.actor import as_actor
from jiahe.accounts.enums import Role
from jiahe.accounts.models import Membership, Organisation
from jiahe.commands.demo_people import BANK
from jiahe.financing.precredit.actions.rule import draft, publish
from jiahe.financing.precredit.queries.rules import lendable
from jiahe.financing.precredit.stated import Stated
from jiahe.kit.actor import Actor
from jiahe.products.enums import Repayment
from jiahe.scoring.actions.run import run
from jiahe.scoring.points.actions.decide import commit
from jiahe.scoring.points.actions.decide import publish as publish_system
from jiahe.scoring.points.actions.draft import begin
from jiahe.scoring.points.models import SystemVersion
from jiahe.scoring.queries.runs import whole

WAN = 10_000
RULE = Stated(
    base="sales_12m",
    steps=((400, 500), (550, 1_000), (700, 1_500)),
    least=5 * WAN,
    most=300 * WAN,
    valid_days=60,
    rate=Decimal("4.2"),
    repayment=Repayment.INTEREST_FIRST,
    most_months=12,
    products=(),
)
SHOWN_PRODUCTS = 2


def lend() -> None:
    """Publish the system by two people, let two institutions take part, work the points out; once."""
    if SystemVersion.objects.exists():
        return
    with transaction.atomic():
        modeller, publisher = _acting("modeller"), _acting("publisher")
        number = begin(actor=modeller).number
        commit(actor=modeller, number=number)
        publish_system(actor=publisher, number=number)
        for head, rule in (
            (_acting("head"), RULE),
            (_other_head(), replace(RULE, base="tax_paid_12m", most=100 * WAN)),
        ):
            _take_part(head, rule)
    if whole() is None:
        run(actor=Actor.system("console"))


def _take_part(head: Actor, rule: Stated) -> None:
    products = tuple(product.number for product in lendable(head.organisation)[:SHOWN_PRODUCTS])
    if products:
        publish(actor=head, number=draft(actor=head, stated=replace(rule, products=products)).number)


def _acting(login: str) -> Actor:
    found = Membership.objects.select_related("user", "organisation", "branch").get(user__login=login)
    return as_actor(found, "console")


def _other_head() -> Actor:
    organisation = Organisation.objects.get(code=f"{BANK}-01")
    login = f"head-{organisation.code}"
    enrol(
        actor=Actor.system("console"),
        login=login,
        name=str(_("演示总部管理员")),
        role=Role.HEAD_ADMIN,
        password=None,
        organisation=organisation,
    )
    return _acting(login)
