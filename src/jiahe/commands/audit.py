"""`jiahe audit`: are the books as they were written; sealed months as files, and whether those are."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.audit import anchor
from jiahe.audit.actions.check_export import ExportReport
from jiahe.audit.actions.check_export import check as check_export
from jiahe.audit.actions.export import export
from jiahe.audit.actions.verify import Report, verify
from jiahe.audit.faults import Fault
from jiahe.audit.verification import Walk
from jiahe.commands.acting import acting


def register(app: typer.Typer) -> None:
    own = typer.Typer(no_args_is_help=True, help=_("审计：核验、按月导出、离线核验"))
    own.command(name="verify", help=_("核验操作日志与查阅日志是否被改动"))(check)
    own.command(name="export", help=_("把已结束的月份导出为可离线核验的文件"))(write_out)
    own.command(name="verify-export", help=_("核验导出的文件，不需要数据库"))(check_files)
    app.add_typer(own, name="audit")


def check(
    as_login: Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Exit 0 where both books are as they were written, 1 where something is not; the first such row is named."""
    report = verify(actor=acting(as_login), progress=_show if sys.stderr.isatty() and not as_json else _say_nothing)
    if as_json:
        print(json.dumps(_facts(report), ensure_ascii=False, default=str))
    else:
        _print(report)
    raise typer.Exit(1 if report.fault else 0)


def write_out(
    month: Annotated[str, typer.Argument(help=_("月份，如 2026-10"))],
    place: Annotated[Path, typer.Argument(metavar="DIR", help=_("目录；其下为每个月份建一个目录"))],
    as_login: Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Exit 0 done, 2 could not do it."""
    manifest = export(actor=acting(as_login), month=month, place=place)
    if as_json:
        books = {book: asdict(part) for book, part in manifest.books.items()}
        print(json.dumps({"place": str(place / month), "month": month, "books": books}, ensure_ascii=False))
        return
    for book, part in manifest.books.items():
        said = _("{book}：{rows:,} 条，第 {first} 至 {last} 段，末段 {hash}")
        facts = {"book": book.label, "rows": part.rows, "first": part.before + 1}
        print(said.format(**facts, last=part.last, hash=part.last_hash))
    print(_("已写入 {place}").format(place=place / month))


def check_files(
    place: Annotated[Path, typer.Argument(metavar="DIR", help=_("一个月份的目录，或其上一级目录"))],
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Exit 0 where the files are as they were sealed, 1 where something is not, 2 where there are none."""
    report = check_export(place)
    fault = report.fault.sentence if report.fault else None
    months = [manifest.month for manifest in report.months]
    if as_json:
        facts = {"ok": fault is None, "months": months, "rows": report.rows, "keyed": report.keyed, "fault": fault}
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print(f"✗ {fault}" if fault else _sound(report))
    raise typer.Exit(1 if fault else 0)


def _sound(report: ExportReport) -> str:
    depth = _("哈希链与每条的摘要") if report.keyed else _("哈希链；没有写入时的密钥，未核验每条的摘要")
    last = report.months[-1].books
    heads = "  ".join(f"{book.label} {part.last} {part.last_hash}" for book, part in last.items())
    said = _("核验无误：{months} 个月份、{rows:,} 条(核验了{depth})。末段：{heads}")
    return said.format(months=len(report.months), rows=report.rows, depth=depth, heads=heads)


def _say_nothing(walk: Walk) -> None:
    """Nobody looks."""


def _show(walk: Walk) -> None:
    print(f"\r\033[K{walk.book.label} {walk.rows:,}", end="", file=sys.stderr, flush=True)


def _print(report: Report) -> None:
    for walk in report.walks:
        said = _("{book}：{rows:,} 条、{segments:,} 段，最末第 {number} 段 {hash}")
        head = walk.head
        facts = {"book": walk.book.label, "rows": walk.rows, "segments": walk.segments}
        print("✓ " + said.format(**facts, number=head.number, hash=head.hash))
    if report.fault:
        print(f"✗ {report.fault.sentence}")
    else:
        print(_("核验无误：{rows:,} 条，{seconds:.1f} 秒").format(rows=report.rows, seconds=report.seconds))


def _facts(report: Report) -> dict[str, object]:
    books = {w.book: {"rows": w.rows, "segments": w.segments, **asdict(w.head)} for w in report.walks}
    facts = {"ok": report.fault is None, "rows": report.rows, "seconds": report.seconds, "books": books}
    return facts | {"anchor": str(anchor.path()), "fault": report.fault and _of(report.fault)}


def _of(fault: Fault) -> dict[str, object]:
    return {key: value for key, value in asdict(fault).items() if value is not None} | {"sentence": fault.sentence}
