"""`jiahe gather`: department files in, a line of counts out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.catalogue import load
from jiahe.commands.acting import acting
from jiahe.commands.progress import Progress
from jiahe.gathering.actions.collect import collect
from jiahe.gathering.actions.gather import COUNTS, gather
from jiahe.gathering.connectors.sources import find
from jiahe.gathering.delivery import Delivery
from jiahe.gathering.errors import GatheringError, UnknownCategory, UnknownScope
from jiahe.gathering.inbox import deliveries, strangers
from jiahe.gathering.models import Batch, LoadMode
from jiahe.kit.actor import Actor


def register(app: typer.Typer) -> None:
    app.command(name="gather", help=_("归集部门文件：读取、校验、入湖、更新信用档案"))(command)


def command(
    files: Annotated[
        list[Path] | None, typer.Argument(help=_("一个信息类的文件：CSV、XLSX、JSON Lines、Parquet 或 ZIP"))
    ] = None,
    category: Annotated[str, typer.Option(help=_("信息类代码，如 0101"))] = "",
    mode: Annotated[LoadMode, typer.Option(help=_("changes 增量，full 全量"))] = LoadMode.CHANGES,
    scope: Annotated[str, typer.Option(help=_("全量所覆盖的范围：信息项=取值"))] = "",
    source: Annotated[str, typer.Option(help=_("来源，默认为该信息类的部门；不给文件时为已声明的来源，立即归集"))] = "",
    inbox: Annotated[Path | None, typer.Option(help=_("收件目录：<部门>/<信息类>/文件"))] = None,
    allow_withdrawals: Annotated[bool, typer.Option(help=_("允许全量导入撤下超过限度的记录"))] = False,
    history: Annotated[bool, typer.Option(help=_("补录历史：按业务日期加惯常时滞确定可知日期"))] = False,
    as_login: Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Exit 0 done, 1 done with something refused, 2 could not do it."""
    actor = acting(as_login)
    if inbox is not None:
        raise typer.Exit(_inbox(actor, inbox, mode, history, as_json))
    if source and not files:
        raise typer.Exit(_source(actor, source, allow_withdrawals, as_json))
    known = load().categories
    if category not in known:
        raise UnknownCategory(category=category)
    delivery = Delivery(
        known[category],
        files or [],
        source or known[category].department,
        mode,
        _scope(scope),
        allow_withdrawals,
        history,
    )
    if not files:
        raise typer.BadParameter(_("请给出文件，或用 --inbox 给出收件目录"))
    progress = Progress([delivery], shown=not as_json)
    batch = _gather(actor, 0, delivery, progress)
    _print([batch], as_json, single=True)
    raise typer.Exit(1 if batch.quarantined else 0)


def _scope(text: str) -> tuple[str, str] | None:
    if not text:
        return None
    item, equals, wanted = text.partition("=")
    if not equals:
        raise UnknownScope(scope=text)
    return item.strip(), wanted.strip()


def _inbox(actor: Actor, folder: Path, mode: LoadMode, history: bool, as_json: bool) -> int:
    """Every category by itself: one refused delivery does not stop the others."""
    batches, refused = [], 0
    waiting = list(deliveries(folder, load(), mode=mode, history=history))
    progress = Progress(waiting, shown=not as_json)
    for number, delivery in enumerate(waiting):
        try:
            batches.append(_gather(actor, number, delivery, progress))
        except GatheringError as error:
            refused += 1
            print(f"{delivery.category.code} {error}", file=sys.stderr)
    for stranger in strangers(folder, load()):
        refused += 1
        print(_("目录 {folder} 不是目录中的信息类，未处理").format(folder=stranger), file=sys.stderr)
    _print(batches, as_json, single=False)
    return 1 if refused or any(b.quarantined for b in batches) else 0


def _source(actor: Actor, code: str, allow_withdrawals: bool, as_json: bool) -> int:
    """Ask a declared source now; its declaration says of which category and in which mode."""
    batch = collect(actor=actor, source=find(code), allow_withdrawals=allow_withdrawals)
    if batch is None:
        print(json.dumps(None) if as_json else _("来源“{source}”没有新的记录").format(source=code))
        return 0
    _print([batch], as_json, single=True)
    return 1 if batch.quarantined else 0


def _gather(actor: Actor, number: int, delivery: Delivery, progress: Progress) -> Batch:
    progress.begin(number, delivery)
    try:
        return gather(actor=actor, delivery=delivery, progress=progress.show)
    finally:
        progress.end()


def _print(batches: list[Batch], as_json: bool, *, single: bool) -> None:
    rows = [_row(b) for b in batches]
    if as_json:
        totals = {c: sum(getattr(b, c) for b in batches) for c in COUNTS}
        print(json.dumps(rows[0] if single else {"batches": rows, **totals}, ensure_ascii=False))
        return
    for batch, row in zip(batches, rows, strict=True):
        name = load().categories[batch.category].name.zh
        print(_SENTENCE.format(name=name, **row))
        for column in batch.unknown_columns:
            print(_("  未识别的列，未使用：{column}").format(column=column))


_SENTENCE = (
    "{category} {name}：读取 {read:,}，接收 {accepted:,}，隔离 {quarantined:,}；"
    "新增 {inserted:,}，更新 {updated:,}，未变 {unchanged:,}，撤下 {withdrawn:,}(批次 {batch}，{seconds:.1f} 秒)"
)


def _row(batch: Batch) -> dict[str, object]:
    facts: dict[str, object] = {"batch": batch.pk, "category": batch.category, **{c: getattr(batch, c) for c in COUNTS}}
    return facts | {
        "lake_version": batch.lake_version,
        "seconds": batch.seconds,
        "unknown_columns": batch.unknown_columns,
    }
