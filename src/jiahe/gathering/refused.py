"""What a person sees of refused records: a page of reasons, and a workbook with the reasons beside the cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from jiahe.catalogue import Category, load
from jiahe.gathering import quarantine
from jiahe.gathering.checks import sentence
from jiahe.gathering.models import Batch, Returned
from jiahe.kit.crypto import keyring, mask
from jiahe.kit.home import folder
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.engines.duckdb import literal

# The workbook's own columns; a reader of deliveries takes them for unknown ones and leaves them aside.
BATCH, NUMBER, FILE, ROW, REASONS = "隔离批次", "隔离序号", "来源文件", "来源行", "隔离原因"
OWN = (BATCH, NUMBER, FILE, ROW, REASONS)
WRONG = {"bg_color": "#FBF3E0", "font_color": "#8A5A12", "text_wrap": True}
LONGEST = 32_000  # Excel takes 32,767 characters a cell


@dataclass(frozen=True)
class Refusal:
    """One broken rule of one refused record: where it stood, what was written, what to do."""

    file: str
    row: int
    column: str
    value: str
    sentence: str


def rows(batch: int, limit: int, offset: int) -> list[Refusal]:
    """Broken rules in the order of the rows, without those of records that came back corrected."""
    found = Batch.objects.get(pk=batch)
    category = load().categories[found.category]
    reasons = _reasons(batch, closed(batch))
    return [_refusal(category, r) for r in reasons[offset : offset + limit]]


def closed(batch: int) -> set[int]:
    """The refused records of a batch that came back corrected."""
    lists = Returned.objects.filter(batch=batch).values_list("rows", flat=True)
    return {int(row) for one in lists for row in one}


def still_open(batch: Batch) -> int:
    """How many refused records still wait for a correction."""
    return batch.quarantined - len(closed(batch.pk))


def _reasons(batch: int, done: set[int]) -> list[dict[str, Any]]:
    """Every broken rule with the file and row of its record; a row that is no record has no number."""
    place = quarantine.place(batch)
    if not (place / "reasons.parquet").exists():
        return []
    reasons, records = (
        f"read_parquet({literal(str(place / name))})" for name in ("reasons.parquet", "records.parquet")
    )
    found = _fetch(f"""SELECT r._row AS _row, coalesce(r.file, k.file) AS file, coalesce(r.row, k.row) AS row,
        r.item AS item, r.rule AS rule, r.value AS value
        FROM {reasons} r LEFT JOIN {records} k USING (_row) ORDER BY file, row, item""")
    return [r for r in found if r["_row"] is None or int(r["_row"]) not in done]


def records(batch: int) -> list[dict[str, Any]]:
    """The refused records of a batch as they were written; encrypted items are sealed."""
    path = quarantine.place(batch) / "records.parquet"
    return _fetch(f"SELECT * FROM read_parquet({literal(str(path))}) ORDER BY _row") if path.exists() else []


def _fetch(sql: str) -> list[dict[str, Any]]:
    with engine.session() as session:
        cursor = session.execute(sql)
        names = [c[0] for c in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _refusal(category: Category, reason: dict[str, Any]) -> Refusal:
    item = category.by_code.get(reason["item"] or "")
    value = shown(category, reason["item"], reason["value"])
    text = sentence(category, reason["item"], reason["rule"])
    return Refusal(reason["file"], reason["row"], item.name.zh if item else "", value or "", text)


def shown(category: Category, code: str | None, written: str | None) -> str | None:
    """What a person sees of a written value: phone and identity numbers masked."""
    item = category.by_code.get(code or "")
    return mask(keyring().decrypt(written)) if item and item.encrypted and written else written


def export_xlsx(batch: int) -> Path:
    """Write the open refused records of a batch as a workbook; wrong cells are marked and say why."""
    found = Batch.objects.get(pk=batch)
    category = load().categories[found.category]
    done = closed(batch)
    path = folder("tmp") / f"quarantine-{found.category}-{batch}.xlsx"
    wrong: dict[int, dict[str, str]] = defaultdict(dict)
    malformed = []
    for reason in _reasons(batch, done):
        if reason["_row"] is None:
            malformed.append(reason)
        else:
            wrong[int(reason["_row"])][reason["item"]] = sentence(category, reason["item"], reason["rule"])
    with xlsxwriter.Workbook(path) as book:
        _sheet(book, category, batch, [r for r in records(batch) if int(r["_row"]) not in done], wrong)
        if malformed:
            _malformed(book, malformed)
    return path


def _sheet(
    book: xlsxwriter.Workbook,
    category: Category,
    batch: int,
    found: list[dict[str, Any]],
    wrong: dict[int, dict[str, str]],
) -> None:
    sheet = book.add_worksheet(_("隔离记录"))
    items = [i for i in category.items if not found or i.code in found[0]]
    bold, mark = book.add_format({"bold": True}), book.add_format(WRONG)
    sheet.write_row(0, 0, [*OWN, *(i.name.zh for i in items)], bold)
    sheet.freeze_panes(1, len(OWN))
    for line, record in enumerate(found, start=1):
        number = int(record["_row"])
        reasons = wrong[number]
        said = "；".join(f"{category.by_code[code].name.zh}：{text}" for code, text in reasons.items())
        own = (str(batch), str(number), record["file"], str(record["row"]), said)
        for column, text in enumerate(own):
            sheet.write_string(line, column, text[:LONGEST])
        for column, item in enumerate(items, start=len(OWN)):
            text = shown(category, item.code, record[item.code]) or ""
            if item.code in reasons:
                sheet.write_string(line, column, text[:LONGEST], mark)
                sheet.write_comment(line, column, reasons[item.code])
            elif text:
                sheet.write_string(line, column, text[:LONGEST])


def _malformed(book: xlsxwriter.Workbook, found: list[dict[str, Any]]) -> None:
    """Rows whose number of columns differs from the header's: they cannot be corrected here."""
    sheet = book.add_worksheet(_("列数不符的行"))
    sheet.write_row(0, 0, [FILE, ROW, _("整行内容")])
    for line, reason in enumerate(found, start=1):
        sheet.write_string(line, 0, reason["file"] or "")
        sheet.write_string(line, 1, str(reason["row"]))
        sheet.write_string(line, 2, (reason["value"] or "")[:LONGEST])
