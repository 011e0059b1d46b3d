"""Every bad input gets one clear sentence through the command line, exit 1 or 2, and nothing is lost."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Installation

GOOD = "统一社会信用代码,企业名称,税务登记日期\n91330100799655058B,甲公司,2020-01-02\n"
FORMATS = "请确认格式(CSV、XLSX、JSON Lines、Parquet 或其 ZIP)后重新导入。"


def text(content: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(content, encoding="utf-8")


def raw(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def archive(member: str, content: str) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr(member, content)

    return write


def locked(path: Path) -> None:
    """The mark of encryption in both headers is what a reader sees first."""
    archive("a.csv", GOOD)(path)
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)


def damaged(path: Path) -> None:
    """An archive whose list is whole and whose content is not."""
    archive("a.csv", GOOD * 50)(path)
    content = bytearray(path.read_bytes())
    content[40:60] = b"\xff" * 20
    path.write_bytes(content)


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty.csv": (raw(b""), "文件“empty.csv”没有表头：请确认导出是否完整。"),
    "blank.csv": (text(",,\n1,2,3\n"), "文件“blank.csv”没有表头：请确认导出是否完整。"),
    "missing.csv": (
        text("统一社会信用代码\n91330100799655058B\n"),
        "文件“missing.csv”缺少必填列：企业名称(name)。请补齐后重新导入。",
    ),
    "twice.csv": (
        text("uscc,统一社会信用代码,name\na,b,c\n"),
        "文件“twice.csv”有多列指向同一信息项：统一社会信用代码。请只保留一列。",
    ),
    "utf16.csv": (
        raw(GOOD.encode("utf-16")),
        "文件“utf16.csv”无法读取：编码既不是 UTF-8 也不是 GB18030(第 0 字节)。" + FORMATS,
    ),
    "old.doc": (text(GOOD), "文件“old.doc”无法读取：不支持的格式 .doc。" + FORMATS),
    "broken.xlsx": (text(GOOD), "文件“broken.xlsx”无法读取："),
    "broken.parquet": (text(GOOD), "文件“broken.parquet”无法读取："),
    "broken.jsonl": (text('{"uscc": 1}\n{"uscc": '), "文件“broken.jsonl”无法读取：第 2 行不是完整的 JSON("),
    "list.jsonl": (text("[1]\n"), "文件“list.jsonl”无法读取：第 1 行不是 JSON 对象。" + FORMATS),
    "broken.zip": (text(GOOD), "文件“broken.zip”无法读取：ZIP 已损坏。" + FORMATS),
    "damaged.zip": (damaged, "文件“damaged.zip”无法读取：ZIP 已损坏。" + FORMATS),
    "locked.zip": (locked, "文件“locked.zip”无法读取：ZIP 有密码。" + FORMATS),
    "bomb.zip": (archive("a.csv", "0" * 5_000_000), "文件“bomb.zip”无法读取：ZIP 解压后异常庞大。" + FORMATS),
    "nothing.zip": (archive("read.me", "x"), "文件“nothing.zip”没有表头：请确认导出是否完整。"),
}
# The command line itself, in one process for all files.
EACH = """
import contextlib, io, json, pathlib, sys
from jiahe import cli
said = {{}}
for file in {files!r}:
    sys.argv = ["jiahe", "gather", file, "--category", "0201"]
    with contextlib.redirect_stderr(io.StringIO()) as errors:
        try:
            cli.main()
        except SystemExit as end:
            code = end.code
    said[pathlib.Path(file).name] = (code, errors.getvalue())
print(json.dumps(said))
"""
QUARANTINED = {
    "check.csv": GOOD.replace("58B", "58C"),
    "date.csv": GOOD.replace("2020-01-02", "二〇二〇年"),
    "name.csv": GOOD.replace("甲公司", ""),
    "columns.csv": GOOD + "91330100799655058B,甲公司,2020-01-02,多,余\n",
}


def test_whole_files_that_are_refused(installation: Installation, tmp_path: Path) -> None:
    good = tmp_path / "good.csv"
    good.write_text(GOOD, encoding="utf-8")
    installation.run("gather", good, "--category", "0201")
    for name, (write, _) in REFUSED.items():
        write(tmp_path / name)
    said = json.loads(installation.python(EACH.format(files=[str(tmp_path / name) for name in REFUSED])))
    absent = installation.run("gather", tmp_path / "absent.csv", "--category", "0201", code=2).stderr
    unknown = installation.run("gather", good, "--category", "9901", code=2).stderr
    scope = installation.run("gather", good, "--category", "0201", "--mode", "full", "--scope", "x=1", code=2).stderr
    assert {n: c for n, (c, _) in said.items()} == dict.fromkeys(REFUSED, 2)
    assert {n: s for n, (_, s) in said.items() if not s.startswith(REFUSED[n][1]) or s.count("\n") != 1} == {}
    assert "absent.csv”不存在或不可读：请检查路径和权限。" in absent
    assert unknown == "信息类“9901”不在目录中：请用 jiahe catalogue list 查看全部信息类。\n"
    assert scope == "范围“x=1”应写作 信息项=取值，且信息项属于该信息类。\n"
    again = json.loads(installation.run("gather", good, "--category", "0201", "--json").stdout)
    assert (again["inserted"], again["updated"], again["unchanged"]) == (0, 0, 1)


def test_records_that_are_quarantined(installation: Installation, tmp_path: Path) -> None:
    counts = {}
    for name, content in QUARANTINED.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        done = installation.run("gather", tmp_path / name, "--category", "0201", "--json", code=1)
        batch = json.loads(done.stdout)
        counts[name] = (batch["read"], batch["accepted"], batch["quarantined"])
    assert counts == {"check.csv": (1, 0, 1), "date.csv": (1, 0, 1), "name.csv": (1, 0, 1), "columns.csv": (2, 1, 1)}
