"""A restored installation answers as the one that was backed up; what is not fit to be restored is refused."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jiahe.catalogue import load
from jiahe.gathering.actions.backup import back_up_by_schedule
from jiahe.gathering.backups.manifest import read
from jiahe.lake.tables import LakeTable
from tests.conftest import SERVER, Installation
from tests.lake.deliveries import FIRST, PENALTIES, PROFILES, SECOND, penalties

LEDGER = """
import json
from django.core.serializers import serialize
from jiahe.gathering.models import Batch
print(json.dumps([json.loads(serialize("json", Batch.objects.order_by("pk"))), Batch.objects.create(
    category="0209", source="", filename="", file_sha256="", mode="changes", actor_login="", state="refused",
    started_at="2024-01-01T00:00:00Z").pk]))
"""


@pytest.fixture
def first(installation: Installation, tmp_path: Path) -> Installation:
    """Two categories with sealed values, corrections, a withdrawn record, and refused ones."""
    files = {
        "a": (PENALTIES, ["uscc,decision_no,decided_on,name", f"{FIRST},甲1,2023-01-01,甲", "错码,甲2,2023-01-01,甲"]),
        "b": (
            PENALTIES,
            ["uscc,decision_no,decided_on,name,op", f"{FIRST},甲1,2023-01-02,甲,", f"{SECOND},乙1,2023-01-03,乙,"],
        ),
        "c": (PENALTIES, ["uscc,decision_no,decided_on,name,op", f"{SECOND},乙1,2023-01-03,乙,D"]),
        "d": (PROFILES, ["uscc,name,finance_phone", f"{FIRST},甲,13800000000", f"{SECOND},乙,13900000000"]),
    }
    for day, (name, (code, lines)) in enumerate(files.items(), start=1):
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        now = f"2024-01-0{day}T10:00:00"
        installation.run("gather", path, "--category", code, code=1 if name == "a" else 0, JIAHE_NOW=now)
    installation.environment["JIAHE_NOW"] = "2024-02-01T10:00:00"
    return installation


@pytest.fixture
def second(first: Installation, tmp_path: Path, pytestconfig: pytest.Config) -> Installation:
    """An empty installation on the same kind of database."""
    environment = {**first.environment, "JIAHE_HOME": str(tmp_path / "second")}
    if SERVER in pytestconfig.stash:
        environment["DATABASE_URL"] = pytestconfig.stash[SERVER].new_database()
    return Installation(tmp_path / "second", environment)


def answers(installation: Installation) -> list[object]:
    """All that a reader can ask: the files as they stand, as they were known, the ledger and the next batch's number."""
    found: list[object] = []
    for code in (FIRST, SECOND):
        for more in ([], ["--as-of", "2024-01-01"], ["--as-of", "2024-01-02"]):
            profile = json.loads(installation.run("file", code, *more, "--json").stdout)
            found.append([profile["enterprise"], profile["records"]])
    return [*found, json.loads(installation.python(LEDGER))]


def quarantined(installation: Installation) -> dict[str, bytes]:
    folder = installation.home / "quarantine"
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.parquet")}


def test_a_restored_home_answers_the_same(first: Installation, second: Installation, tmp_path: Path) -> None:
    said = json.loads(first.run("backup", tmp_path / "backup", "--json").stdout)
    made = read(tmp_path / "backup")
    assert said == {"place": str(tmp_path / "backup"), "files": len(made.files), "bytes": made.size, "categories": 2}
    told = json.loads(second.run("restore", tmp_path / "backup", "--json").stdout)
    assert told == {"made_at": "2024-02-01T10:00:00+08:00", "files": len(made.files), "categories": 2}
    assert answers(second) == answers(first)
    assert quarantined(second) == quarantined(first) != {}
    path = tmp_path / "e.csv"
    path.write_text(
        f"uscc,decision_no,decided_on,name\n{FIRST},甲1,2023-01-02,甲\n{FIRST},甲9,2023-01-02,甲\n", "utf-8"
    )
    counts = [json.loads(i.run("gather", path, "--category", PENALTIES, "--json").stdout) for i in (first, second)]
    assert [(c["batch"], c["inserted"], c["unchanged"]) for c in counts] == [(counts[0]["batch"], 1, 1)] * 2


