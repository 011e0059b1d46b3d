"""`jiahe catalogue` on the catalogue that ships, and on one with a problem."""

import csv
import json
import shutil
from pathlib import Path

import pytest

import jiahe
from jiahe.catalogue import load
from jiahe.catalogue.problems import problems
from tests.conftest import Installation

PACKAGE = Path(jiahe.__file__).parent


def test_check_counts_what_there_is(installation: Installation) -> None:
    catalogue = load()
    assert json.loads(installation.run("catalogue", "check", "--json").stdout) == {
        "departments": len(catalogue.departments),
        "categories": len(catalogue.categories),
        "items": catalogue.item_count,
        "problems": problems(catalogue),
    }


def test_list_has_a_line_for_each_category(installation: Installation) -> None:
    lines = installation.run("catalogue", "list").stdout.splitlines()
    assert [line[:4] for line in lines] == list(load().categories)
    assert "0301  risks         daily      P0   20  失信被执行人信息  市中级人民法院" in lines


def test_export_as_json_holds_everything(installation: Installation) -> None:
    tree = json.loads(installation.run("catalogue", "export").stdout)
    catalogue = load()
    items = [i["code"] for d in tree["departments"] for c in d["categories"] for i in c["items"]]
    assert items == [i.code for c in catalogue.categories.values() for i in c.items]
    assert {c["code"]: len(c["values"]) for c in tree["code_lists"]} == {
        code: len(codes.values) for code, codes in catalogue.code_lists.items()
    }


def test_export_as_csv_has_a_row_for_each_item(installation: Installation, tmp_path: Path) -> None:
    out = tmp_path / "catalogue.csv"
    installation.run("catalogue", "export", "--format", "csv", "--out", out)
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == load().item_count
    assert next(r for r in rows if (r["category"], r["item"]) == ("0301", "case_no")) == {
        "category": "0301",
        "name_zh": "失信被执行人信息",
        "name_en": "Dishonest judgment debtors",
        "department": "03",
        "department_zh": "市中级人民法院",
        "section": "risks",
        "frequency": "daily",
        "authorisation": "P0",
        "negative": "True",
        "retention": "negative",
        "items": "20",
        "item": "case_no",
        "item_zh": "案号",
        "item_en": "Case number",
        "type": "string",
        "unit": "",
        "codes": "",
        "required": "True",
        "in_key": "True",
        "sensitivity": "open",
        "aliases": "执行案号",
        "meaning_zh": "",
        "meaning_en": "",
    }


@pytest.mark.parametrize(
    ("old", "new", "readable", "problem"),
    [
        ("key: [uscc, case_no]", "key: [case_no]", True, "category 0301: the record key must contain uscc"),
        ("section: risks", "section: danger", False, "03.yaml: category 0301: 'danger' is not a valid Section"),
    ],
)
def test_check_ends_with_1_where_something_is_wrong(
    installation: Installation, tmp_path: Path, old: str, new: str, readable: bool, problem: str
) -> None:
    """In a copy of the package, because there the shipped catalogue can be spoiled."""
    shutil.copytree(PACKAGE, tmp_path / "jiahe", ignore=shutil.ignore_patterns("static", "__pycache__"))
    court = tmp_path / "jiahe/catalogue/departments/03.yaml"
    court.write_text(court.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    report = json.loads(installation.run("catalogue", "check", "--json", code=1, PYTHONPATH=str(tmp_path)).stdout)
    assert report["problems"] == [problem]
    assert report["items"] == (load().item_count if readable else 0)
