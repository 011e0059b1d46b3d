"""`jiahe score`: outcomes of loans, from which a card is trained."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.commands import score_cards, score_run, score_table, score_training
from jiahe.commands.acting import acting
from jiahe.gathering.errors import NoSuchFile
from jiahe.scoring import outcome_file
from jiahe.scoring.actions.record_outcomes import record_outcomes

SHOWN = 20
AsLogin = Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))]
AsJson = Annotated[bool, typer.Option("--json", help=_("输出 JSON"))]


def register(app: typer.Typer) -> None:
    own = typer.Typer(no_args_is_help=True, help=_("信用评分"))
    own.command(name="outcomes", help=_("登记违约结果：CSV，含 uscc、defaulted_on、reported_on、source 四列"))(outcomes)
    own.command(name="table", help=_("把平台自己的特征与违约结果写成训练表"))(score_table.table)
    score_cards.register(own)
    score_run.register(own)
    score_training.register(own)
    app.add_typer(own, name="score")


def outcomes(
    file: Annotated[Path, typer.Argument(help=_("违约结果文件(CSV)"))],
    as_login: AsLogin = "",
    as_json: AsJson = False,
) -> None:
    """Exit 0 where every line was taken, 1 where some were refused."""
    if not file.is_file():
        raise NoSuchFile(file=file)
    done = record_outcomes(actor=acting(as_login), lines=outcome_file.read(file))
    if as_json:
        refused = [asdict(one) for one in done.refused]
        print(json.dumps({"recorded": done.recorded, "refused": len(refused), "lines": refused}, ensure_ascii=False))
    else:
        print(
            _("已登记 {recorded:,} 行，被拒 {refused:,} 行。").format(recorded=done.recorded, refused=len(done.refused))
        )
        for one in done.refused[:SHOWN]:
            text = _("第 {line} 行，{column}“{value}”：{sentence}")
            print(text.format(**asdict(one)))
        if len(done.refused) > SHOWN:
            print(_("其余 {count:,} 行用 --json 查看。").format(count=len(done.refused) - SHOWN))
    raise typer.Exit(1 if done.refused else 0)
