"""From YAML to the typed catalogue; what does not fit is one sentence with file and place."""

import pytest

from jiahe.catalogue import Authorisation, CatalogueError, Item, ItemType, Sensitivity, Text
from tests.catalogue.conftest import Files


def test_a_file_becomes_typed_declarations(files: Files) -> None:
    catalogue = files.read()
    category = catalogue.categories["9001"]
    assert (category.department, category.key, category.authorisation) == ("90", ("uscc", "number"), Authorisation.P0)
    assert category.by_code["number"] == Item(
        "number", Text("文号", "Number"), ItemType.STRING, required=True, aliases=("编号",)
    )
    assert [(r.item, r.values, r.authorisation) for r in category.record_classes] == [
        ("severity", ("minor",), Authorisation.A1)
    ]
    assert [(v.code, v.name.zh, v.aliases) for v in catalogue.code_lists["severity"].values] == [
        ("minor", "轻微", ("轻",)),
        ("serious", "严重", ()),
    ]
    assert catalogue.item_count == 5


@pytest.mark.parametrize(
    ("declared", "scale"),
    [
        ("type: decimal, unit: 元", 2),
        ("type: decimal, unit: 万元", 6),
        ("type: decimal, unit: 吨", 2),
        ("type: decimal, unit: 吨, scale: 3", 3),
        ("type: integer, unit: 人", 0),
    ],
)
def test_the_scale_follows_from_type_and_unit(files: Files, declared: str, scale: int) -> None:
    files.change(files.department, "type: decimal, unit: 万元", declared)
    assert files.read().categories["9001"].by_code["fine"].scale == scale


def test_items_have_the_sensitivity_of_their_category_unless_they_say_otherwise(files: Files) -> None:
    files.change(files.department, "  usual_delay_days: 3", "  usual_delay_days: 3\n  sensitivity: personal")
    items = files.read().categories["9001"].by_code
    assert (items["uscc"].sensitivity, items["number"].sensitivity) == (Sensitivity.OPEN, Sensitivity.PERSONAL)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('code: "90"\n', "", "90.yaml: code is missing"),
        ("section: risks", "section: danger", "90.yaml: category 9001: 'danger' is not a valid Section"),
        ("  frequency: daily\n", "", "90.yaml: category 9001: frequency is missing"),
        ("type: date", "type: day", "90.yaml: category 9001: item decided_on: 'day' is not a valid ItemType"),
        (", en: Fine", "", "90.yaml: category 9001: item fine: en is missing"),
        ("in: [minor], ", "", "90.yaml: category 9001: in is missing"),
        (
            "unit: 万元",
            "units: 万元",
            "90.yaml: category 9001: item fine: Item.__init__() got an unexpected keyword argument 'units'",
        ),
    ],
)
def test_a_department_that_does_not_fit(files: Files, old: str, new: str, sentence: str) -> None:
    files.change(files.department, old, new)
    assert _error(files) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("source: 示例\n", "", "severity.yaml: source is missing"),
        (", en: Serious", "", "severity.yaml: value serious: en is missing"),
    ],
)
def test_a_code_list_that_does_not_fit(files: Files, old: str, new: str, sentence: str) -> None:
    files.change(files.severity, old, new)
    assert _error(files) == sentence


def test_a_file_that_is_no_mapping(files: Files) -> None:
    files.severity.write_text("- minor\n", encoding="utf-8")
    assert _error(files) == "severity.yaml: a mapping is expected"


def test_a_file_that_is_no_yaml(files: Files) -> None:
    files.department.write_text("name: {zh: 甲局\n", encoding="utf-8")
    assert _error(files).startswith("90.yaml: ")


def _error(files: Files) -> str:
    with pytest.raises(CatalogueError) as caught:
        files.read()
    return str(caught.value)
