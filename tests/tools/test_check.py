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


def test_this_project_passes() -> None:
    assert {str(p): found for p in files(ROOT) if (found := list(problems(p, ROOT)))} == {}
