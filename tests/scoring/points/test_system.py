from __future__ import annotations

from copy import deepcopy
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiahe.scoring.points.errors import WrongSystem
from jiahe.scoring.points.system import System, dimension_points, points, total
from jiahe.scoring.points.written import read, written
from tests.scoring.points.systems import FEATURES, SMALL, WHOLE, systems


@pytest.mark.parametrize(
    ("values", "by_dimension"),
    [
        ({}, (5, 0)),
        ({"age": 11, "staff": 9, "tax_paid": 0}, (0, 0)),
        ({"age": 12, "staff": None, "tax_paid": 1}, (25, 10)),
        ({"age": 35, "staff": 10, "tax_paid": 9_999_999}, (40, 10)),
        ({"age": 36, "staff": 10, "tax_paid": 10_000_000}, (50, 30)),
    ],
)
def test_a_value_is_worth_the_band_it_lies_in(values: dict[str, int | None], by_dimension: tuple[int, int]) -> None:
    found = points(read(SMALL, FEATURES), values)
    assert tuple(one.points for one in found.dimensions) == by_dimension
    assert (found.total, found.most) == (sum(by_dimension), 80)


def test_the_points_say_what_they_are_made_of() -> None:
    staff = points(read(SMALL, FEATURES), {"age": 36}).dimensions[0].made_of[1]
    assert (staff.feature, staff.value, staff.band, staff.points, staff.best) == ("staff", None, None, 5, 20)


@given(system=systems(), rows=st.lists(st.tuples(*[WHOLE] * len(FEATURES)), min_size=1, max_size=8))
def test_the_whole_city_gets_what_each_enterprise_gets(system: System, rows: list[tuple[int | None, ...]]) -> None:
    table = pa.table({f: pa.array([row[n] for row in rows], pa.int64()) for n, f in enumerate(FEATURES)})
    own = [points(system, dict(zip(FEATURES, row, strict=True))) for row in rows]
    wanted = {"total": total(system)} | {one.code: dimension_points(one) for one in system.dimensions}
    expected = [(one.total, *(d.points for d in one.dimensions)) for one in own]
    eager = nw.from_native(table, eager_only=True).select(**wanted).rows()
    lazy = nw.from_native(duckdb.from_arrow(table)).select(**wanted).collect("pyarrow").rows()
    assert eager == lazy == expected


@given(systems())
def test_what_is_written_is_read_again(system: System) -> None:
    assert read(written(system), FEATURES) == system


def _changed(path: list[Any], value: Any) -> Any:
    body: Any = deepcopy(SMALL)
    place = body
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return body


_AGE = ["dimensions", 0, "indicators", 0]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ([], "应有 1 至 12 个维度。"),
        ({"dimensions": []}, "应有 1 至 12 个维度。"),
        (_changed(["dimensions", 1, "code"], "stability"), "维度的代码不能重复。"),
        (_changed(["dimensions", 1, "code"], "a b"), "每个维度应有由字母、数字和下划线组成的代码。"),
        (_changed(["dimensions", 1, "name"], "纳税"), "维度“tax”应有中文和英文名称，各不超过 40 个字。"),
        (_changed(["dimensions", 1, "most"], 0), "维度“纳税”的满分应为 1 至 1000 的整数。"),
        (_changed(["dimensions", 1, "most"], True), "维度“纳税”的满分应为 1 至 1000 的整数。"),
        (_changed(["dimensions", 1, "most"], 31), "维度“纳税”的指标最多合计 30 分，达不到满分 31 分。"),
        (_changed(["dimensions", 1, "indicators"], []), "维度“纳税”应有 1 至 20 个指标。"),
        (
            _changed(["dimensions", 1, "indicators", 0, "feature"], "age"),
            "指标“age”出现了两次：每个指标只用一次。",
        ),
        (_changed([*_AGE, "feature"], "unknown"), "维度“经营稳定”中的指标“unknown”不存在：请从列表中选择。"),
        (_changed([*_AGE, "missing"], -1), "指标“age”无数据时的分值应为 0 至 50 的整数。"),
        (_changed([*_AGE, "bands"], [{"least": None, "points": 1}]), "指标“age”应有 2 至 12 档。"),
        (_changed([*_AGE, "bands", 1, "points"], 51), "指标“age”各档的分值应为 0 至 50 的整数。"),
        (_changed([*_AGE, "bands", 0, "least"], 0), "指标“age”的第一档不设下限。"),
        (
            _changed([*_AGE, "bands", 1, "least"], None),
            "指标“age”从第二档起都应填写下限：金额精确到分，比例精确到 0.01 %，其余为整数。",
        ),
        (
            _changed([*_AGE, "bands", 1, "least"], 1.5),
            "指标“age”从第二档起都应填写下限：金额精确到分，比例精确到 0.01 %，其余为整数。",
        ),
        (_changed([*_AGE, "bands", 1, "least"], 36), "指标“age”第 3 档的下限应大于上一档。"),
    ],
)
def test_a_fault_is_named(body: Any, sentence: str) -> None:
    with pytest.raises(WrongSystem) as refused:
        read(body, FEATURES)
    assert refused.value.faults == (sentence,)


def test_every_fault_is_named_at_once() -> None:
    body = _changed([*_AGE, "missing"], -1)
    body["dimensions"][1]["most"] = 31
    with pytest.raises(WrongSystem) as refused:
        read(body, FEATURES)
    assert len(refused.value.faults) == 2
    assert refused.value.sentence.startswith("指标体系有 2 处需要改正：指标“age”")