def test_a_load_that_runs_meanwhile_is_left_out_wholly(
    first: Installation, second: Installation, tmp_path: Path
) -> None:
    """The lake has a batch that the ledger calls running: neither it nor its documents come back."""
    before = [first.run("file", code, "--json").stdout for code in (FIRST, SECOND)]
    path = tmp_path / "e.csv"
    path.write_text(f"uscc,decision_no,decided_on,name\n{FIRST},甲9,2023-01-02,甲\n", "utf-8")
    dying = "import os\nfrom jiahe.gathering.actions import gather\ngather._finish = lambda *a: os._exit(9)\n"
    calls = f"import sys; sys.argv = ['jiahe', 'gather', {str(path)!r}, '--category', '{PENALTIES}']\n"
    with pytest.raises(Exception, match="exit status 9"):
        first.python(dying + calls + "from jiahe.cli import main; main()")
    first.run("backup", tmp_path / "backup")
    second.run("restore", tmp_path / "backup")
    after = [second.run("file", code, "--json").stdout for code in (FIRST, SECOND)]
    assert [json.loads(a)["records"] for a in after] == [json.loads(b)["records"] for b in before]
    states = "from jiahe.gathering.models import Batch; print(list(Batch.objects.order_by('pk').values_list('state', flat=True)))"
    assert second.python(states).strip() == str(["done"] * 4 + ["interrupted"])


def test_keys_apart(first: Installation, second: Installation, tmp_path: Path) -> None:
    first.run("backup", tmp_path / "backup", "--keys", tmp_path / "apart")
    assert not (tmp_path / "backup" / "keys").exists()
    refused = second.run("restore", tmp_path / "backup", code=2).stderr
    assert refused == "数据密钥缺失或不是做备份时的密钥：请用 --keys 或 JIAHE_KEYS 给出。未作任何改动。\n"
    second.run("restore", tmp_path / "backup", "--keys", tmp_path / "apart")
    assert answers(second) == answers(first)
    assert (second.home / "keys" / "data").stat().st_mode & 0o777 == 0o600


def test_what_is_not_whole_is_refused(first: Installation, second: Installation, tmp_path: Path) -> None:
    whole = tmp_path / "backup"
    first.run("backup", whole)
    table = next(name for name in read(whole).files if name.startswith("lake/") and name.endswith(".parquet"))
    for number, damage in enumerate(("manifest.json", "cut", "changed", "gone")):
        place = tmp_path / f"damaged-{number}"
        shutil.copytree(whole, place)
        path = place / (damage if number == 0 else table)
        content = path.read_bytes()
        if damage == "cut":
            path.write_bytes(content[:-1])
        elif damage == "changed":
            path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
        else:
            path.unlink()
        said = second.run("restore", place, code=2).stderr
        if number == 0:
            assert said == f"“{place}”不是完整的备份：没有可读的 manifest.json，备份未做完或目录不对。未作任何改动。\n"
        else:
            assert said == f"备份不完整或已损坏：文件“{table}”缺失或与清单不符。请用另一份备份，未作任何改动。\n"
    second.run("restore", whole)


def test_an_installation_with_data_is_left_alone(first: Installation, tmp_path: Path) -> None:
    first.run("backup", tmp_path / "backup")
    before = answers(first)
    said = first.run("restore", tmp_path / "backup", code=2).stderr
    assert "中已有数据：请恢复到新的数据目录与空的数据库。未作任何改动。" in said
    assert len(said.splitlines()) == 1
    assert first.run("backup", tmp_path / "backup", code=2).stderr == (
        f"“{tmp_path / 'backup'}”不是空目录：请给出新的或空的目录。\n"
    )
    assert answers(first)[:-1] == before[:-1]


