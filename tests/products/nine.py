"""How terms that banks have published are stated here: the terms of nine products, and what is said of them.

The texts of the products themselves come from a file beside the project; what stands here is the statement of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jiahe.products.terms import RiskShare, Terms, VariantTerms

YEAR: dict[str, Any] = {"years": 1}
WAN = Decimal(10_000)
ONE = "条款"


def _age(months: int) -> dict[str, Any]:
    return {"fact": "age_months", "op": ">=", "value": months}


def _tax(op: str, value: int, **more: Any) -> dict[str, Any]:
    item = {"category": "0203", "item": "tax_paid", "aggregate": "yearly", "window": {"years": 2}}
    return item | more | {"op": op, "value": value}


def _sales(op: str, value: object, **more: Any) -> dict[str, Any]:
    item = {"category": "0202", "item": "sales_total", "aggregate": "sum", "window": YEAR}
    return item | more | {"op": op, "value": value}


def _yearly(item: str, op: str, value: int, **more: Any) -> dict[str, Any]:
    annual = {"where": [{"item": "statement_kind", "op": "=", "value": "annual"}], "by": "period_ended_on"}
    return {"category": "0204", "item": item, "window": YEAR, **annual, **more, "op": op, "value": value}


NO_FILING = {
    "category": "0202",
    "aggregate": "count",
    "window": YEAR,
    "where": [{"item": "sales_total", "op": "=", "value": 0}],
    "op": "<=",
    "value": 4,
}
DEFENDANT = {"category": "0304", "where": [{"item": "role", "op": "=", "value": "defendant"}], "op": "exists"}
INVOICED = {"category": "0205", "window": {"months": 12}, "by": "period"}


@dataclass(frozen=True)
class Said:
    """The key and the text of the file, the part and the line in which it is said here, and how."""

    key: str
    written: object
    part: str
    line: str
    text: str


@dataclass(frozen=True)
class Stated:
    """`admission` are the conditions as sentences."""

    terms: Terms
    said: tuple[Said, ...]
    admission: tuple[str, ...] = ()


def stated(entry: dict[str, Any], number: int) -> Stated:
    """The statement of the file's entry of this number, with its name, target, mechanism and source."""
    terms, said, admission = NINE[number]
    own = {"name": entry["name"], "target": entry.get("target", ""), "source": entry["source"]}
    if "mechanism" in entry:
        own["mechanism"] = entry["mechanism"]
    return Stated(Terms(**own, **terms), said, admission)


def _amount(wan: int) -> Decimal:
    return wan * WAN


