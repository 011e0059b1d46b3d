"""`jiahe audit` from outside: what it says, and how it ends."""

import json
import sqlite3
from pathlib import Path

import pytest

from jiahe.audit.models import Entry
from tests.conftest import Installation

ROWS = """
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor
for number in range(3):
    write(actor=Actor.system(), action="tests.change", subject=f"thing:{number}", facts={"n": number})
"""


def test_verify_export_and_verify_again(installation: Installation, tmp_path: Path) -> None:
    installation.run("audit", "verify", JIAHE_NOW="2026-09-01T00:00:00")
    installation.environment["JIAHE_NOW"] = "2026-09-02T00:00:00"
    installation.python(ROWS)
    said = json.loads(installation.run("audit", "verify", "--json").stdout)
    assert (said["ok"], said["rows"], said["fault"]) == (True, 4, None)
    installation.environment["JIAHE_NOW"] = "2026-10-02T00:00:00"
    out = tmp_path / "months"
    installation.run("audit", "export", "2026-09", out)
    bare = Installation(tmp_path / "bare", installation.environment | {"JIAHE_HOME": str(tmp_path / "bare")})
    bare.environment["DATABASE_URL"] = "sqlite:////nowhere/at/all.sqlite3"
    said = json.loads(bare.run("audit", "verify-export", out, "--json").stdout)
    assert (said["ok"], said["months"], said["rows"], said["keyed"]) == (True, ["2026-09"], 4, False)
    path = out / "2026-09" / "journal.jsonl"
    path.write_text(path.read_text().replace("thing:1", "thing:7"))
    assert "被改动" in bare.run("audit", "verify-export", out, code=1).stdout
    assert "没有导出" in bare.run("audit", "verify-export", tmp_path / "nothing", code=2).stderr


def test_a_changed_row_is_told_in_a_sentence(installation: Installation) -> None:
    if "DATABASE_URL" in installation.environment:
        pytest.skip("the file is changed directly")
    installation.run("audit", "verify")
    installation.python(ROWS)
    installation.run("audit", "verify")
    with sqlite3.connect(installation.home / "jiahe.sqlite3") as database:
        (victim,) = database.execute("SELECT id FROM audit_entry WHERE subject = 'thing:1'").fetchone()
        database.execute(f"UPDATE {Entry._meta.db_table} SET login = 'systen' WHERE id = ?", [victim])
    done = installation.run("audit", "verify", code=1)
    assert f"操作日志第 {victim} 条" in done.stdout
