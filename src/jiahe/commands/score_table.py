"""`jiahe score table`: the platform's own records and outcomes as one table to train and test on."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.scoring.labelled import write

Days = Annotated[list[datetime], typer.Option("--as-of", formats=["%Y-%m-%d"], help=_("观察日，可多次给出"))]
Out = Annotated[Path, typer.Option("--out", help=_("写入的 Parquet 文件"))]
AsJson = Annotated[bool, typer.Option("--json", help=_("输出 JSON"))]


def table(as_of: Days, out: Out, as_json: AsJson = False) -> None:
    """What `jiahe score train` takes."""
    written = write([moment.date() for moment in as_of], out)
    if as_json:
        print(json.dumps(asdict(written)))
    else:
        text = _("已写入 {rows:,} 行，其中 12 个月内违约 {defaults:,} 行。")
        print(text.format(rows=written.rows, defaults=written.defaults))
