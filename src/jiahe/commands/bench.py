"""`jiahe bench NAME`: what is fast, against what; the contestants lie in the working copy's folder `bench/`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import jiahe
from jiahe.kit.errors import JiaheError

NAMES = (
    "city", "gather", "creditfile", "door", "claim", "features", "rules", "score", "marketplace", "all"
)  # fmt: skip


class NoBench(JiaheError):
    code = "commands.no_bench"
    status = 404
    template = gettext_lazy("未找到 bench 目录：请在源代码的工作副本中运行。")


def register(app: typer.Typer) -> None:
    app.command(name="bench", help=_("测量性能并与参照比较"))(command)


def command(
    name: Annotated[str, typer.Argument(help=_("测量什么；all 为全部"))],
    records: Annotated[int, typer.Option(min=1000, help=_("记录数"))] = 2_000_000,
    place: Annotated[Path | None, typer.Option(help=_("工作目录；默认为临时目录，用后删除"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Works in a folder of its own, never in the installation's data folder."""
    if name not in NAMES:
        raise typer.BadParameter(
            _("没有名为“{name}”的测量，可用的有 {names}").format(name=name, names="、".join(NAMES))
        )
    root = Path(jiahe.__file__).parents[2]
    if not (root / "bench").is_dir():
        raise NoBench
    options = ["--records", str(records)] + (["--place", str(place.resolve())] if place else []) + ["--json"] * as_json
    raise typer.Exit(subprocess.run([sys.executable, "-m", "bench", name, *options], cwd=root).returncode)
