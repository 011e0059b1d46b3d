"""Refused records leave as a workbook with reasons, and come back corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from jiahe.catalogue import load
from jiahe.gathering import refused
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.actions.take_back import take_back
from jiahe.gathering.delivery import Delivery
from jiahe.gathering.errors import NoRecordsReturned, NotAQuarantineFile, WrongBatch
from jiahe.gathering.models import Batch, Returned
from jiahe.kit.actor import Actor
from jiahe.lake.tables import LakeTable

pytestmark = pytest.mark.django_db(databases="__all__")

GOOD, BAD = "91330100799655058B", "91330100799655058C"
PHONE = "17000000001"
TAXPAYERS = (
    "统一社会信用代码,企业名称,税务登记日期,财务负责人移动电话\n"
    f"{GOOD},甲公司,2020-01-02,{PHONE}\n"
    f"{BAD},乙公司,2020-02-03,{PHONE}\n"
    "91440300192317458F,丙公司,二〇二〇年,\n"
)


@pytest.fixture
def batch(tmp_path: Path, home: Path) -> Batch:
    file = tmp_path / "taxpayers.csv"
    file.write_text(TAXPAYERS, encoding="utf-8")
    return gather(actor=Actor.system(), delivery=Delivery(load().categories["0201"], [file], source="02"))


def sheet(path: Path) -> list[list[str]]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [[str(cell) for cell in row] for row in rows]


def corrected(rows: list[list[str]], path: Path, **changes: tuple[int, str]) -> Path:
    """The workbook again, with (row, text) put into columns named by their Chinese label."""
    for column, (row, text) in changes.items():
        rows[row][rows[0].index(column)] = text
    with xlsxwriter.Workbook(path) as book:
        out = book.add_worksheet()
        for number, cells in enumerate(rows):
            out.write_row(number, 0, cells)
    return path


def test_a_page_of_reasons_names_file_row_column_value_and_what_to_do(batch: Batch) -> None:
    assert [(r.file, r.row, r.column, r.value, r.sentence) for r in refused.rows(batch.pk, 10, 0)] == [
        ("taxpayers.csv", 3, "统一社会信用代码", BAD, "统一社会信用代码未通过校验：请与来源核对后重新导入"),
        ("taxpayers.csv", 4, "税务登记日期", "二〇二〇年", "应为日期(如 2026-01-31)：请改正后重新导入"),
    ]


def test_the_workbook_has_the_reasons_beside_the_cells_and_masks_phones(batch: Batch) -> None:
    rows = sheet(refused.export_xlsx(batch.pk))
    assert rows[0][:6] == ["隔离批次", "隔离序号", "来源文件", "来源行", "隔离原因", "统一社会信用代码"]
    assert rows[1][:6] == [
        str(batch.pk),
        "1",
        "taxpayers.csv",
        "3",
        "统一社会信用代码：统一社会信用代码未通过校验：请与来源核对后重新导入",
        BAD,
    ]
    assert rows[1][rows[0].index("财务负责人移动电话")] == "170******01"
    assert len(rows) == 3


def test_corrected_records_are_accepted_and_closed_and_a_masked_phone_keeps_its_value(
    batch: Batch, tmp_path: Path
) -> None:
    rows = sheet(refused.export_xlsx(batch.pk))
    file = corrected(rows, tmp_path / "back.xlsx", 统一社会信用代码=(1, "91110108551385082Q"))
    outcome = take_back(actor=Actor.system(), file=file)
    assert (outcome.batch.read, outcome.batch.accepted, outcome.closed, outcome.still_open) == (2, 1, 1, 1)
    assert [r.row for r in refused.rows(batch.pk, 10, 0)] == [4]
    from jiahe import profiles

    officer = Actor(None, "officer", "authority", "data_officer", "web")
    read = profiles.read(actor=officer, enterprise="91110108551385082Q", categories=["0201"], purpose="data_quality")
    assert read.records["0201"][0].values["finance_phone"] == "170******01"


def test_the_same_workbook_again_closes_nothing_more(batch: Batch, tmp_path: Path) -> None:
    rows = sheet(refused.export_xlsx(batch.pk))
    changes = {"统一社会信用代码": (1, "91110108551385082Q"), "税务登记日期": (2, "2020-03-04")}
    file = corrected(rows, tmp_path / "back.xlsx", **changes)
    assert take_back(actor=Actor.system(), file=file).still_open == 0
    version = LakeTable(load().categories["0201"]).version()
    with pytest.raises(NoRecordsReturned):
        take_back(actor=Actor.system(), file=file)
    assert LakeTable(load().categories["0201"]).version() == version
    assert Returned.objects.count() == 1


def test_other_files_are_refused_and_change_nothing(batch: Batch, tmp_path: Path) -> None:
    other = corrected([["统一社会信用代码", "企业名称"], [GOOD, "甲"]], tmp_path / "other.xlsx")
    with pytest.raises(NotAQuarantineFile) as refusal:
        take_back(actor=Actor.system(), file=other)
    assert refusal.value.sentence == (
        "文件“other.xlsx”不是隔离区导出的工作簿：请保留“隔离批次”和“隔离序号”两列，且只含一个批次。"
    )
    exported = refused.export_xlsx(batch.pk)
    with pytest.raises(WrongBatch):
        take_back(actor=Actor.system(), file=exported, expected=batch.pk + 1)
    assert Batch.objects.count() == 1
    assert refused.still_open(batch) == 2
