"""A small catalogue in YAML files, to be changed and read."""

from pathlib import Path

import pytest

from jiahe.catalogue import Catalogue
from jiahe.catalogue.loader import read

DEPARTMENT = """\
code: "90"
name: {zh: 甲局, en: Office A}
categories:
- code: "9001"
  name: {zh: 处罚, en: Penalties}
  section: risks
  frequency: daily
  authorisation: P0
  negative: true
  retention: negative
  usual_delay_days: 3
  key: [uscc, number]
  business_date: decided_on
  severity: severity
  record_classes: [{item: severity, in: [minor], authorisation: A1}]
  items:
  - {code: uscc, zh: 统一社会信用代码, en: Credit code, type: string, required: true, uscc: true, sensitivity: open}
  - {code: number, zh: 文号, en: Number, type: string, required: true, aliases: [编号]}
  - {code: decided_on, zh: 决定日期, en: Decided on, type: date}
  - {code: fine, zh: 罚款, en: Fine, type: decimal, unit: 万元}
  - {code: severity, zh: 程度, en: Severity, type: code, codes: severity}
"""
SEVERITY = """\
code: severity
name: {zh: 程度, en: Severity}
source: 示例
values:
  minor: {zh: 轻微, en: Minor, aliases: [轻]}
  serious: {zh: 严重, en: Serious}
"""


class Files:
    """The two folders of a catalogue. `change` replaces one piece of text that must be there."""

    def __init__(self, root: Path) -> None:
        self.departments, self.codes = root / "departments", root / "codes"
        for folder in (self.departments, self.codes):
            folder.mkdir(parents=True)
        self.department, self.severity = self.departments / "90.yaml", self.codes / "severity.yaml"
        self.department.write_text(DEPARTMENT, encoding="utf-8")
        self.severity.write_text(SEVERITY, encoding="utf-8")

    @staticmethod
    def change(file: Path, old: str, new: str) -> None:
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        file.write_text(text.replace(old, new), encoding="utf-8")

    def read(self) -> Catalogue:
        return read(self.departments, self.codes)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "catalogue")
