"""What a record is refused for."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiahe.gathering import refused
from jiahe.gathering.models import Batch
from jiahe.kit import uscc
from tests.lake.deliveries import FIRST, SECOND, deliver, file_of

pytestmark = pytest.mark.django_db(databases="__all__")

SHAREHOLDERS = "0103"
OFF = "统一社会信用代码未通过校验：请与来源核对后重新导入"


def shareholders(folder: Path, codes: list[str]) -> Batch:
    """A shareholder for each code."""
    lines = [f"{FIRST},甲公司,2025,股东{n},{code},2026-03-01" for n, code in enumerate(codes)]
    return deliver(folder, SHAREHOLDERS, *lines, header="uscc,name,year,shareholder,shareholder_uscc,reported_on")


def test_the_code_of_another_is_checked_like_the_enterprises_own(tmp_path: Path) -> None:
    others = [SECOND[:n] + sign + SECOND[n + 1 :] for n in range(18) for sign in uscc.ALPHABET]
    short_and_foreign = [SECOND[:17], SECOND + "0", SECOND[:8] + "I" + SECOND[9:], "330100000012345"]
    batch = shareholders(tmp_path, [*others, *short_and_foreign])
    valid = [n for n, code in enumerate(others) if uscc.problem(code) is None]
    assert {others[n] for n in valid} == {SECOND}
    assert sorted(str(r.values["shareholder"]) for r in file_of(FIRST, SHAREHOLDERS)) == sorted(
        f"股东{n}" for n in valid
    )
    assert batch.quarantined == len(others) + 4 - len(valid)
    (first,) = refused.rows(batch.pk, 1, 0)
    assert (first.column, first.value, first.sentence) == ("股东统一社会信用代码", others[0], OFF)


def test_the_code_of_another_may_be_missing_and_is_made_normal(tmp_path: Path) -> None:
    assert shareholders(tmp_path, ["", f" {SECOND.lower()} "]).quarantined == 0
    found = {r.values["shareholder"]: r.values["shareholder_uscc"] for r in file_of(FIRST, SHAREHOLDERS)}
    assert found == {"股东0": None, "股东1": SECOND}


@pytest.mark.parametrize(
    ("code", "columns", "values"),
    [
        ("2401", "account_no,period,usage,amount_due", "1,2026-09,-12.5,-40"),
        ("2502", "account_no,period,usage,peak_usage,amount_due", "1,2026-09,-12.5,-3,-40"),
        ("2601", "account_no,period,usage,amount_due", "1,2026-09,-12.5,-40"),
    ],
)
def test_a_bill_may_take_back_what_an_earlier_one_was_too_high(
    tmp_path: Path, code: str, columns: str, values: str
) -> None:
    assert deliver(tmp_path, code, f"{FIRST},甲公司,{values}", header=f"uscc,name,{columns}").quarantined == 0


@pytest.mark.parametrize(
    ("code", "columns", "first", "second"),
    [
        ("0701", "insurance_no,insurance_kind,registered_on", "A1,工伤保险,2020-01-02", "A2,工伤保险,2020-01-02"),
        ("0702", "insurance_no,insurance_kind,period", "A1,工伤保险,2026-09", "A2,工伤保险,2026-09"),
        ("1101", "account_no,period", "A1,2026-09", "A2,2026-09"),
        ("2503", "account_no,owed_since,violation_kind", "1,2026-09-01,欠费", "1,2026-09-01,窃电"),
    ],
)
def test_records_that_differ_in_account_or_kind_stand_side_by_side(
    tmp_path: Path, code: str, columns: str, first: str, second: str
) -> None:
    lines = [f"{FIRST},甲公司,{first}", f"{FIRST},甲公司,{second}"]
    batch = deliver(tmp_path, code, *lines, header=f"uscc,name,{columns}")
    assert (batch.inserted, batch.quarantined, len(file_of(FIRST, code))) == (2, 0, 2)