NINE: tuple[tuple[dict[str, Any], tuple[Said, ...], tuple[str, ...]], ...] = (
    (
        {
            "kind": "unsecured",
            "sizes": ("small", "micro"),
            "repayments": ("on_demand", "interest_first"),
            "repayment_note": "循环使用，按日计息",
            "variants": (
                VariantTerms(
                    guarantees=("credit",),
                    guarantee_note="纳税",
                    amount_to=_amount(300),
                    term_to=12,
                    rate_to=Decimal("4.35"),
                ),
            ),
            "admission": {
                "and": [
                    _age(24),
                    {"declared": "在中行开立结算账户"},
                    {"fact": "size", "op": "in", "value": ["small", "micro"]},
                    {"category": "0206", "item": "grade", "op": "in", "value": ["A", "B"]},
                    NO_FILING,
                    {"and": [_tax(">=", 50_000), _tax(">=", 20, aggregate="sum", window=YEAR, growth=True)]},
                    {"and": [_sales(">=", 2_000_000), _sales(">=", 20, growth=True)]},
                    {
                        "and": [
                            _yearly("total_liabilities", "<=", 80, per="total_assets"),
                            _yearly("net_profit", ">=", 0),
                            _yearly(["short_term_loans", "long_term_loans"], "<=", 30, per="operating_revenue"),  # type: ignore[arg-type]
                        ]
                    },
                    {"declared": "三个月查询≤6次；近半年查询≤12次"},
                    {"declared": "企业对公负债笔数不超3笔"},
                    {"and": [{"declared": "无当前逾期"}, {"not": DEFENDANT}]},
                ]
            },
        },
        (
            Said("max_amount_wan", 300, ONE, "贷款额度", "最高 300 万元"),
            Said("rate", "年化4.35%内", ONE, "年化利率", "年化不高于 4.35 %"),
            Said("term", "最长1年", ONE, "贷款期限", "最长 12 个月"),
            Said("guarantee", "信用(纳税)", ONE, "担保方式", "信用(纳税)"),
            Said(
                "repay",
                "循环使用，随借随还；按日计息，先息后本",
                "产品",
                "还款方式",
                "随借随还、先息后本(循环使用，按日计息)",
            ),
        ),
        (),
    ),
    (
        {
            "kind": "guarantee",
            "variants": (
                VariantTerms(
                    guarantees=("company", "counter"),
                    guarantee_note="信用反担保",
                    amount_to=_amount(500),
                    term_from=6,
                    guarantee_fee=Decimal("1.5"),
                    risk_shares=(
                        RiskShare("基金", Decimal(65)),
                        RiskShare("银行", Decimal(20)),
                        RiskShare("担保", Decimal(15)),
                    ),
                ),
            ),
            "admission": {"and": [{"declared": "在综合金融服务平台企业库内"}, _age(12)]},
        },
        (
            Said("max_amount_wan", 500, ONE, "贷款额度", "最高 500 万元"),
            Said("rate", "担保费率1.5%", ONE, "担保费率", "每年 1.50 %"),
            Said("term", "单笔≥6个月", ONE, "贷款期限", "6 个月 起"),
            Said("guarantee", "信用(反担保)", ONE, "担保方式", "融资担保公司担保、反担保(信用反担保)"),
            Said("risk_share", "基金65%、银行20%、担保15%", ONE, "风险分担", "基金 65 %、银行 20 %、担保 15 %"),
        ),
        ("在综合金融服务平台企业库内", "成立满 12 个月"),
    ),
    (
        {
            "kind": "technology",
            "technology": True,
            "variants": tuple(
                VariantTerms(
                    name=name,
                    guarantee_note="灵活设置",
                    amount_to=_amount(500),
                    term_to=months,
                    rate_note="市场费率",
                    risk_shares=(
                        RiskShare("资金池", Decimal(50)),
                        RiskShare("银行", Decimal(10)),
                        RiskShare("担保公司", Decimal(40)),
                    ),
                    risk_share_note="上限为上年末余额10%",
                )
                for name, months in (("一般企业", 12), ("低碳名录企业", 36))
            ),
            "admission": {"declared": "园区科技型中小企业(雏鹰/瞪羚名录)"},
        },
        (
            Said("max_amount_wan", 500, "一般企业", "贷款额度", "最高 500 万元"),
            Said("rate", "市场费率", "一般企业", "年化利率", "市场费率"),
            Said("term", "单笔≤1年(低碳名录≤3年)", "一般企业", "贷款期限", "最长 12 个月"),
            Said("term", "单笔≤1年(低碳名录≤3年)", "低碳名录企业", "贷款期限", "最长 36 个月"),
            Said("guarantee", "灵活设置", "低碳名录企业", "担保方式", "灵活设置"),
            Said(
                "risk_share",
                "资金池50%、银行10%、担保公司40%，上限为上年末余额10%",
                "一般企业",
                "风险分担",
                "资金池 50 %、银行 10 %、担保公司 40 %(上限为上年末余额10%)",
            ),
        ),
        ("园区科技型中小企业(雏鹰/瞪羚名录)",),
    ),
    (
        {
            "kind": "unsecured",
            "regions": ("330483",),
            "variants": (
                VariantTerms(
                    guarantees=("credit",),
                    guarantee_note="无需抵押、担保",
                    amount_to=_amount(500),
                    term_note="短期流动资金",
                    rate_note="较低",
                ),
            ),
        },
        (
            Said("max_amount_wan", 500, ONE, "贷款额度", "最高 500 万元"),
            Said("rate", "较低(未列)", ONE, "年化利率", "较低"),
            Said("term", "短期流动资金", ONE, "贷款期限", "短期流动资金"),
            Said("guarantee", "信用(无需抵押、担保)", ONE, "担保方式", "信用(无需抵押、担保)"),
        ),
        (),
    ),
    (
        {
            "kind": "technology",
            "technology": True,
            "variants": (
                VariantTerms(
                    guarantees=("insurance",),
                    guarantee_note="履约保险，无抵押",
                    amount_from=_amount(50),
                    amount_to=_amount(800),
                    risk_share_note="政府/银行/保险担保共担",
                ),
            ),
            "admission": {"and": [_sales("between", [10_000_000, 150_000_000]), {"declared": "科技型中小企业"}]},
        },
        (
            Said("max_amount_wan", 800, ONE, "贷款额度", "50 万元 – 800 万元"),
            Said("min_amount_wan", 50, ONE, "贷款额度", "50 万元 – 800 万元"),
            Said("rate", None, ONE, "年化利率", ""),
            Said("term", None, ONE, "贷款期限", ""),
            Said(
                "guarantee", "履约保险，政府/银行/保险担保共担，无抵押", ONE, "担保方式", "保证保险(履约保险，无抵押)"
            ),
            Said("guarantee", "履约保险，政府/银行/保险担保共担，无抵押", ONE, "风险分担", "政府/银行/保险担保共担"),
        ),
        ("上一年度纳税申报与销售收入的销售额合计累计在 1000 万元至 15000 万元之间", "科技型中小企业"),
    ),
    (
        {"kind": "unsecured", "variants": (VariantTerms(guarantees=("credit",), amount_to=_amount(300)),)},
        (
            Said("max_amount_wan", 300, ONE, "贷款额度", "最高 300 万元"),
            Said("guarantee", "信用", ONE, "担保方式", "信用"),
        ),
        (),
    ),
    (
        {
            "kind": "unsecured",
            "variants": (
                VariantTerms(name="线上", guarantees=("credit",), amount_to=_amount(280)),
                VariantTerms(name="线下", guarantees=("credit",), amount_to=_amount(500)),
            ),
        },
        (
            Said("max_amount_wan", 500, "线下", "贷款额度", "最高 500 万元"),
            Said("guarantee", "信用(线上280万/线下500万)", "线上", "贷款额度", "最高 280 万元"),
            Said("guarantee", "信用(线上280万/线下500万)", "线上", "担保方式", "信用"),
        ),
        (),
    ),
    (
        {
            "kind": "mixed",
            "variants": (
                VariantTerms(name="信用", guarantees=("credit",), amount_to=_amount(500)),
                VariantTerms(name="抵押", guarantees=("mortgage",), amount_to=_amount(1_000)),
            ),
        },
        (
            Said("max_amount_wan", 1_000, "抵押", "贷款额度", "最高 1,000 万元"),
            Said("guarantee", "信用500万/抵押1000万", "信用", "贷款额度", "最高 500 万元"),
            Said("guarantee", "信用500万/抵押1000万", "抵押", "担保方式", "抵押"),
        ),
        (),
    ),
    (
        {
            "kind": "unsecured",
            "variants": (VariantTerms(guarantees=("credit",), amount_to=_amount(200)),),
            "admission": {
                "and": [
                    INVOICED
                    | {
                        "aggregate": "count",
                        "where": [{"item": "issued_count", "op": ">", "value": 0}],
                        "op": ">=",
                        "value": 12,
                    },
                    INVOICED | {"item": "issued_total", "aggregate": "sum", "op": ">=", "value": 1_000_000},
                ]
            },
        },
        (
            Said("max_amount_wan", 200, ONE, "贷款额度", "最高 200 万元"),
            Said("guarantee", "信用(连续开票12个月、年开票100万以上)", ONE, "担保方式", "信用"),
        ),
        (),
    ),
)
