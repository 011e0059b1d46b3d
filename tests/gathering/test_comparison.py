"""What deliveries change: upserts, withdrawals, full loads, and the same record again."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from jiahe.catalogue import load
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.delivery import Delivery
from jiahe.gathering.errors import MissingColumns, TooManyWithdrawals
from jiahe.gathering.models import Batch, LoadMode
from jiahe.lake.tables import LakeTable
from tests.lake.deliveries import ACTOR, FIRST, SECOND, THIRD, bytes_below, file_of

pytestmark = pytest.mark.django_db(databases="__all__")

LICENCES = "0401"
HEADER = "uscc,name,decision_no,decided_on,authority,identity_no,op"


def licences(
    folder: Path,
    *lines: str,
    mode: LoadMode = LoadMode.CHANGES,
    scope: tuple[str, str] | None = None,
    allow: bool = False,
) -> Batch:
    path = folder / f"{Batch.objects.count()}.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    category = load().categories[LICENCES]
    return gather(actor=ACTOR, delivery=Delivery(category, [path], "04", mode, scope, allow))


def line(uscc: str, number: str, authority: str = "甲局", identity: str = "", op: str = "") -> str:
    return f"{uscc},公司,{number},2024-01-02,{authority},{identity},{op}"


def counts(batch: Batch) -> tuple[int, int, int, int]:
    return batch.inserted, batch.updated, batch.unchanged, batch.withdrawn


def numbers(uscc: str) -> list[str]:
    return sorted(str(r.values["decision_no"]) for r in file_of(uscc, LICENCES))


def authorities(uscc: str) -> list[object]:
    return [r.values["authority"] for r in file_of(uscc, LICENCES)]


def ten(authority: str = "甲局") -> list[str]:
    return [line(FIRST, f"许{n}", authority) for n in range(10)]


def test_a_record_is_inserted_updated_and_left_as_it_is(tmp_path: Path, home: Path) -> None:
    assert counts(licences(tmp_path, line(FIRST, "许1"), line(SECOND, "许2"))) == (2, 0, 0, 0)
    assert counts(licences(tmp_path, line(FIRST, "许1"), line(SECOND, "许2", "乙局"))) == (0, 1, 1, 0)
    assert (authorities(FIRST), authorities(SECOND)) == (["甲局"], ["乙局"])


def test_a_b_a_restores_a(tmp_path: Path, home: Path) -> None:
    for authority, expected in (("甲局", (1, 0, 0, 0)), ("乙局", (0, 1, 0, 0)), ("甲局", (0, 1, 0, 0))):
        assert counts(licences(tmp_path, line(FIRST, "许1", authority))) == expected
    assert authorities(FIRST) == ["甲局"]


def test_the_last_of_equal_keys_within_a_delivery_counts(tmp_path: Path, home: Path) -> None:
    assert counts(licences(tmp_path, line(FIRST, "许1", "甲局"), line(FIRST, "许1", "乙局"))) == (1, 0, 1, 0)
    assert authorities(FIRST) == ["乙局"]


@pytest.mark.parametrize("word", ["D", "d", "删除"])
def test_a_withdrawn_record_is_gone_and_may_return(tmp_path: Path, home: Path, word: str) -> None:
    licences(tmp_path, line(FIRST, "许1"), line(FIRST, "许2"))
    assert counts(licences(tmp_path, line(FIRST, "许1", op=word), line(FIRST, "许9", op=word))) == (0, 0, 1, 1)
    assert numbers(FIRST) == ["许2"]
    assert counts(licences(tmp_path, line(FIRST, "许1"))) == (1, 0, 0, 0)
    assert numbers(FIRST) == ["许1", "许2"]


def test_a_full_load_withdraws_what_is_absent(tmp_path: Path, home: Path) -> None:
    licences(tmp_path, *ten())
    assert counts(licences(tmp_path, *ten()[2:], mode=LoadMode.FULL)) == (0, 0, 8, 2)
    assert numbers(FIRST) == [f"许{n}" for n in range(2, 10)]


def test_a_full_load_that_withdraws_too_much_changes_nothing(tmp_path: Path, home: Path) -> None:
    licences(tmp_path, *ten())
    table = LakeTable(load().categories[LICENCES])
    before = (table.version(), numbers(FIRST))
    with pytest.raises(TooManyWithdrawals) as refusal:
        licences(tmp_path, *ten()[3:], mode=LoadMode.FULL)
    assert refusal.value.sentence == (
        "全量导入将撤下 3 条，占现有 10 条的 30.0 %，超过 20 %：未作任何改动。确认无误请加 --allow-withdrawals。"
    )
    assert (table.version(), numbers(FIRST)) == before
    assert counts(licences(tmp_path, *ten()[3:], mode=LoadMode.FULL, allow=True)) == (0, 0, 7, 3)


def test_a_key_in_a_refused_row_counts_as_present(tmp_path: Path, home: Path) -> None:
    licences(tmp_path, *ten())
    refused = f"{FIRST},公司,许0,某日,甲局,,"
    batch = licences(tmp_path, refused, *ten()[1:], mode=LoadMode.FULL)
    assert (batch.quarantined, counts(batch)) == (1, (0, 0, 9, 0))
    assert len(numbers(FIRST)) == 10


def test_a_scope_leaves_what_lies_outside_it(tmp_path: Path, home: Path) -> None:
    licences(tmp_path, *ten(), line(SECOND, "许A", "乙局"), line(SECOND, "许B", "乙局"))
    scoped = licences(tmp_path, *ten()[1:], mode=LoadMode.FULL, scope=("authority", "甲局"))
    assert counts(scoped) == (0, 0, 9, 1)
    assert numbers(SECOND) == ["许A", "许B"]


def test_an_identity_number_lies_nowhere_in_clear(tmp_path: Path, home: Path) -> None:
    accepted, refused = "330402199001011237", "330402199001014569"
    batch = licences(tmp_path, line(FIRST, "许1", identity=accepted), f"{SECOND},公司,许2,某日,甲局,{refused},")
    assert (batch.accepted, batch.quarantined) == (1, 1)
    assert counts(licences(tmp_path, line(FIRST, "许1", identity=accepted))) == (0, 0, 1, 0)
    written = bytes_below(home)
    assert [number for number in (accepted, refused) if number.encode() in written] == []


def test_headers_encoding_order_and_an_unknown_column_change_nothing(tmp_path: Path, home: Path) -> None:
    licences(tmp_path, line(FIRST, "许1"), line(THIRD, "许2", "乙局"))
    path = tmp_path / "shuffled.csv"
    content = (
        "许可机关;新增列;行政许可决定文书号;许可决定日期;行政相对人名称;统一社会信用代码\n"
        f"甲局;x;许1;2024年1月2日;公司;{FIRST}\n乙局;y;许2;20240102;公司;{THIRD.lower()}\n"
    )
    path.write_bytes(content.encode("gb18030"))
    batch = gather(actor=ACTOR, delivery=Delivery(load().categories[LICENCES], [path], "04"))
    assert (counts(batch), batch.unknown_columns) == ((0, 0, 2, 0), ["shuffled.csv: 新增列"])


def zipped(path: Path, content: str) -> None:
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("许可.csv", content.encode("gb18030"))


def workbook(path: Path, content: str) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(csv.reader(content.splitlines())):
            sheet.write_row(number, 0, cells)


def json_lines(path: Path, content: str) -> None:
    rows = csv.DictReader(content.splitlines())
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")


def columns(path: Path, content: str) -> None:
    pq.write_table(pa.Table.from_pylist(list(csv.DictReader(content.splitlines()))), path)


WRITERS: dict[str, Callable[[Path, str], object]] = {
    "utf8.csv": lambda path, content: path.write_text(content, encoding="utf-8"),
    "bom.csv": lambda path, content: path.write_text(content, encoding="utf-8-sig"),
    "gb18030.csv": lambda path, content: path.write_text(content, encoding="gb18030"),
    "semicolon.csv": lambda path, content: path.write_text(content.replace(",", ";"), encoding="utf-8"),
    "book.xlsx": workbook,
    "lines.jsonl": json_lines,
    "columns.parquet": columns,
    "archive.zip": zipped,
}


@pytest.mark.parametrize("name", WRITERS)
def test_two_files_of_one_name_and_any_format_are_both_read(tmp_path: Path, home: Path, name: str) -> None:
    files = []
    for folder, code in (("a", FIRST), ("b", SECOND)):
        (tmp_path / folder).mkdir()
        files.append(tmp_path / folder / name)
        WRITERS[name](files[-1], f"{HEADER}\n{line(code, '许1')}\n{line(code, '许2')}\n")
    batch = gather(actor=ACTOR, delivery=Delivery(load().categories[LICENCES], files, "04"))
    assert (batch.read, counts(batch)) == (4, (4, 0, 0, 0))
    assert (numbers(FIRST), numbers(SECOND)) == (["许1", "许2"], ["许1", "许2"])


def test_a_refused_file_leaves_only_its_ledger_row(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text(f"uscc,name\n{FIRST},公司\n", encoding="utf-8")
    with pytest.raises(MissingColumns):
        gather(actor=ACTOR, delivery=Delivery(load().categories[LICENCES], [path], "04"))
    assert [(b.state, b.read) for b in Batch.objects.all()] == [("refused", 0)]
    assert list((home / "tmp").iterdir()) == []
