"""What no rule is: refused with the place, the fault, and what to write instead."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.utils import translation

from jiahe.rules import Known, WrongRule, parse, resolve, to_json
from jiahe.rules import subjects as resolvers
from jiahe.rules.model import And, Declared

AGE = {"fact": "age_months", "op": ">=", "value": 24}
SALES = {"category": "0202", "item": "sales_total", "aggregate": "sum", "op": ">=", "value": 1}
WRONG: list[tuple[object, str]] = [
    ([], "规则的“$”处有误：不是一条规则。请写一个 JSON 对象，含且仅含其一：and、or、not、declared、category、fact、label、feature、score。"),
    (AGE | {"label": "a"}, "规则的“$”处有误：不是一条规则。请写一个 JSON 对象，含且仅含其一：and、or、not、declared、category、fact、label、feature、score。"),
    ({"or": []}, "规则的“or”处有误：不是条件的列表。请写至少一个条件的列表。"),
    ({"and": [AGE, AGE | {"unit": "年"}]}, "规则的“and[1]”处有误：不认识“unit”。请只用：fact、op、value。"),
    ({"not": AGE | {"value": "two"}}, "规则的“not.value”处有误：不是数值。请写数字；金额以元为单位。"),
    (AGE | {"value": True}, "规则的“$.value”处有误：不是数值。请写数字；金额以元为单位。"),
    (AGE | {"value": 1.5}, "规则的“$.value”处有误：数值过大，或小数多于 0 位。请改写数值。"),
    (AGE | {"op": "≥"}, "规则的“$.op”处有误：没有“≥”。请写其中之一：=、!=、>=、>、<=、<、between、in、not_in、exists。"),
    (AGE | {"op": "in"}, "规则的“$.op”处有误：此处不能用“in”。请写其中之一：=、!=、>=、>、<=、<、between。"),
    (
        AGE | {"op": "exists"},
        "规则的“$.op”处有误：此处不能用“exists”。“exists”只用于记录(aggregate 为 any)、标签和 where；缺少的数据一律为待核实。",
    ),
    (AGE | {"op": "between", "value": [9, 3]}, "规则的“$.value”处有误：先大后小。请先写小的值。"),
    (AGE | {"op": "between", "value": [3]}, "规则的“$.value”处有误：不是所需的列表。请写两个值的列表，先小后大。"),
    ({"fact": "mood", "op": "=", "value": "x"}, "规则的“$.fact”处有误：没有“mood”。请写其中之一：region、industry、size、kind、age_months。"),
    (
        {"fact": "size", "op": "in", "value": ["small", "tiny"]},
        "规则的“$.value[1]”处有误：代码表“enterprise_size”没有“tiny”。请写表中的代码，如：large、medium、small、micro。",
    ),
    (SALES | {"category": "9999"}, "规则的“$.category”处有误：目录中没有信息类“9999”。请写目录中的四位代码，如“0202”。"),
    (SALES | {"item": "sale"}, "规则的“$.item”处有误：信息类“0202”没有信息项“sale”。请写目录中该类的信息项代码。"),
    (
        {"category": "0101", "item": "phone", "op": "=", "value": "1"},
        "规则的“$.item”处有误：“phone”是个人信息。请用不涉及个人身份的信息项。",
    ),
    (SALES | {"item": "filed_on"}, "规则的“$.item”处有误：有的信息项不是数值。求和、平均、比例只用于数值。"),
    (SALES | {"item": []}, "规则的“$.item”处有误：“sum”与信息项不符。any 和 count 不写信息项，其余须写。"),
    (SALES | {"aggregate": "count"}, "规则的“$.item”处有误：“count”与信息项不符。any 和 count 不写信息项，其余须写。"),
    (SALES | {"aggregate": "max", "item": "filing_cycle"}, "规则的“$.aggregate”处有误：信息项不能比较大小。最大、最小只用于数值和日期。"),
    (SALES | {"aggregate": "total"}, "规则的“$.aggregate”处有误：没有“total”。请写其中之一：latest、any、count、sum、max、min、average、yearly、monthly。"),
    (SALES | {"growth": True}, "规则的“$.window”处有误：没有写时间段。请写 window，如 {\"years\": 1}。"),
    (SALES | {"growth": "yes"}, "规则的“$.growth”处有误：不是“是”或“否”。请写 true 或 false。"),
    (
        SALES | {"window": {"years": 1}, "growth": True, "per": "output_tax"},
        "规则的“$.growth”处有误：此处不能求增长率。请用不带 per 的 sum 或 count。",
    ),
    (SALES | {"aggregate": "max", "per": "output_tax"}, "规则的“$.per”处有误：“max”不能求比例。请用 latest 或 sum。"),
    (SALES | {"window": {"days": 3}}, "规则的“$.window”处有误：不是一段时间。请写 {\"months\": 1 至 120} 或 {\"years\": 1 至 10}。"),
    (SALES | {"window": {"years": 0}}, "规则的“$.window”处有误：不是一段时间。请写 {\"months\": 1 至 120} 或 {\"years\": 1 至 10}。"),
    (SALES | {"by": "filing_cycle"}, "规则的“$.by”处有误：信息项不是日期。请用日期或年月。"),
    (SALES | {"value": "0.001"}, "规则的“$.value”处有误：数值过大，或小数多于 2 位。请改写数值。"),
    (SALES | {"value": "1e30"}, "规则的“$.value”处有误：数值过大，或小数多于 2 位。请改写数值。"),
    (SALES | {"value": "NaN"}, "规则的“$.value”处有误：不是数值。请写数字；金额以元为单位。"),
    (SALES | {"where": {}}, "规则的“$.where”处有误：不是筛选条件的列表。请写列表，每项含 item、op、value。"),
    (
        SALES | {"where": [{"item": "filed_on", "op": "<", "value": "yesterday"}]},
        "规则的“$.where[0].value”处有误：不是日期。请写“2025-12-31”或“today - 24 months”(days、months、years)。",
    ),
    (
        SALES | {"where": [{"item": "filed_late", "op": "=", "value": "yes"}]},
        "规则的“$.where[0].value”处有误：不是“是”或“否”。请写 true 或 false。",
    ),
    (
        SALES | {"item": ["sales_total", "output_tax"], "aggregate": "latest", "by": "period"} | {"item": []},
        "规则的“$.item”处有误：“latest”与信息项不符。any 和 count 不写信息项，其余须写。",
    ),
    (
        {"category": "0112", "item": ["secured_amount", "registered_on"], "op": "=", "value": 1},
        "规则的“$.item”处有误：有的信息项不是数值。求和、平均、比例只用于数值。",
    ),
    (
        {"category": "0205", "item": ["issued_amount", "issued_count"], "aggregate": "sum", "op": "=", "value": 1},
        "规则的“$.item”处有误：各信息项的单位不同。请用同一单位的信息项。",
    ),
    (
        {"category": "0101", "item": "business_scope", "op": "=", "value": "纺织"},
        "规则的“$.item”处有误：信息项是成段文字。成段文字只能在 where 中判断有无。",
    ),
    ({"declared": "  "}, "规则的“$.declared”处有误：不是文字，或为空，或过长。请写 1 至 200 个字。"),
    ({"and": [AGE] * 101}, "规则的“$”处有误：有 101 个条件。请减至 100 个以内。"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), WRONG)
def test_a_wrong_rule_is_refused_with_one_sentence(data: object, sentence: str) -> None:
    with pytest.raises(WrongRule) as refused:
        parse(data)
    assert refused.value.sentence == sentence
    assert (refused.value.code, refused.value.status) == ("rules.wrong_rule", 400)


def test_the_sentence_is_there_in_english() -> None:
    with translation.override("en"), pytest.raises(WrongRule) as refused:
        parse(SALES | {"category": "9999"})
    with translation.override("en"):
        wanted = "The rule is wrong at “$.category”: "
        assert refused.value.sentence.startswith(wanted)


def test_rules_are_not_nested_without_end() -> None:
    data: dict[str, object] = AGE
    for _level in range(1000):
        data = {"not": data}
    with pytest.raises(WrongRule, match="嵌套过深"):
        parse(data)


@pytest.mark.parametrize("value", ["x", None, {"a": 1}, [1], 10**400, float("inf"), [[]], -1])
@pytest.mark.parametrize(
    "subject",
    [
        AGE,
        SALES,
        {"fact": "size"},
        {"label": "a"},
        {"score": "a"},
        {"category": "0304"},
        {"category": "0206", "item": "graded_on"},
    ],
)
@pytest.mark.parametrize("operator", ["=", "in", "between", "exists"])
def test_whatever_is_written_is_read_or_refused(subject: dict[str, object], operator: str, value: object) -> None:
    with suppress(WrongRule):
        rule = parse({**subject, "op": operator, "value": value})
        assert parse(to_json(rule)) == rule


@pytest.mark.parametrize("key", ["category", "item", "op", "aggregate", "window", "where", "by", "per", "growth"])
@pytest.mark.parametrize("value", [None, 3, {}, {"a": []}, [None], [["x"]]])
def test_whatever_stands_for_a_name_is_refused(key: str, value: object) -> None:
    with pytest.raises(WrongRule):
        parse(SALES | {key: value})


def test_no_conditions_at_all() -> None:
    assert parse({"and": []}) == And(())
    assert parse({"declared": " 由推介办推荐 "}) == Declared("由推介办推荐")


def test_fractions_are_written_as_text_and_defaults_left_out() -> None:
    rate = {"category": "0204", "item": "net_profit", "per": "operating_revenue", "op": ">=", "value": 4.35}
    assert to_json(parse(rate)) == rate | {"aggregate": "latest", "value": "4.35"}
    assert to_json(parse({"label": "srdi", "op": "exists"})) == {"label": "srdi", "op": "exists", "value": True}


def test_a_code_must_be_known_to_who_resolves_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolvers, "_resolvers", {})
    score = {"score": "credit", "op": ">=", "value": 600}
    parse(score)
    resolve(Known.SCORE, {"rank": resolvers.PERCENTAGE}.get)
    with pytest.raises(WrongRule, match="没有编码为“credit”的项"):
        parse(score)
    assert to_json(parse({"score": "rank", "op": "<=", "value": 12.5}))["value"] == "12.5"
