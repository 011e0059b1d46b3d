"""The workbook of institutions, branches and people: read, its template, and the report of what was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.kit.errors import JiaheError

INSTITUTIONS, BRANCHES, PEOPLE = "机构", "网点", "人员"
INSTITUTION, BRANCH, NAME, PARENT, AREA = "机构代码", "网点代码", "名称", "上级网点代码", "行政区划"
LOGIN, PERSON, PHONE, ROLE = "登录名", "姓名", "手机号", "角色"
COLUMNS: dict[str, tuple[str, ...]] = {
    INSTITUTIONS: (INSTITUTION, NAME),
    BRANCHES: (INSTITUTION, BRANCH, NAME, PARENT, AREA),
    PEOPLE: (INSTITUTION, BRANCH, LOGIN, PERSON, PHONE, ROLE),
}
REASON = "原因"
MOST_ROWS = 20_000
WRONG = {"bg_color": "#FBF3E0", "font_color": "#8A5A12", "text_wrap": True}

Values = dict[str, str]


class NotAWorkbook(JiaheError):
    code = "accounts.not_a_workbook"
    status = 422
    template = _("文件不是可识别的工作簿：请用模板填写“机构”“网点”“人员”各表，存为 XLSX 后重试。")


class ColumnsMissing(JiaheError):
    code = "accounts.columns_missing"
    status = 422
    template = _("“{sheet}”表缺少列：{columns}。请用模板填写后重试，未作任何改动。")


class TooManyRows(JiaheError):
    code = "accounts.too_many_rows"
    status = 422
    template = _("工作簿有 {rows:,} 行，一次最多 {most:,} 行：请拆分后分次导入，未作任何改动。")


@dataclass(frozen=True)
class Row:
    """One row as it was written; `number` is the sheet's own."""

    sheet: str
    number: int
    values: Values


@dataclass(frozen=True)
class Refused:
    """A row that was not taken: which column is wrong, empty where it is the row as a whole, and why."""

    row: Row
    column: str
    sentence: str


def read(file: Path) -> list[Row]:
    """The rows of the sheets that are there, without empty ones. `NotAWorkbook`, `ColumnsMissing`, `TooManyRows`."""
    try:
        with CalamineWorkbook.from_path(str(file)) as book:
            sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names if name in COLUMNS}
    except (CalamineError, OSError, ValueError) as error:
        raise NotAWorkbook from error
    if not sheets:
        raise NotAWorkbook
    rows = [row for name in COLUMNS if name in sheets for row in _rows(name, sheets[name])]
    if len(rows) > MOST_ROWS:
        raise TooManyRows(rows=len(rows), most=MOST_ROWS)
    return rows


def _rows(sheet: str, cells: Sequence[Sequence[object]]) -> list[Row]:
    head = [_text(cell) for cell in cells[0]] if cells else []
    if missing := [column for column in COLUMNS[sheet] if column not in head]:
        raise ColumnsMissing(sheet=sheet, columns="、".join(missing))
    places = {column: head.index(column) for column in COLUMNS[sheet]}
    rows = [
        Row(sheet, number, {column: _text(line[place]) for column, place in places.items()})
        for number, line in enumerate(cells[1:], start=2)
    ]
    return [row for row in rows if any(row.values.values())]


def _text(cell: object) -> str:
    """A cell as it was typed: a phone number that the sheet took for a number has no fraction."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def template() -> bytes:
    """An empty workbook with the sheets, their columns, and which roles there are."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for name, columns in COLUMNS.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, len(columns) - 1, 20, text)
            sheet.write_row(0, 0, columns, bold)
            sheet.freeze_panes(1, 0)
            if ROLE in columns:
                roles = [str(role.label) for role in ROLES[OrganisationKind.INSTITUTION]]
                place = columns.index(ROLE)
                sheet.data_validation(1, place, MOST_ROWS, place, {"validate": "list", "source": roles})
    return target.getvalue()


def report(refused: Sequence[Refused]) -> bytes:
    """The refused rows, sheet by sheet: the wrong cell marked, the reason beside; corrected, it can be imported."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        formats = {"bold": book.add_format({"bold": True}), "wrong": book.add_format(WRONG)}
        for name in COLUMNS:
            if rows := [one for one in refused if one.row.sheet == name]:
                _report_sheet(book, name, rows, formats)
        if not refused:
            book.add_worksheet(INSTITUTIONS).write_string(0, 0, gettext("没有被拒的行"))
    return target.getvalue()


def _report_sheet(book: xlsxwriter.Workbook, name: str, rows: Sequence[Refused], formats: Mapping[str, object]) -> None:
    sheet = book.add_worksheet(name)
    columns = COLUMNS[name]
    sheet.write_row(0, 0, [*columns, REASON], formats["bold"])
    sheet.set_column(0, len(columns) - 1, 20)
    sheet.set_column(len(columns), len(columns), 60)
    for line, one in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            wrong = (formats["wrong"],) if column == one.column else ()
            sheet.write_string(line, place, one.row.values[column], *wrong)
        sheet.write_string(line, len(columns), one.sentence, formats["wrong"])
