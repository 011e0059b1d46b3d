"""A product as people read it, and what two versions differ in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from jiahe.products.actions.draft import draft
from jiahe.products.costs import annual_cost
from jiahe.products.loan import Method
from jiahe.products.sheet import Change, differences, sheet
from jiahe.products.terms import FeeTerms, VariantTerms
from tests.products.scene import FULL, LEAST, published, scene

pytestmark = pytest.mark.django_db


def test_everything_that_is_stated() -> None:
    parts = sheet(draft(actor=scene().head, terms=FULL))
    assert [part.title for part in parts] == ["产品", "线上", "线下", "费用", "条件与材料"]
    product, online, offline, fees, last = ({line.label: line.text for line in part.lines} for part in parts)
    assert product == {
        "产品名称": "园区科创贷",
        "产品类别": "组合担保贷款",
        "简介": "面向科技型中小企业的流动资金贷款",
        "适用对象": "高新技术企业、科技型中小企业",
        "适用地区": "南湖区、桐乡市",
        "适用行业": "制造业、软件和信息技术服务业",
        "企业规模": "小型、微型",
        "还款方式": "先息后本、随借随还(按日计息)",
        "承诺办理时间": "3 个工作日",
        "欢迎首贷": "是",
        "绿色金融": "否",
        "科技金融": "是",
        "有效期": "2026-01-01 – 2027-12-31",
        "业务机制": "财政存款按比例匹配额度",
        "资料来源": "机构提供",
    }
    assert online == {
        "贷款额度": "10 万元 – 300 万元",
        "贷款期限": "3 个月 – 12 个月(可随时支用)",
        "年化利率": "年化 3.65–4.35 %(纳税信用A级下浮)",
        "利率基准": "1年期 LPR(2025-05-20) 加 65–135 个基点",
        "年化综合成本": "3.96–4.66 %(单利)，4.03–4.76 %(复利)；按 100 万元、12 个月、先息后本计算，未含金额未公布的费用",
        "担保方式": "信用(无需抵押)",
        "担保费率": "",
        "风险分担": "",
    }
    assert (offline["年化利率"], offline["担保费率"]) == ("年化不高于 4.80 %", "每年 0.80 %")
    assert offline["风险分担"] == "风险补偿资金池 50 %、银行 12.5 %、担保公司 37.5 %(上限为上年末余额的 10 %)"
    assert fees == {"评估费": "一次性 2,000 元", "账户管理费": "每年 贷款金额的 0.1 %", "公证费": ""}
    assert last == {"准入条件": "", "所需材料": "营业执照\n近两年财务报表"}


def test_what_is_not_stated_is_never_a_figure() -> None:
    parts = sheet(draft(actor=scene().head, terms=LEAST))
    said = {(part.title, line.label): line.text for part in parts for line in part.lines if line.text}
    assert said == {("产品", "产品名称"): "税信贷", ("产品", "产品类别"): "信用贷款"}


def test_no_limit_is_not_the_same_as_not_published() -> None:
    terms = replace(LEAST, industries=(), sizes=(), regions=("330400",))
    lines = {line.label: line.text for line in sheet(draft(actor=scene().head, terms=terms))[0].lines}
    assert (lines["适用行业"], lines["企业规模"], lines["适用地区"]) == ("不限", "不限", "嘉兴市")


def test_what_two_versions_differ_in() -> None:
    here = scene()
    product = published(here)
    variants = (replace(FULL.variants[0], amount_to=Decimal(5_000_000)),)
    changed = draft(actor=here.head, terms=replace(FULL, variants=variants, promised_days=None), number=product.number)
    assert product.current
    found = differences(product.current, changed)
    assert found[:2] == [
        Change("产品", "承诺办理时间", "3 个工作日", ""),
        Change("线上", "贷款额度", "10 万元 – 300 万元", "10 万元 – 500 万元"),
    ]
    assert {change.part for change in found[2:]} == {"线下"}
    assert {change.after for change in found[2:]} == {""}
    assert differences(changed, changed) == []


def test_a_cost_for_an_amount_and_a_term() -> None:
    variant = VariantTerms(rate_from=Decimal(6), amount_to=Decimal(500_000), term_from=24, guarantee_fee=Decimal(1))
    terms = replace(
        LEAST, variants=(variant,), repayments=("equal_instalments",), fees=(FeeTerms("费", "once", "yuan"),)
    )
    version = draft(actor=scene().head, terms=terms)
    usual = annual_cost(version, version.variants.get())
    assert usual
    assert (usual.principal, usual.months, usual.method) == (Decimal(500_000), 24, Method.EQUAL_INSTALMENTS)
    assert (usual.high, usual.whole) == (None, False)
    free = annual_cost(version, version.variants.get(), principal=Decimal(100_000), months=12)
    assert free
    assert free.low
    # One fee of 1 % for a year in which half of the loan is outstanding on average.
    assert Decimal("7.8") < free.low.simple < Decimal("8.0")
    assert annual_cost(version, type(version.variants.get())()) is None
