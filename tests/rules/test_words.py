"""Rules as people read them."""

from __future__ import annotations

import pytest
from django.utils import translation

from jiahe.rules import parse, sentence

AGE = {"fact": "age_months", "op": ">=", "value": 24}
SMALL = {"fact": "size", "op": "in", "value": ["small", "micro"]}
CASES = {"category": "0304", "op": "exists"}
SALES = {"category": "0202", "item": "sales_total", "aggregate": "sum", "window": {"years": 1}}
SAID: list[tuple[object, str]] = [
    (AGE | {"op": "<"}, "成立不满 24 个月"),
    (AGE | {"op": "between", "value": [12, 36]}, "成立时间在 12 个月至 36 个月之间"),
    ({"fact": "region", "op": "in", "value": ["330402", "330411", "330483"]}, "注册地在南湖区、秀洲区或桐乡市"),
    ({"fact": "region", "op": "!=", "value": "330402"}, "注册地不在南湖区"),
    ({"fact": "industry", "op": "not_in", "value": ["K", "17"]}, "行业不为房地产业或纺织业"),
    ({"fact": "kind", "op": "=", "value": "9500"}, "企业类型为个体工商户"),
    (SALES | {"op": ">=", "value": 2_000_000}, "上一年度纳税申报与销售收入的销售额合计累计不低于 200 万元"),
    (SALES | {"op": ">", "value": "9999.99"}, "上一年度纳税申报与销售收入的销售额合计累计高于 9999.99 元"),
    (SALES | {"growth": True, "op": ">=", "value": 20}, "上一年度纳税申报与销售收入的销售额合计累计同比增长不低于 20 %"),
    (
        SALES | {"aggregate": "monthly", "window": {"months": 6}, "op": "<=", "value": 5},
        "近 6 个月纳税申报与销售收入的销售额合计月均不高于 5 元",
    ),
    (
        {"category": "0202", "aggregate": "count", "where": [{"item": "sales_total", "op": "=", "value": 0}], "op": "<=", "value": 4},
        "纳税申报与销售收入（销售额合计等于 0 元）的记录不多于 4 条",
    ),
    (CASES | {"where": [{"item": "closed_on", "op": "exists", "value": False}]}, "有涉诉案件信息（无结案日期）的记录"),
    (CASES | {"value": False, "window": {"years": 2}}, "没有前 2 个年度涉诉案件信息的记录"),
    (
        {"category": "0206", "item": "graded_on", "op": ">=", "value": "today - 2 years"},
        "最近一条纳税信用等级的评价结果发布日期不早于2年前",
    ),
    ({"category": "0101", "item": "term_until", "op": ">", "value": "today"}, "市场主体登记信息的营业期限至晚于今天"),
    ({"category": "0101", "item": "small_or_micro", "op": "=", "value": True}, "市场主体登记信息的是否小微企业：是"),
    ({"category": "0101", "item": "registration_authority", "op": "=", "value": "甲局"}, "市场主体登记信息的登记机关为“甲局”"),
    (
        SALES | {"item": "output_tax", "per": "sales_total", "op": "<", "value": 13},
        "上一年度纳税申报与销售收入的销项税额累计占销售额合计累计的比例低于 13 %",
    ),
    ({"label": "srdi", "op": "exists", "value": False}, "没有标签“srdi”"),
    ({"score": "credit", "op": ">=", "value": 600}, "credit不低于 600"),
    ({"and": []}, "不设条件"),
    ({"and": [AGE, SMALL]}, "成立满 24 个月，且企业规模为小型或微型"),
    ({"and": [AGE, {"or": [SMALL, {"not": CASES}]}]}, "成立满 24 个月，且（企业规模为小型或微型，或没有涉诉案件信息的记录）"),
    ({"not": {"and": [AGE, SMALL]}}, "并非：（成立满 24 个月，且企业规模为小型或微型）"),
    ({"not": {"not": AGE}}, "成立满 24 个月"),
    ({"not": SMALL}, "企业规模不为小型或微型"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "words"), SAID)
def test_a_rule_in_words(data: object, words: str) -> None:
    assert sentence(parse(data)) == words


def test_a_rule_in_english() -> None:
    with translation.override("en"):
        assert sentence(parse({"and": [AGE, SMALL]})) == "established at least 24 months ago; and Size: Small or Micro"
        assert (
            sentence(parse(SALES | {"op": ">=", "value": 2_000_000}))
            == "last calendar year: total of Total sales (Tax filing and sales): at least 200 × 10,000 yuan"
        )
        assert (
            sentence(parse(SALES | {"growth": True, "op": "<", "value": "12.5"}))
            == "last calendar year: total of Total sales (Tax filing and sales), year-on-year growth: less than 12.5 %"
        )
