"""Nine products that banks have published, stated in full and read as sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jiahe.products.actions.draft import draft
from jiahe.products.admissions import sentences
from jiahe.products.sheet import sheet
from jiahe.products.stored import terms_of
from tests.products.nine import NINE, stated
from tests.products.scene import scene

FILE = Path(__file__).resolve().parents[3] / "shared/data/loan_products.json"
OWN = {"bank", "name", "target", "source", "mechanism", "conditions"}  # said as they are, or counted below


def _lines(terms: Any) -> dict[tuple[str, str], str]:
    version = draft(actor=scene().head, terms=terms)
    assert terms_of(version) == terms
    return {(part.title, line.label): line.text for part in sheet(version) for line in part.lines}


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(len(NINE)))
@pytest.mark.skipif(not FILE.exists(), reason="the folder shared/data is not beside the project")
def test_all_that_is_written_is_said(number: int) -> None:
    entry: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))[number]
    one = stated(entry, number)
    lines = _lines(one.terms)
    assert {said.key for said in one.said} | OWN >= set(entry)
    assert [(s.key, entry[s.key]) for s in one.said] == [(s.key, s.written) for s in one.said]
    assert [lines[s.part, s.line] for s in one.said] == [s.text for s in one.said]
    own = [lines["产品", label] for label in ("产品名称", "适用对象", "业务机制", "资料来源")]
    assert own == [entry.get(key, "") for key in ("name", "target", "mechanism", "source")]
    if "conditions" in entry:
        assert len(sentences(one.terms.admission) or ()) == len(entry["conditions"])


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(len(NINE)))
def test_what_is_stated_reads_so(number: int) -> None:
    one = stated({"name": f"产品{number}", "source": "公开资料"}, number)
    lines = _lines(one.terms)
    assert [lines[s.part, s.line] for s in one.said] == [s.text for s in one.said]
    if one.admission:
        assert sentences(one.terms.admission) == list(one.admission)


def test_eleven_conditions_as_sentences() -> None:
    assert sentences(NINE[0][0]["admission"]) == [
        "成立满 24 个月",
        "在中行开立结算账户",
        "企业规模为小型或微型",
        "最近一条纳税信用等级的纳税信用级别为A级或B级",
        "上一年度纳税申报与销售收入（销售额合计等于 0 元）的记录不多于 4 条",
        "前 2 个年度税款征收信息的实缴税额年均不低于 5 万元，且上一年度税款征收信息的实缴税额累计同比增长不低于 20 %",
        "上一年度纳税申报与销售收入的销售额合计累计不低于 200 万元，且上一年度纳税申报与销售收入的销售额合计累计同比增长不低于 20 %",
        (
            "上一年度最近一条财务报表信息（报表报送期类型为年报）的负债合计占资产总计的比例不高于 80 %，且"
            "上一年度最近一条财务报表信息（报表报送期类型为年报）的净利润不低于 0 元，且"
            "上一年度最近一条财务报表信息（报表报送期类型为年报）的短期借款与长期借款占营业收入的比例不高于 30 %"
        ),
        "三个月查询≤6次；近半年查询≤12次",
        "企业对公负债笔数不超3笔",
        "无当前逾期，且没有涉诉案件信息（诉讼地位为被告）的记录",
    ]
