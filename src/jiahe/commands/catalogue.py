"""`jiahe catalogue`: is the catalogue in order, what does it hold, and the whole of it for other programs."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.catalogue import Catalogue, CatalogueError, load
from jiahe.catalogue.export import overview, rows, tree
from jiahe.catalogue.problems import problems

# Spreadsheet programs take a CSV file for UTF-8 only with this sign in front.
FOR_SPREADSHEETS = "\ufeff"


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    group = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help=_("信用信息目录：检查、列出、导出"))
    group.command(name="check", help=_("检查目录是否有问题"))(check)
    group.command(name="list", help=_("列出全部信息类"))(list_categories)
    group.command(name="export", help=_("导出整个目录：JSON 含代码表，CSV 每个信息项一行"))(export)
    app.add_typer(group, name="catalogue")


def check(as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False) -> None:
    """Exit 0 where nothing is wrong, 1 with problems."""
    catalogue, wrong = _examined()
    counts = {
        "departments": len(catalogue.departments),
        "categories": len(catalogue.categories),
        "items": catalogue.item_count,
    }
    if as_json:
        print(json.dumps({**counts, "problems": wrong}, ensure_ascii=False))
    else:
        for problem in wrong:
            print(f"✗ {problem}")
        text = _("目录有 {departments} 个部门、{categories} 个信息类、{items} 个信息项，{problems} 处问题")
        print(text.format(**counts, problems=len(wrong)))
    raise typer.Exit(1 if wrong else 0)


def _examined() -> tuple[Catalogue, list[str]]:
    """The catalogue and what is wrong with it; a file that cannot be read is the one problem of an empty catalogue."""
    try:
        catalogue = load()
    except CatalogueError as error:
        return Catalogue(()), [str(error)]
    return catalogue, problems(catalogue)


def list_categories(as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False) -> None:
    """One line for each category; the columns of fixed width come first, for Chinese has none."""
    catalogue = load()
    found = [overview(c, catalogue) for c in catalogue.categories.values()]
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        print(_LINE.format(**one))


_LINE = "{category}  {section:<12}  {frequency:<9}  {authorisation:<2}  {items:>3}  {name_zh}  {department_zh}"


def export(
    format_: Annotated[Format, typer.Option("--format", help=_("json 或 csv"))] = Format.JSON,
    out: Annotated[Path | None, typer.Option(help=_("写入的文件；默认为标准输出"))] = None,
) -> None:
    text = _json(load()) if format_ is Format.JSON else _csv(load())
    if out is None:
        print(text, end="")
        return
    mark = FOR_SPREADSHEETS if format_ is Format.CSV else ""
    out.write_text(mark + text, encoding="utf-8", newline="")


def _json(catalogue: Catalogue) -> str:
    return json.dumps(tree(catalogue), ensure_ascii=False, indent=1) + "\n"


def _csv(catalogue: Catalogue) -> str:
    table = list(rows(catalogue))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(table[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue()
