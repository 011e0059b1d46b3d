"""`jiahe audit`: are the books as they were written; sealed months as files, and whether those are."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.audit import anchor
from jiahe.audit.actions.verify import Report, verify
from jiahe.audit.faults import Fault
from jiahe.audit.verification import Walk
from jiahe.commands.acting import acting


def register(app: typer.Typer) -> None:
    own = typer.Typer(no_args_is_help=True, help=_("审计：核验、按月导出、离线核验"))
    own.command(name="verify", help=_("核验操作日志与查阅日志是否被改动"))(check)
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
