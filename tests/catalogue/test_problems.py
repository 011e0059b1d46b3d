"""Each rule of the catalogue broken once, with the one sentence that says so."""

import pytest

from jiahe.catalogue.problems import problems
from tests.catalogue.conftest import DEPARTMENT, Files

PARENTS = (
    "code: act\nname: {{zh: 行为, en: Act}}\nsource: 示例\n{head}values:\n  a: {{zh: 甲, en: A, parent: {parent}}}\n"
)


def test_nothing_is_wrong(files: Files) -> None:
    assert problems(files.read()) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("zh: 处罚, en: Penalties", 'zh: 处罚, en: ""', "a label is missing"),
        ("key: [uscc, number]", "key: [number]", "the record key must contain uscc"),
        ("key: [uscc, number]", "key: [uscc, place]", "key place is no item"),
        ("key: [uscc, number]", "key: [uscc, decided_on]", "key decided_on must be required"),
        (
            "type: string, required: true, aliases",
            "type: string, required: true, sensitivity: identity, aliases",
            "key number is encrypted and cannot identify a record",
        ),
        ("business_date: decided_on", "business_date: made_on", "business_date made_on is no item"),
        ("business_date: decided_on", "business_date: number", "business_date number is no date"),
        ("  severity: severity\n", "  severity: severity\n  ended_on: fine\n", "ended_on fine is no date"),
        ("  severity: severity\n", "  severity: weight\n", "severity weight is no item of the code list severity"),
        ("  severity: severity\n", "  severity: number\n", "severity number is no item of the code list severity"),
        ("  severity: severity\n", "  severity: severity\n  version: edition\n", "version edition is no item"),
        ("{item: severity, in", "{item: weight, in", "record class item weight is no item"),
        ("in: [minor]", "in: [tiny]", "record class value tiny is no value of severity"),
        ("code: fine, zh", "code: number, zh", "item code number is declared 2 times"),
        ("zh: 罚款", "zh: 编号", "label 编号 is declared 2 times"),
        ("en: Fine", "en: NUMBER", "label number is declared 2 times"),
        ("code: fine, zh", "code: Fine, zh", "item Fine: its code is not lower_snake_case or is reserved"),
        ("code: fine, zh", "code: op, zh", "item op: its code is not lower_snake_case or is reserved"),
        ("zh: 罚款", 'zh: ""', "item fine: a label is missing"),
        (
            "type: date}",
            "type: date, codes: severity}",
            "item decided_on: a code list belongs to items of type code, and only to them",
        ),
        ("type: code, codes: severity", "type: code, codes: weight", "item severity: code list weight does not exist"),
        ("type: decimal, unit: 万元", "type: decimal", "item fine: a decimal needs a unit"),
        ("type: date}", "type: date, not_before: fined_on}", "item decided_on: not_before fined_on is no item"),
        ("unit: 万元", "unit: 万元, currency: money", "item fine: currency money is no item"),
        ("unit: 万元}", "unit: 万元, sensitivity: phone}", "item fine: an encrypted item is of type string"),
        ("aliases: [编号]", 'pattern: "[0-9"', "item number: pattern: unterminated character set at position 0"),
        (
            "uscc: true, ",
            "",
            "item uscc: must be required, open, and checked as a unified social credit code",
        ),
    ],
)
def test_what_is_wrong_with_a_category(files: Files, old: str, new: str, problem: str) -> None:
    files.change(files.department, old, new)
    found = problems(files.read())
    assert f"category 9001: {problem}" in found
    assert all(sentence.startswith("category 9001: ") for sentence in found)


def test_a_category_belongs_to_its_department(files: Files) -> None:
    files.change(files.department, 'code: "9001"', 'code: "8001"')
    assert problems(files.read()) == ["category 8001: does not begin with its department 90"]


def test_a_code_is_declared_once(files: Files) -> None:
    (files.departments / "91.yaml").write_text(DEPARTMENT, encoding="utf-8")
    assert problems(files.read()) == [
        "department code 90 is declared 2 times",
        "category code 9001 is declared 2 times",
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("zh: 严重", "zh: 轻", "spelling 轻 is declared 2 times"),
        ("zh: 严重", "zh: 轻 ", "spelling 轻 is declared 2 times"),
        ("aliases: [轻]", "aliases: [ｓｅｒｉｏｕｓ]", "spelling serious is declared 2 times"),
        ("en: Serious", 'en: ""', "a label is missing"),
    ],
)
def test_what_is_wrong_with_a_code_list(files: Files, old: str, new: str, problem: str) -> None:
    files.change(files.severity, old, new)
    assert problems(files.read()) == [f"code list severity: {problem}"]


@pytest.mark.parametrize(
    ("head", "parent", "found"),
    [
        ("", "b", ["code list act: parent b is no value"]),
        ("parents: severity\n", "minor", []),
        ("parents: severity\n", "tiny", ["code list act: parent tiny is no value"]),
        ("parents: weight\n", "tiny", ["code list act: parents weight is no code list"]),
    ],
)
def test_parents_are_values_of_the_list_that_is_named(files: Files, head: str, parent: str, found: list[str]) -> None:
    (files.codes / "act.yaml").write_text(PARENTS.format(head=head, parent=parent), encoding="utf-8")
    assert problems(files.read()) == found
