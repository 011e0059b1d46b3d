from pathlib import Path

import pytest

from tools.check import REGISTRIES, files, problems

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("notes.txt", f"see https://{REGISTRIES[0]}/simple", [f"names the registry {REGISTRIES[0]}"]),
        ("requirements.lock", "--find-links /srv/wheels\n", ["holds --find-links"]),
        ("package-lock.json", '{"resolved": "x"}', ['holds "resolved" addresses']),
        ("page.md", "[there](README.md), [away](https://example.org), [here](#top), `[code](gone.md)`", []),
        ("page.md", "[gone](gone.md#part)", ["links to gone.md#part, which does not exist"]),
        ("long.py", "x = 1\n" * 401, ["has 401 lines, more than 400"]),
        ("deep.py", "def f():\n" + "    x = 1\n" * 50, ["line 1: f has 51 lines, more than 50"]),
        ("src/late.py", "# " + "TO" + "DO later\n", ["says that something is unfinished"]),
        ("image.bin", "", []),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, name: str, text: str, said: list[str]) -> None:
    (tmp_path / "README.md").touch()
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    assert list(problems(path, tmp_path)) == said


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("portals/bank/x.py", "import jiahe.lake.tables", "jiahe.lake"),
        ("portals/bank/x.py", "from jiahe import lake", "jiahe.lake"),
        ("portals/bank/x.py", "from ...lake.tables import LakeTable", "jiahe.lake"),
        ("scoring/x.py", "def f():\n    from jiahe.creditfile.queries import file", "jiahe.creditfile.queries.file"),
        ("matching/x.py", "from jiahe.creditfile.documents.store import alias", "jiahe.creditfile.documents"),
        ("openapi/x.py", "import_module('jiahe.lake.tables')", "jiahe.lake"),
        ("commands/x.py", "SQL = 'SELECT body FROM creditfile_document WHERE true'", "creditfile_document"),
        ("financing/x.py", "from jiahe.consent.actions.use import admit", "jiahe.consent.actions.use"),
        ("gathering/x.py", "from jiahe.consent.actions import use", "jiahe.consent.actions.use"),
        ("accounts/x.py", "from jiahe.gathering.connectors import on_demand", "jiahe.gathering.connectors.on_demand"),
    ],
)
def test_no_way_leads_around_the_one_door(tmp_path: Path, name: str, text: str, kept: str) -> None:
    path = tmp_path / "src/jiahe" / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    [said] = problems(path, tmp_path)
    assert f"reaches for {kept} past the one door" in said


def test_the_door_itself_and_what_lies_below_it_may(tmp_path: Path) -> None:
    for name in ("profiles/x.py", "creditfile/x.py"):
        path = tmp_path / "src/jiahe" / name
        path.parent.mkdir(parents=True)
        path.write_text("from jiahe.lake.tables import LakeTable\nfrom jiahe.lakes import x\n")
        assert list(problems(path, tmp_path)) == []


def test_this_project_passes() -> None:
    assert {str(p): found for p in files(ROOT) if (found := list(problems(p, ROOT)))} == {}
