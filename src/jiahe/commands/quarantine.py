"""`jiahe quarantine`: refused records as a workbook, and corrected ones back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.catalogue import load
from jiahe.commands.acting import acting
from jiahe.gathering import refused
from jiahe.gathering.actions.hand_out import hand_out
from jiahe.gathering.actions.take_back import take_back
from jiahe.gathering.errors import NoSuchBatch, NoSuchFile
from jiahe.gathering.models import Batch


def register(app: typer.Typer) -> None:
    own = typer.Typer(no_args_is_help=True, help=_("隔离区：查看、导出、收回改正后的记录"))
    own.command(name="list", help=_("列出仍有隔离记录的批次"))(listed)
    own.command(name="export", help=_("导出为工作簿，原因写在单元格旁"))(export)
    own.command(name="return", help=_("收回改正后的工作簿"))(take)
    app.add_typer(own, name="quarantine")


def listed(as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False) -> None:
    found = [(b, refused.still_open(b)) for b in Batch.objects.filter(quarantined__gt=0).order_by("pk")]
    rows = [{"batch": b.pk, "category": b.category, "file": b.filename, "open": n} for b, n in found if n]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        name = load().categories[str(row["category"])].name.zh
        print(_("批次 {batch}  {category} {name}  {file}  {open:,} 条").format(name=name, **row))


def export(
    batch: Annotated[int, typer.Argument(help=_("批次号"))],
    out: Annotated[Path, typer.Option(help=_("写入的 XLSX 文件"))],
    as_login: Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))] = "",
) -> None:
    found = Batch.objects.filter(pk=batch, quarantined__gt=0).first()
    if found is None:
        raise NoSuchBatch(batch=batch)
    shutil.move(hand_out(actor=acting(as_login), batch=found), out)
    print(_("已写入 {out}：{count:,} 条").format(out=out, count=refused.still_open(found)))


def take(
    file: Annotated[Path, typer.Argument(help=_("改正后的工作簿"))],
    as_login: Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Exit 0 where every returned record was accepted, 1 where some are still wrong."""
    if not file.is_file():
        raise NoSuchFile(file=file)
    outcome = take_back(actor=acting(as_login), file=file)
    facts = {
        "batch": outcome.batch.pk,
        "read": outcome.batch.read,
        "closed": outcome.closed,
        "open": outcome.still_open,
    }
    if as_json:
        print(json.dumps(facts))
    else:
        print(_("已收回 {read} 条：改正 {closed} 条，仍在隔离 {open} 条。").format(**facts))
    raise typer.Exit(1 if outcome.batch.quarantined else 0)