def test_a_backup_of_newer_code_or_another_database_is_refused(
    first: Installation, second: Installation, tmp_path: Path
) -> None:
    first.run("backup", tmp_path / "backup")
    path = tmp_path / "backup" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(manifest | {"migrations": [["gathering", "9999_later"]]}), "utf-8")
    said = second.run("restore", tmp_path / "backup", code=2).stderr
    assert said == "备份由更新的版本做成(不认识 gathering.9999_later)：请先升级程序。未作任何改动。\n"
    path.write_text(json.dumps(manifest | {"database": "another"}), "utf-8")
    assert second.run("restore", tmp_path / "backup", code=2).stderr.startswith("备份来自 another，而本安装使用 ")


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_scheduled_backups_go_after_their_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2024-03-01T05:15:00")
    penalties(tmp_path, f"{FIRST},甲1,2023-11-01,原,甲,")
    root = tmp_path / "backups"
    (root / "somebody's own").mkdir(parents=True)
    (root / "20240101-051500").mkdir()
    made = back_up_by_schedule(root)
    assert sorted(p.name for p in root.iterdir()) == ["20240301-051500", "somebody's own"]
    assert read(made).lake == {PENALTIES: LakeTable(load().categories[PENALTIES]).version()}
    monkeypatch.setenv("JIAHE_NOW", "2024-03-31T05:15:00")
    back_up_by_schedule(root)
    monkeypatch.setenv("JIAHE_NOW", "2024-03-31T05:15:01")
    back_up_by_schedule(root)
    assert sorted(p.name for p in root.iterdir()) == ["20240331-051500", "20240331-051501", "somebody's own"]


COUNTS = f"""
import json
from django.db.models import Sum
from jiahe.catalogue import load
from jiahe.creditfile.documents.store import DocumentStore
from jiahe.creditfile.models import Enterprise
from jiahe.gathering.models import Batch
from jiahe.lake.tables import LakeTable
category = load().categories["{PENALTIES}"]
ledger = Batch.objects.filter(category="{PENALTIES}", state="done").aggregate(n=Sum("inserted"))["n"]
lake = sum(f.records for f in LakeTable(category).files())
read = DocumentStore().read
documents = sum(len(d.rows) for e in Enterprise.objects.all() for d in read(e.serial, [category]))
print(json.dumps([ledger, lake, documents, Batch.objects.filter(state="running").count()]))
"""
LOADS = f"""
from pathlib import Path
from jiahe.catalogue import load
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.delivery import Delivery
from jiahe.kit.actor import Actor
for number in range(40):
    path = Path("{{folder}}") / f"load-{{{{number}}}}.csv"
    lines = [f"{FIRST},罚{{{{number}}}}-{{{{i}}}},2023-01-01,甲" for i in range(500)]
    path.write_text("\\n".join(["uscc,decision_no,decided_on,name", *lines]), encoding="utf-8")
    gather(actor=Actor.system("test"), delivery=Delivery(load().categories["{PENALTIES}"], [path], "02"))
    print(number, flush=True)
"""


def test_ledger_lake_and_documents_agree_after_a_backup_amid_loads(
    first: Installation, second: Installation, tmp_path: Path
) -> None:
    program = f"import django; django.setup()\n{LOADS.format(folder=tmp_path)}"
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, env=first.environment, stdout=subprocess.PIPE, text=True) as loading:
        assert loading.stdout is not None
        assert loading.stdout.readline() == "0\n"
        first.run("backup", tmp_path / "backup")
        assert loading.poll() is None
        loading.kill()
    second.run("restore", tmp_path / "backup")
    ledger, lake, documents, running = json.loads(second.python(COUNTS))
    assert (running, ledger >= 500, (ledger - 2) % 500) == (0, True, 0)
    # One record of the first deliveries was withdrawn, another one changed: two versions more, one record less.
    assert (lake - ledger, documents - ledger) == (2, -1)
