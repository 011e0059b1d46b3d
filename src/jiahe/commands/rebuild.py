"""`jiahe rebuild creditfile`: the credit files anew from nothing but the lake."""

from __future__ import annotations

import json
import time
from enum import StrEnum
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.catalogue import load
from jiahe.creditfile import projection
from jiahe.gathering.errors import UnknownCategory
from jiahe.lake.tables import LakeTable


class Projection(StrEnum):
    """What can be made anew from the lake."""

    CREDITFILE = "creditfile"


def register(app: typer.Typer) -> None:
    app.command(name="rebuild", help=_("由湖重建信用档案"))(command)


def command(
    what: Annotated[Projection, typer.Argument(help=_("creditfile：信用档案"))],
    category: Annotated[str, typer.Option(help=_("信息类代码；默认全部"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Exit 0 done, 2 could not do it. Readers see the old documents until a category's new ones are whole."""
    known = load().categories
    if category and category not in known:
        raise UnknownCategory(category=category)
    started = time.monotonic()
    chosen = [known[category]] if category else [c for c in known.values() if LakeTable(c).version() >= 0]
    rows, total = [], 0
    for one in chosen:
        applied = projection.rebuild(one)
        total += applied.documents
        rows.append({"category": one.code, "batch": applied.to_batch, "documents": applied.documents})
        if not as_json:
            print(
                _("{code} {name}：{documents:,} 份").format(
                    name=one.name.zh, code=one.code, documents=applied.documents
                )
            )
    seconds = round(time.monotonic() - started, 3)
    if as_json:
        print(json.dumps({"projection": what, "categories": rows, "documents": total, "seconds": seconds}))
    else:
        print(_("已重建 {total:,} 份，{seconds:.1f} 秒").format(total=total, seconds=seconds))
