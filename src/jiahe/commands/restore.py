"""`jiahe restore DIR`: a backup into an installation that has nothing yet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.gathering.actions.restore import restore
from jiahe.kit.actor import Actor


def register(app: typer.Typer) -> None:
    app.command(name="restore", help=_("把备份恢复到空的数据目录与数据库"))(command)


def command(
    place: Annotated[Path, typer.Argument(metavar="DIR", help=_("备份所在的目录"))],
    keys: Annotated[Path | None, typer.Option(metavar="DIR", help=_("另存的密钥所在的目录"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Exit 0 done, 2 could not do it."""
    manifest = restore(actor=Actor.system("console"), place=place, keys=keys)
    facts = {"made_at": manifest.made_at, "files": len(manifest.files), "categories": len(manifest.lake)}
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print(_("已恢复 {made_at} 的备份：{files:,} 个文件，{categories} 个信息类").format(**facts))
