"""`jiahe city`: the department files of a generated city."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.city.build import UNTIL, Order, build


def register(app: typer.Typer) -> None:
    app.command(name="city", help=_("生成一座演示城市的部门文件"))(command)


def command(
    enterprises: Annotated[int, typer.Option(min=1, help=_("企业数"))],
    records: Annotated[int, typer.Option(min=1, help=_("记录数，误差不超过 1 %"))],
    out: Annotated[Path, typer.Option(help=_("输出目录，须为空"))],
    seed: Annotated[int, typer.Option(min=0, help=_("种子：相同则内容逐字节相同"))] = 7,
    until: Annotated[str, typer.Option(help=_("月度数据截至的年月"))] = UNTIL,
    registrations: Annotated[Path | None, typer.Option(help=_("以真实登记信息为底"))] = None,
    category: Annotated[list[str] | None, typer.Option(help=_("只写这个信息类，可重复"))] = None,
    processes: Annotated[int, typer.Option(min=1, help=_("进程数"))] = 2,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    order = Order(enterprises, records, seed, out, until, registrations, tuple(category or ()))
    started = time.monotonic()
    shown = not as_json and sys.stderr.isatty()

    def progress(written: int) -> None:
        if shown:
            rate = written / max(time.monotonic() - started, 0.001)
            print(f"\r\033[K{written:,} / {records:,} · {rate:,.0f}/s", end="", file=sys.stderr, flush=True)

    built = build(order, processes=processes, progress=progress)
    if shown:
        print("\r\033[K", end="", file=sys.stderr)
    seconds = round(time.monotonic() - started, 1)
    if as_json:
        print(json.dumps({**asdict(built), "seconds": seconds}))
    else:
        text = _(
            "{enterprises:,} 家企业，{records:,} 条记录，其中 {dirty:,} 处瑕疵，违约 {defaults:,} 家，用时 {seconds} 秒"
        )
        print(text.format(**asdict(built), seconds=seconds))
