"""A bank with its people, a supervisor, and terms that say everything there is to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import Role
from jiahe.kit.actor import Actor
from jiahe.products.actions.decide import approve
from jiahe.products.actions.draft import draft
from jiahe.products.actions.submit import submit
from jiahe.products.models import Product
from jiahe.products.terms import FeeTerms, RiskShare, Terms, VariantTerms
from tests import people


@dataclass(frozen=True)
class Scene:
    head: Actor
    manager: Actor
    stranger: Actor
    supervisor: Actor


def scene() -> Scene:
    mine, other = people.bank("bank-a"), people.bank("bank-b")
    return Scene(
        head=people.actor(people.person("head-a", Role.HEAD_ADMIN, mine)),
        manager=people.actor(people.person("manager-a", Role.ACCOUNT_MANAGER, mine)),
        stranger=people.actor(people.person("head-b", Role.HEAD_ADMIN, other)),
        supervisor=people.actor(people.person("supervisor", Role.SUPERVISOR, authority("测试主管部门"))),
    )


LEAST = Terms(name="税信贷", kind="unsecured", variants=(VariantTerms(),))

FULL = Terms(
    name="园区科创贷",
    kind="mixed",
    summary="面向科技型中小企业的流动资金贷款",
    target="高新技术企业、科技型中小企业",
    variants=(
        VariantTerms(
            name="线上",
            guarantees=("credit",),
            guarantee_note="无需抵押",
            amount_from=Decimal("100000.00"),
            amount_to=Decimal("3000000.00"),
            term_from=3,
            term_to=12,
            term_note="可随时支用",
            rate_from=Decimal("3.65"),
            rate_to=Decimal("4.35"),
            rate_note="纳税信用A级下浮",
            lpr_term="1Y",
            lpr_on=date(2025, 5, 20),
            spread_from=65,
            spread_to=135,
        ),
        VariantTerms(
            name="线下",
            guarantees=("company", "counter"),
            amount_to=Decimal("10000000.00"),
            term_to=36,
            rate_to=Decimal("4.8"),
            risk_shares=(
                RiskShare("风险补偿资金池", Decimal(50)),
                RiskShare("银行", Decimal("12.5")),
                RiskShare("担保公司", Decimal("37.5")),
            ),
            risk_share_note="上限为上年末余额的 10 %",
            guarantee_fee=Decimal("0.8"),
        ),
    ),
    fees=(
        FeeTerms("评估费", "once", "yuan", Decimal(2_000)),
        FeeTerms("账户管理费", "yearly", "percent", Decimal("0.1")),
        FeeTerms("公证费", "once", "yuan"),
    ),
    repayments=("interest_first", "on_demand"),
    repayment_note="按日计息",
    regions=("330402", "330483"),
    industries=("C", "65"),
    sizes=("small", "micro"),
    materials=("营业执照", "近两年财务报表"),
    promised_days=3,
    first_loan_friendly=True,
    green=False,
    technology=True,
    valid_from=date(2026, 1, 1),
    valid_until=date(2027, 12, 31),
    mechanism="财政存款按比例匹配额度",
    source="机构提供",
)


def published(one: Scene, terms: Terms = FULL) -> Product:
    """A product of the bank, approved by the supervisor."""
    version = draft(actor=one.head, terms=terms)
    number = version.product.number
    submit(actor=one.head, number=number, version=1)
    return approve(actor=one.supervisor, number=number, version=1).product
