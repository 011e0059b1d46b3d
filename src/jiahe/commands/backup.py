"""`jiahe backup DIR`: the whole installation into a folder, while it works."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.gathering.actions.backup import backup
from jiahe.kit.actor import Actor


def register(app: typer.Typer) -> None:
    app.command(name="backup", help=_("备份数据库、信用档案、湖、隔离区与密钥"))(command)


def command(
    place: Annotated[Path, typer.Argument(metavar="DIR", help=_("新的或空的目录"))],
    keys: Annotated[Path | None, typer.Option(metavar="DIR", help=_("密钥另存于此目录，不放入备份"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Exit 0 done, 2 could not do it."""
    manifest = backup(actor=Actor.system("console"), place=place, keys=keys)
    facts = {
        "place": str(place),
        "files": len(manifest.files),
        "bytes": manifest.size,
        "categories": len(manifest.lake),
    }
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        text = _("已备份到 {place}：{files:,} 个文件，{bytes:,} 字节，{categories} 个信息类")
        print(text.format(**facts))
