"""Write the parts of docs/ that the code knows: tables of settings and of consents, the reference of the catalogue."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import django

from jiahe.catalogue import Catalogue, Category, Department, Item, load
from jiahe.kit.configuration import SETTINGS
from tools.time_limit_docs import TIME_LIMITS, with_time_limits
from tools.workflow_docs import WORKFLOW, workflow_page

ROOT = Path(__file__).resolve().parent.parent
OPERATOR = ROOT / "docs/operator/README.md"
CONSENT = ROOT / "docs/enterprise/consent.md"
CATALOGUE = ROOT / "docs/architecture/catalogue.md"
PLACE = re.compile(r"(<!-- settings:.*?-->\n).*?(<!-- /settings -->)", re.DOTALL)
STEPS = re.compile(r"(<!-- consent:.*?-->\n).*?(<!-- /consent -->)", re.DOTALL)

CATALOGUE_HEAD = """\
# 信用信息目录 · The catalogue

<!-- written by `make docs` from src/jiahe/catalogue -->

{departments} 个部门、{categories} 个信息类、{items} 个信息项。 {departments} departments, {categories} categories, {items} items.
同样的内容可用 `jiahe catalogue export` 导出为 JSON 或 CSV。 `jiahe catalogue export` gives the same as JSON or CSV.

- 授权类别 · class: P0 公开 open; A1 需授权 consent; A2 需单独授权 separate consent; R 需本人书面同意 the person's own written consent.
- 敏感程度 · sensitivity: open 公开; business 经营信息; personal 个人信息; phone 电话号码和 identity 证件号码加密存储 are kept encrypted.
- 🔑 记录主键 part of the record's key; ● 必填 required.
"""


def settings_table() -> str:
    rows = ([f"`{s.name}`", f"`{s.key}`", f"`{s.default}`" if s.default else "—", s.meaning] for s in SETTINGS)
    return table(["变量", "jiahe.toml", "默认", "含义"], rows) + "\n"


def with_settings(text: str) -> str:
    return PLACE.sub(lambda found: f"{found[1]}{settings_table()}{found[2]}", text)


def consent_table() -> str:
    """Every step of a consent: from which state to which one, and who may. Django must be set up."""
    from jiahe.consent.card import DONE
    from jiahe.consent.enums import ConsentState
    from jiahe.consent.parties import named
    from jiahe.consent.terms import TRANSITIONS

    rows = (
        [
            str(DONE[action]),
            "、".join(str(ConsentState(state).label) for state in step.start) or "—",
            str(ConsentState(step.end).label),
            named(step.who),
            named(step.written) or "不适用",
        ]
        for action, step in TRANSITIONS.items()
    )
    return table(["办理", "由", "到", "谁可以", "书面同意的，谁可以"], rows) + "\n"


def with_consent(text: str) -> str:
    return STEPS.sub(lambda found: f"{found[1]}{consent_table()}{found[2]}", text)


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    """A Markdown table; a bar within a cell does not end the cell."""
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def catalogue_page(catalogue: Catalogue) -> str:
    """The reference of all categories, items and code lists."""
    counts = {
        "departments": len(catalogue.departments),
        "categories": len(catalogue.categories),
        "items": f"{catalogue.item_count:,}",
    }
    departments = (part for d in catalogue.departments for part in _department(d))
    return "\n".join([CATALOGUE_HEAD.format(**counts), *departments, *_code_lists(catalogue)])


def _department(department: Department) -> Iterator[str]:
    yield f"## {department.code} {department.name.zh} · {department.name.en}\n"
    head = [
        "代码",
        "信息类",
        "category",
        "section",
        "frequency",
        "class",
        "negative",
        "retention",
        "usual delay",
        "items",
    ]
    yield table(head, (_overview(c) for c in department.categories)) + "\n"
    for category in department.categories:
        yield from _category(category)


def _overview(category: Category) -> list[str]:
    return [
        category.code,
        category.name.zh,
        category.name.en,
        category.section,
        category.frequency,
        category.authorisation,
        "是 yes" if category.negative else "—",
        category.retention,
        f"{category.usual_delay_days} d",
        str(len(category.items)),
    ]


def _category(category: Category) -> Iterator[str]:
    yield f"### {category.code} {category.name.zh} · {category.name.en}\n"
    yield from (f"- {fact}" for fact in _facts(category))
    head = ["item", "名称", "label", "type", "unit", "codes", "sensitivity", ""]
    yield "\n" + table(head, (_item(i, category) for i in category.items)) + "\n"


def _facts(category: Category) -> Iterator[str]:
    dates = f"业务日期 business date `{category.business_date}`"
    yield f"{dates}; 终止日期 ended on `{category.ended_on}`" if category.ended_on else dates
    for rule in category.record_classes:
        values = ", ".join(f"`{v}`" for v in rule.values)
        yield f"`{rule.item}` 为 is {values}: {rule.authorisation}"
    if category.natural_authorisation:
        yield f"个体工商户、个人独资企业及业主 sole traders, sole proprietorships, owners: {category.natural_authorisation}"
    if category.note:
        yield f"{category.note.zh} {category.note.en}"


def _item(item: Item, category: Category) -> list[str]:
    marks = ("🔑" if item.code in category.key else "") + ("●" if item.required else "")
    codes = f"`{item.codes}`" if item.codes else ""
    return [f"`{item.code}`", item.name.zh, item.name.en, item.type, item.unit or "", codes, item.sensitivity, marks]


def _code_lists(catalogue: Catalogue) -> Iterator[str]:
    yield "## 代码表 · Code lists\n"
    rows = ([f"`{c.code}`", c.name.zh, c.name.en, str(len(c.values)), c.source] for c in catalogue.code_lists.values())
    yield table(["list", "名称", "label", "values", "依据 source"], rows) + "\n"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiahe.settings")
    django.setup()
    OPERATOR.write_text(with_settings(OPERATOR.read_text(encoding="utf-8")), encoding="utf-8")
    CONSENT.write_text(with_consent(CONSENT.read_text(encoding="utf-8")), encoding="utf-8")
    WORKFLOW.write_text(workflow_page(), encoding="utf-8")
    TIME_LIMITS.write_text(with_time_limits(TIME_LIMITS.read_text(encoding="utf-8")), encoding="utf-8")
    CATALOGUE.parent.mkdir(exist_ok=True)
    CATALOGUE.write_text(catalogue_page(load()), encoding="utf-8")


if __name__ == "__main__":
    main()
