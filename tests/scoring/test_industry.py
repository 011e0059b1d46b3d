"""The industry where none is stated: who makes is told from who sells, and how certain it is follows from the evidence."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from jiahe.catalogue import load
from jiahe.lake.engines.frames import frames
from jiahe.scoring.features.inferring import inferred
from jiahe.scoring.industry import Model, evidence, infer, standard
from tests import registry

REGISTRATIONS = Path(__file__).resolve().parents[3] / "shared/data/jiaxing_registrations.csv"


@pytest.mark.parametrize(
    ("name", "scope", "division"),
    [
        ("嘉兴甲服饰有限公司", "一般经营项目：服装、鞋、帽的制造、加工、销售。", "18"),
        ("嘉兴甲服饰有限公司", "销售：服装、箱包、鞋帽、服装面辅料；从事各类商品及技术的进出口业务", "51"),
        ("海宁甲纺织有限公司", "经编布、纺织制成品的制造、加工；货物进出口、技术进出口", "17"),
        ("海宁甲超市有限公司", "零售：预包装食品、卷烟、日用百货", "52"),
        ("桐乡甲大酒店有限公司", "住宿；正餐服务", "61"),
        ("甲银行股份有限公司海盐支行", "吸收公众存款；发放短期、中期和长期贷款", "66"),
        ("嘉善甲物业管理有限公司", "物业管理。", "70"),
        ("平湖甲建设有限公司", "房屋建筑工程施工（凭资质证书经营）", "47"),
        ("嘉兴甲网络科技有限公司", "计算机软件开发、技术咨询；依法须经批准的项目除外：服装销售", "65"),
        ("嘉兴甲汽车服务有限公司", "机动车维修：三类机动车维修；汽车配件零售", "81"),
    ],
)
def test_scope_and_name_tell_the_division(name: str, scope: str, division: str) -> None:
    found = infer(scope, name)
    assert found is not None
    assert found.division == division
    assert found.certainty > 0.4


def test_nothing_told_is_nothing_inferred() -> None:
    assert infer("在总公司业务范围内从事经营活动。", "某某公司") is None
    assert infer("", "") is None


def test_what_comes_later_in_a_scope_counts_less() -> None:
    pieces = dict(evidence("服装；销售塑料制品、五金制品", "甲公司"))
    assert pieces == {"done 服装": 1.0, "sold 销售": 0.51, "sold 塑料制品": 0.51, "sold 五金制品": 0.51 * 0.85}


def test_more_evidence_is_more_certain() -> None:
    once, twice = infer("服装制造", "甲公司"), infer("服装制造、衬衫制造", "甲制衣有限公司")
    assert once is not None
    assert twice is not None
    assert (once.division, twice.division) == ("18", "18")
    assert once.certainty < twice.certainty


def test_registrations_that_state_their_division_teach() -> None:
    model = Model.of(standard().stored())
    before = model.infer("拉链的生产", "甲公司")
    model.learn([("99", "拉链的生产", "")] + [("41", "拉链的生产", "")] * 50)
    after = model.infer("拉链的生产", "甲公司")
    assert before is not None
    assert after is not None
    assert (before.division, after.division) == ("18", "41")
    assert Model.of(json.loads(json.dumps(model.stored()))).infer_all([("拉链的生产", "甲公司")]) == [after]
    unchanged = infer("拉链的生产", "甲公司")
    assert unchanged == before


def test_its_words_are_of_divisions_that_exist() -> None:
    assert set(standard().divisions) <= set(load().code_lists["industry_division"].by_code)


@pytest.mark.django_db(databases="__all__")
def test_only_those_without_a_stated_division_are_inferred(tmp_path: Path) -> None:
    head = "统一社会信用代码,企业名称,行业大类,经营范围\n"
    rows = (f"{registry.USCC},甲公司,18,服装制造\n", f"{registry.OTHER},嘉兴乙塑料有限公司,,塑料制品生产\n")
    registry.gathered(tmp_path, "0101", head + "".join(rows))
    with frames() as lake:
        assert [(r["division"], r["certainty"] > 5_000) for r in inferred(lake, date(2099, 1, 1)).to_pylist()] == [
            ("29", True)
        ]
        assert inferred(lake, date(2000, 1, 1)).num_rows == 0


@pytest.mark.skipif(not REGISTRATIONS.exists(), reason="the folder shared/data is not beside the project")
def test_on_real_registrations_the_scope_alone_mostly_says_what_the_name_says() -> None:
    """A name speaks of a trade only roughly, so that this is a floor: a seller of textiles calls itself a textile company."""
    with REGISTRATIONS.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["scope"]][::10]
    named = [(row, infer("", row["name"])) for row in rows]
    clear = [(row, by_name.division) for row, by_name in named if by_name and by_name.certainty > 0.3]
    assert len(clear) > 300
    right = [(found := infer(row["scope"], "")) is not None and found.division == division for row, division in clear]
    assert np.mean(right) > 0.55
    told = [infer(row["scope"], row["name"]) for row in rows]
    assert sum(one is None for one in told) < len(rows) * 0.04
