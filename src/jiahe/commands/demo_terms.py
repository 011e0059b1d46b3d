"""Invented terms for the products of the demonstration: families of products, varied by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from jiahe.products.lpr import quotes
from jiahe.products.terms import FeeTerms, RiskShare, Terms, VariantTerms

WAN = 10_000
COUNTIES = ("330402", "330411", "330421", "330424", "330481", "330482", "330483")
CITY = ("330400",)
MATERIALS = ("营业执照", "法定代表人身份证明", "近两年财务报表", "近六个月银行流水", "完税证明", "购销合同", "场地证明")
TWO_YEARS: dict[str, Any] = {"fact": "age_months", "op": ">=", "value": 24}
ONE_YEAR: dict[str, Any] = {"fact": "age_months", "op": ">=", "value": 12}
SMALL: dict[str, Any] = {"fact": "size", "op": "in", "value": ["small", "micro"]}
GOOD_TAX: dict[str, Any] = {"category": "0206", "item": "grade", "op": "in", "value": ["A", "B"]}
NOT_LISTED: dict[str, Any] = {"category": "0301", "op": "exists", "value": False}
SALES: dict[str, Any] = {
    "category": "0202",
    "item": "sales_total",
    "aggregate": "sum",
    "window": {"years": 1},
    "op": ">=",
    "value": 2_000_000,
}
ACCOUNT = {"declared": "在本行开立结算账户"}
CLEAN = {"declared": "当前无逾期贷款"}


@dataclass(frozen=True)
class Family:
    """What products of one sort have in common. Amounts in 万元, terms in months, spreads in basis points."""

    names: tuple[str, ...]
    kind: str
    target: str
    guarantees: tuple[tuple[str, ...], ...]
    most: tuple[int, ...]
    months: tuple[int, ...]
    spread: tuple[int, int]
    repayments: tuple[tuple[str, ...], ...]
    weight: int
    industries: tuple[tuple[str, ...], ...] = ((),)
    admission: tuple[dict[str, Any], ...] = (TWO_YEARS, NOT_LISTED, CLEAN)
    technology: bool = False
    green: bool = False


FLEXIBLE = (("interest_first", "on_demand"), ("interest_first",), ("equal_instalments",))
LONG = (("equal_instalments", "equal_principal"), ("interest_first",), ("equal_principal",))
SHORT = (("bullet",), ("interest_first",))
FAMILIES = (
    Family(
        ("税信贷", "流水快贷", "发票贷", "结算信用贷", "社保贷"),
        "unsecured",
        "依法纳税、经营正常的小微企业",
        (("credit",),),
        (100, 200, 300, 500),
        (12, 24, 36),
        (45, 185),
        FLEXIBLE,
        10,
        admission=(TWO_YEARS, SMALL, GOOD_TAX, SALES, NOT_LISTED, ACCOUNT),
    ),
    Family(
        ("厂房抵押贷", "房产抵押经营贷", "设备抵押贷"),
        "mortgage",
        "有自有房产、厂房或设备的企业",
        (("mortgage",),),
        (1_000, 2_000, 3_000),
        (12, 36, 60, 120),
        (20, 120),
        LONG,
        8,
    ),
    Family(
        ("知识产权质押贷", "应收账款质押贷", "股权质押贷", "仓单质押贷"),
        "pledge",
        "有可质押权利或货物的企业",
        (("pledge",),),
        (500, 1_000, 2_000),
        (6, 12, 24),
        (40, 150),
        SHORT,
        5,
    ),
    Family(
        ("政银担", "担保增信贷", "园区保证贷"),
        "guarantee",
        "缺少抵押物、由融资担保公司增信的小微企业",
        (("company", "counter"), ("guarantee",), ("company",)),
        (300, 500, 1_000),
        (12, 24, 36),
        (30, 130),
        FLEXIBLE,
        7,
        admission=(ONE_YEAR, SMALL, NOT_LISTED),
    ),
    Family(
        ("组合贷", "信用加抵押贷", "综合授信"),
        "mixed",
        "成长期中小企业",
        (("mortgage", "guarantee"), ("credit", "mortgage"), ("pledge", "guarantee")),
        (1_000, 3_000, 5_000),
        (12, 36, 60),
        (25, 140),
        LONG,
        6,
    ),
    Family(
        ("银票快贴", "商票保贴", "票据质押贷"),
        "bill",
        "持有银行承兑汇票或商业承兑汇票的企业",
        (("pledge",),),
        (500, 1_000, 5_000),
        (3, 6),
        (-60, 40),
        SHORT,
        3,
        admission=(NOT_LISTED,),
    ),
    Family(
        ("订单贷", "链上贷", "核心企业应付保理"),
        "chain",
        "核心企业的上下游企业",
        (("credit",), ("pledge",)),
        (300, 1_000, 2_000),
        (3, 6, 12),
        (35, 150),
        SHORT,
        5,
        (("C",), ("F",), ("C", "F")),
    ),
    Family(
        ("出口信保贷", "出口退税贷", "跨境快贷"),
        "trade",
        "有进出口实绩的企业",
        (("insurance",), ("pledge",), ("credit",)),
        (200, 500, 1_000),
        (6, 12),
        (30, 130),
        SHORT,
        4,
        (("C", "F"), ("F",)),
    ),
    Family(
        ("新农贷", "合作社贷", "粮食收购贷", "农机贷"),
        "agricultural",
        "家庭农场、农民专业合作社、农业企业",
        (("credit",), ("guarantee",), ("company",)),
        (50, 100, 300),
        (6, 12, 36),
        (30, 160),
        FLEXIBLE,
        5,
        (("A",), ("A", "13")),
        admission=(ONE_YEAR, NOT_LISTED),
    ),
    Family(
        ("科创贷", "人才贷", "研发贷", "专精特新贷"),
        "technology",
        "高新技术企业、科技型中小企业、专精特新企业",
        (("credit",), ("company",), ("pledge", "credit")),
        (300, 500, 1_000, 2_000),
        (12, 24, 36),
        (15, 110),
        FLEXIBLE,
        7,
        (("C", "I", "M"), ("I", "M"), ("C",)),
        technology=True,
    ),
    Family(
        ("绿色制造贷", "光伏贷", "碳减排贷"),
        "green",
        "节能环保、清洁能源和绿色制造企业",
        (("credit",), ("mortgage",), ("pledge",)),
        (500, 1_000, 3_000),
        (12, 36, 60, 120),
        (10, 100),
        LONG,
        4,
        (("C", "D"), ("D",), ("N",)),
        green=True,
    ),
    Family(
        ("无还本续贷", "转续贷"),
        "renewal",
        "贷款即将到期、经营正常的小微企业",
        (("credit",), ("mortgage",), ("guarantee",)),
        (300, 500, 1_000),
        (12, 36),
        (35, 150),
        FLEXIBLE,
        3,
        admission=(ONE_YEAR, CLEAN, {"declared": "存量贷款利息按期支付"}),
    ),
)
ONLINE = "线上"
OFFLINE = "线下"


def terms(random: Random, number: int) -> Iterator[Terms]:
    """So many, each with a name of its own."""
    serials = {name: count(1) for family in FAMILIES for name in family.names}
    for family in random.choices(FAMILIES, [family.weight for family in FAMILIES], k=number):
        name = random.choice(family.names)
        yield _one(random, family, f"{name}{next(serials[name])}号")


def _one(random: Random, family: Family, name: str) -> Terms:
    guarantees = random.choice(family.guarantees)
    return Terms(
        name=name,
        kind=family.kind,
        summary=f"{family.target}的{'短期周转' if max(family.months) <= 12 else '生产经营'}资金",
        target=family.target,
        variants=tuple(_variants(random, family, guarantees)),
        fees=_fees(random, guarantees),
        repayments=random.choice(family.repayments),
        regions=CITY if random.random() < 0.6 else tuple(sorted(random.sample(COUNTIES, random.randint(1, 3)))),
        industries=random.choice(family.industries),
        sizes=random.choice((("small", "micro"), ("medium", "small", "micro"), ())),
        materials=MATERIALS[: random.randint(2, len(MATERIALS))] if random.random() < 0.9 else None,
        promised_days=random.choice((1, 2, 3, 3, 5, 7, 10, None)),
        first_loan_friendly=random.choice((True, True, False, None)),
        green=family.green or None,
        technology=family.technology or None,
        valid_from=date(2025, 1, 1) if random.random() < 0.5 else None,
        admission={"and": list(family.admission)} if random.random() < 0.85 else None,
        source="演示数据",
    )


def _variants(random: Random, family: Family, guarantees: tuple[str, ...]) -> Iterator[VariantTerms]:
    most, months, low = random.choice(family.most), random.choice(family.months), random.randrange(*family.spread, 5)
    first = VariantTerms(
        guarantees=guarantees,
        amount_from=Decimal(random.choice((5, 10, 20)) * WAN) if random.random() < 0.6 else None,
        amount_to=Decimal(most * WAN),
        term_from=random.choice((1, 3)) if random.random() < 0.6 else None,
        term_to=months,
        **_priced(random, months, low),
        **_backed(random, guarantees),
    )
    if random.random() < 0.3:
        yield _named(first, ONLINE, most // 2)
        yield _named(first, OFFLINE, most)
    else:
        yield first


def _named(one: VariantTerms, name: str, most: int) -> VariantTerms:
    return replace(one, name=name, amount_to=Decimal(most * WAN))


def _priced(random: Random, months: int, low: int) -> dict[str, Any]:
    """A spread over the latest LPR; one in twelve does not publish its rate."""
    if random.random() < 1 / 12:
        return {"rate_note": "一户一价"}
    term = "5Y" if months > 60 else "1Y"
    return {
        "lpr_term": term,
        "lpr_on": quotes()[-1].on,
        "spread_from": low,
        "spread_to": low + random.randrange(0, 125, 5),
    }


def _backed(random: Random, guarantees: tuple[str, ...]) -> dict[str, Any]:
    if "company" not in guarantees:
        return {}
    bank = random.choice((20, 30, 40))
    shares = (RiskShare("政府性融资担保公司", Decimal(100 - bank)), RiskShare("银行", Decimal(bank)))
    return {"guarantee_fee": Decimal(random.choice(("0.5", "0.8", "1.0"))), "risk_shares": shares}


def _fees(random: Random, guarantees: tuple[str, ...]) -> tuple[FeeTerms, ...]:
    if "mortgage" in guarantees and random.random() < 0.5:
        return (FeeTerms("抵押物评估费", "once", "yuan", Decimal(random.choice((1_000, 2_000, 3_000)))),)
    return ()
