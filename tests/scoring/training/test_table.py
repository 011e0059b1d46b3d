"""A table that no card can be made from ends in one sentence, exit code 2 and no card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from jiahe.scoring.training.errors import BadTable
from jiahe.scoring.training.table import Table, read
from tests.scoring.training.tables import made, written

TODAY = date(2026, 11, 25)


def _read(file: Path, time: str | None = None, seed: int = 7) -> Table:
    return read(file, target="defaulted", identity="uscc", time=time, seed=seed, today=TODAY)


def _with(column: str, row: int, value: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def changed(frame: pd.DataFrame) -> pd.DataFrame:
        values = list(frame[column])
        values[row] = value
        return frame.assign(**{column: pd.Series(values, dtype=object)})

    return changed


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda f: f.assign(defaulted=1), "“defaulted”全是 1。请同时给出违约和未违约的企业。"),
        (lambda f: f.assign(defaulted=0), "“defaulted”全是 0。请同时给出违约和未违约的企业。"),
        (_with("defaulted", 4, 2), "“defaulted”应只有 0 和 1，第 6 行是“2”。请把违约记为 1，未违约记为 0。"),
        (_with("defaulted", 4, "是"), "“defaulted”应只有 0 和 1，第 6 行是“是”。请把违约记为 1，未违约记为 0。"),
        (
            _with("defaulted", 0, None),
            "“defaulted”有 1 行没有标签，第一处是第 2 行。请补上 0 或 1，或删除这些行。",
        ),
        (_with("debt_ratio", 9, "1,234"), "第 11 行的“debt_ratio”是“1,234”，不是数。请改成数，没有值就留空。"),
        (_with("debt_ratio", 9, np.inf), "第 11 行的“debt_ratio”是无穷大。请改成数，没有值就留空。"),
        (
            _with("uscc", 3, "913300000000000000"),
            "“uscc”有 1 行重复，第一处是第 5 行的“913300000000000000”。每家企业只留一行，请去重。",
        ),
        (_with("uscc", 3, None), "第 5 行的“uscc”是空的。请补上或删除该行。"),
        (lambda f: f.head(5), "只有 5 行。至少需要 100 行，请扩大样本。"),
        (lambda f: f.head(0), "只有 0 行。至少需要 100 行，请扩大样本。"),
        (
            lambda f: f.assign(defaulted=[1] * 19 + [0] * (len(f) - 19)),
            "违约 19 家，未违约 1481 家。每一类至少需要 20 家，请扩大样本。",
        ),
        (lambda f: f[["uscc", "size", "defaulted"]], "除标签和标识外没有数值列。请至少给出一列数值特征。"),
        (
            lambda f: f[["uscc", "noise"]],
            "没有列 defaulted。文件中的列是 uscc、noise。",
        ),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, change: Callable[[pd.DataFrame], pd.DataFrame], sentence: str) -> None:
    with pytest.raises(BadTable) as refused:
        _read(written(change(made()), tmp_path / "table.csv"))
    assert refused.value.sentence == f"训练表 table.csv：{sentence}"


@pytest.mark.parametrize(
    ("day", "what"),
    [
        (str(TODAY + timedelta(days=1)), "第 3 行的“observed_on”是 2026-11-26，晚于今天"),
        ("soon", "第 3 行的“observed_on”是“soon”，不是日期"),
        ("2024-13", "第 3 行的“observed_on”是“2024-13”，不是日期"),
    ],
)
def test_a_day_of_observation_lies_in_the_past(tmp_path: Path, day: str, what: str) -> None:
    with pytest.raises(BadTable) as refused:
        _read(written(_with("observed_on", 1, day)(made()), tmp_path / "table.csv"), time="observed_on")
    assert refused.value.facts["what"] == what


@pytest.mark.parametrize(("content", "name"), [(b"", "a.csv"), (b"\x00\x01", "a.parquet"), (b'a,b\n"', "a.csv")])
def test_a_file_that_is_no_table(tmp_path: Path, content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadTable) as refused:
        _read(tmp_path / name)
    assert "\n" not in refused.value.sentence


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="没有这个文件"):
        _read(tmp_path / "none.csv")


def test_the_order_in_the_file_decides_nothing(tmp_path: Path) -> None:
    frame = made()
    one = _read(written(frame, tmp_path / "a.csv"))
    other = _read(written(frame.sort_values("defaulted"), tmp_path / "b.csv"))
    pd.testing.assert_frame_equal(one.features, other.features)
    assert (one.target == other.target).all()
    assert not (one.target == _read(tmp_path / "a.csv", seed=8).target).all()


def test_csv_and_parquet_give_the_same_rows(tmp_path: Path) -> None:
    frame = made()
    one, other = _read(written(frame, tmp_path / "a.csv")), _read(written(frame, tmp_path / "a.parquet"))
    pd.testing.assert_frame_equal(one.features, other.features)
    assert (one.target == other.target).all()


def test_neither_the_id_nor_what_an_enterprise_is_becomes_a_feature(tmp_path: Path) -> None:
    table = _read(written(made().assign(owner="甲"), tmp_path / "a.csv"), time="observed_on")
    assert table.names == ["paid_months", "debt_ratio", "noise", "age_months"]
    assert list(table.groups) == ["size", "county", "age"]
    assert table.left_out == ("owner",)


def test_a_chinese_spreadsheet_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(made().rename(columns={"noise": "噪声"}).to_csv(index=False).encode("gb18030"))
    assert "噪声" in _read(tmp_path / "a.csv").names


def test_an_enterprise_of_several_days_is_on_one_side_of_every_fold(tmp_path: Path) -> None:
    frame = made(600)
    later = frame.assign(observed_on="2025-03-31", defaulted=frame["defaulted"].sample(frac=1, random_state=1).values)
    file = written(pd.concat([frame, later]), tmp_path / "a.csv")
    table = _read(file, time="observed_on")
    asked: list[int] = []
    for learned, held in table.folds(5, 7):
        assert not set(table.enterprises[learned]) & set(table.enterprises[held])
        assert abs(table.target[held].mean() - table.target.mean()) < 0.05
        asked.extend(held)
    assert sorted(asked) == list(range(1200))
    with pytest.raises(BadTable, match="每家企业只留一行"):
        _read(file)
    with pytest.raises(BadTable, match="每家企业每个观察日只留一行"):
        _read(written(pd.concat([frame, frame.tail(1)]), tmp_path / "b.csv"), time="observed_on")
