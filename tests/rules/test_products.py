"""What the nine published products ask for, written as rules and read as sentences."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jiahe.rules import Facts, Verdict, evaluate, parse, sentence, to_json
from jiahe.rules.days import later
from jiahe.rules.model import And
from jiahe.rules.values import Record
from tests.rules.sample import TODAY, Data, monthly

LIST = Path(__file__).resolve().parents[3] / "shared/data/loan_products.json"


def annual(item: str | list[str], op: str, value: int, **more: object) -> Data:
    filters = [{"item": "statement_kind", "op": "=", "value": "annual"}]
    window = {"by": "period_ended_on", "window": {"years": 1}, "where": filters}
    return {"category": "0204", "item": item, "op": op, "value": value} | window | more


def none(category: str) -> Data:
    return {"category": category, "op": "exists", "value": False}


def valid(category: str) -> Data:
    return {"category": category, "where": [{"item": "valid_until", "op": ">=", "value": "today"}], "op": "exists"}


def last_year(category: str, item: str, op: str, value: object, **more: object) -> Data:
    return {
        "category": category,
        "item": item,
        "aggregate": "sum",
        "window": {"years": 1},
        "op": op,
        "value": value,
    } | more


def age(months: int) -> Data:
    return {"fact": "age_months", "op": ">=", "value": months}


def said(text: str) -> Data:
    return {"declared": text}


SMALL: Data = {"fact": "size", "op": "in", "value": ["small", "micro"]}
GRADED: Data = {"category": "0206", "item": "grade", "op": "in", "value": ["A", "B"]}
TAX_LOAN: list[Data] = [
    age(24),
    said("在中行开立结算账户"),
    SMALL,
    GRADED,
    {
        "category": "0202",
        "aggregate": "count",
        "window": {"years": 1},
        "where": [{"item": "sales_total", "op": "=", "value": 0}],
        "op": "<=",
        "value": 4,
    },
    {
        "category": "0203",
        "item": "tax_paid",
        "aggregate": "yearly",
        "window": {"years": 2},
        "op": ">=",
        "value": 50_000,
    },
    last_year("0203", "tax_paid", ">=", 20, growth=True),
    last_year("0202", "sales_total", ">=", 2_000_000),
    last_year("0202", "sales_total", ">=", 20, growth=True),
    annual("total_liabilities", "<=", 80, per="total_assets"),
    annual("net_profit", ">=", 0),
    annual(["short_term_loans", "long_term_loans"], "<=", 30, per="operating_revenue"),
    said("征信近三个月查询不超过 6 次"),
    said("征信近半年查询不超过 12 次"),
    said("企业对公负债不超过 3 笔"),
    said("无当前逾期"),
    none("0301"),
    none("0302"),
    none("0304"),
]
PRODUCTS: dict[str, list[Data]] = {
    "中银企E贷·银税贷": TAX_LOAN,
    "信保贷": [
        said("在苏州综合金融服务平台企业库内"),
        {"category": "0101", "item": "enterprise_state", "op": "=", "value": "active"},
        age(12),
        said("提供反担保"),
    ],
    "园科贷": [
        said("注册在苏州工业园区"),
        {"or": [valid("0602"), said("列入雏鹰、瞪羚企业名录")]},
    ],
    "中小企业专项信用贷款": [
        {"fact": "region", "op": "=", "value": "330483"},
        {"fact": "size", "op": "in", "value": ["medium", "small", "micro"]},
        said("由推介办推荐"),
    ],
    "科技履约贷款": [
        last_year("0202", "sales_total", ">=", 10_000_000),
        last_year("0202", "sales_total", "<", 150_000_000),
        valid("0602"),
        said("投保履约保险"),
    ],
    "云税贷": [GRADED, none("0207"), none("0208")],
    "银税贷": [GRADED],
    "普惠e贷": [{"or": [said("以信用方式申请，不超过 500 万元"), said("提供抵押物，不超过 1000 万元")]}],
    "发票贷": [
        {
            "category": "0205",
            "aggregate": "count",
            "window": {"months": 12},
            "where": [{"item": "issued_amount", "op": ">", "value": 0}],
            "op": ">=",
            "value": 12,
        },
        {"category": "0205", "item": "issued_amount", "aggregate": "sum", "window": {"months": 12}, "op": ">=", "value": 1_000_000},
    ],
}  # fmt: skip


@pytest.mark.skipif(not LIST.exists(), reason="the folder shared/data is not beside the project")
def test_each_published_product_has_its_rule() -> None:
    assert [p["name"] for p in json.loads(LIST.read_text(encoding="utf-8"))] == list(PRODUCTS)


@pytest.mark.parametrize("name", PRODUCTS)
def test_a_products_rule_reads_as_sentences_and_is_kept_as_json(name: str) -> None:
    rule = parse({"and": PRODUCTS[name]})
    assert isinstance(rule, And)
    assert parse(json.loads(json.dumps(to_json(rule)))) == rule
    assert all(sentence(one) for one in rule.rules)
    assert evaluate(rule, Facts(), TODAY).verdict is Verdict.TO_VERIFY


def test_the_tax_loan_in_words() -> None:
    statements = "上一年度最近一条财务报表信息（报表报送期类型为年报）的"
    assert [sentence(parse(one)) for one in TAX_LOAN] == [
        "成立满 24 个月",
        "在中行开立结算账户",
        "企业规模为小型或微型",
        "最近一条纳税信用等级的纳税信用级别为A级或B级",
        "上一年度纳税申报与销售收入（销售额合计等于 0 元）的记录不多于 4 条",
        "前 2 个年度税款征收信息的实缴税额年均不低于 5 万元",
        "上一年度税款征收信息的实缴税额累计同比增长不低于 20 %",
        "上一年度纳税申报与销售收入的销售额合计累计不低于 200 万元",
        "上一年度纳税申报与销售收入的销售额合计累计同比增长不低于 20 %",
        f"{statements}负债合计占资产总计的比例不高于 80 %",
        f"{statements}净利润不低于 0 元",
        f"{statements}短期借款与长期借款占营业收入的比例不高于 30 %",
        "征信近三个月查询不超过 6 次",
        "征信近半年查询不超过 12 次",
        "企业对公负债不超过 3 笔",
        "无当前逾期",
        "没有失信被执行人信息的记录",
        "没有被执行人信息的记录",
        "没有涉诉案件信息的记录",
    ]


def test_the_tax_loan_for_an_enterprise_that_fits_leaves_the_bank_what_only_it_knows() -> None:
    statement: Record = {
        "period_ended_on": date(2025, 12, 31),
        "statement_kind": "annual",
        "total_liabilities": Decimal(80),
        "total_assets": Decimal(100),
        "net_profit": Decimal(0),
        "short_term_loans": Decimal(30),
        "long_term_loans": Decimal(0),
        "operating_revenue": Decimal(100),
    }
    years = [(date(2024, 1, 1), "200000"), (date(2025, 1, 1), "240000")]
    facts = Facts(
        records={
            "0202": [r for first, amount in years for r in monthly(first, 12, "sales_total", amount)],
            "0203": [r for first, amount in years for r in monthly(first, 12, "tax_paid", amount)],
            "0204": [statement],
            "0206": [{"graded_on": date(2026, 4, 20), "grade": "B"}],
            "0301": [],
            "0302": [],
            "0304": [],
        },
        size="micro",
        established_on=later(TODAY, -24),
    )
    outcome = evaluate(parse({"and": TAX_LOAN}), facts, TODAY)
    unknown = [r.sentence for r in outcome.reasons if r.verdict is not Verdict.MET]
    assert unknown == [str(one["declared"]) for one in TAX_LOAN if "declared" in one]
    assert outcome.verdict is Verdict.TO_VERIFY
    assert [r.found for r in outcome.reasons if "同比" in r.sentence] == ["20 %", "20 %"]
