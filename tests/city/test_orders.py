"""Orders that a city is made from: months are months, and real registrations stay as they are."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jiahe.city.build import Order, build
from jiahe.city.errors import UnknownMonth

REAL = "91330421MA29H4555E"  # a code of the public register, as the documentation of the command shows it
HEAD = "name,uscc,reg_date,type,capital,scope,province,city,address"


@pytest.mark.parametrize("until", ["2026", "2026-13", "2026-1", "2026-10-01", "1999-10", "soon"])
def test_what_is_no_month_is_refused_and_nothing_is_written(until: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownMonth):
        build(Order(10, 1_000, 7, tmp_path / "out", until=until), processes=1)
    assert not (tmp_path / "out").exists()


def test_real_registrations_are_written_unmarked_and_without_what_they_do_not_say(tmp_path: Path) -> None:
    file = tmp_path / "registrations.csv"
    lines = [
        HEAD,
        f"甲门市部,{REAL},1980-02-05,集体分支机构(非法人),,零售：农药,浙江,嘉兴,嘉善县陶庄镇",
        f"校验位有误,{REAL[:-1]}F,1980-02-05,普通合伙,,塑料制品,浙江,嘉兴,平湖市",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    made = build(Order(10, 2_000, 7, tmp_path / "out", registrations=file), processes=1)
    assert made.enterprises == 1
    assert not (tmp_path / "out/01/0101/9000-0000.csv").exists()
    with (tmp_path / "out/01/0101/0000.csv").open(encoding="utf-8", newline="") as source:
        assert list(csv.DictReader(source)) == [
            {
                "统一社会信用代码": REAL,
                "企业名称": "甲门市部",
                "企业类型": "集体分支机构(非法人)",
                "注册资本": "",
                "成立日期": "1980-02-05",
                "住所": "嘉善县陶庄镇",
                "经营范围": "零售：农药",
            }
        ]
