"""`jiahe score run`: features and scores of everybody, or of those about whom something new was gathered."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe import profiles
from jiahe.commands.acting import acting
from jiahe.profiles.derived import SCORE
from jiahe.scoring.actions import run as action
from jiahe.scoring.errors import NotScoredYet
from jiahe.scoring.explaining import explanation
from jiahe.scoring.models import Run
from jiahe.scoring.queries import cards

AsLogin = Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))]
AsJson = Annotated[bool, typer.Option("--json", help=_("输出 JSON"))]
AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help=_("数据截至日期，默认今天"))]
Touched = Annotated[bool, typer.Option("--touched", help=_("只算上次运行后有新数据的企业"))]


def register(app: typer.Typer) -> None:
    app.command(name="run", help=_("计算特征，并按使用中的评分卡评分、排名"))(run)
    app.command(name="explain", help=_("一家企业的评分及其原因，须以有权查看的登录名办理"))(explain)


def run(as_of: AsOf = None, touched: Touched = False, as_login: AsLogin = "", as_json: AsJson = False) -> None:
    """Without a card in use only features are made, for training."""
    actor = acting(as_login)
    done = (
        action.run_touched(actor=actor) if touched else action.run(actor=actor, as_of=as_of.date() if as_of else None)
    )
    if as_json:
        print(json.dumps(_figures(done) if done else None, ensure_ascii=False))
    elif done is None:
        print(_("上次运行以来没有新数据，或还没有使用中的评分卡。"))
    else:
        text = _("已计算 {enterprises:,} 家企业的特征，评分 {scored:,} 家，其中 {changed:,} 家有变化。")
        print(text.format(enterprises=done.enterprises, scored=done.scored, changed=done.changed))
        if not done.card:
            print(_("还没有使用中的评分卡：先训练并发布一张，再运行一次。"))


def _figures(done: Run) -> dict[str, object]:
    seconds = (done.finished_at - done.started_at).total_seconds() if done.finished_at else None
    names = ("reach", "card", "enterprises", "scored", "changed", "batches")
    return {"run": done.pk, "as_of": str(done.as_of), "seconds": seconds} | {n: getattr(done, n) for n in names}


def explain(
    uscc: Annotated[str, typer.Argument(help=_("统一社会信用代码"))],
    as_login: Annotated[str, typer.Option("--as", help=_("以某个登录名查看"))],
    purpose: Annotated[str, typer.Option("--purpose", help=_("查看目的"))] = "own",
    as_json: AsJson = False,
) -> None:
    """Through the one door: what the person may see, and logged as their reading."""
    profile = profiles.read(actor=acting(as_login), enterprise=uscc, categories=[SCORE], purpose=purpose)
    told = profile.derived.get(SCORE)
    if told is None:
        raise NotScoredYet(uscc=profile.enterprise.uscc)
    if told.score is None:
        print(_("未评分：{reason}").format(reason=told.get_unscored_display()))
        return
    found = explanation(told, cards.card_by(told.card))
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False))
        return
    print(found.sentence)
    for sign, some in (("+", found.strengths), ("-", found.weaknesses), ("↑", found.improvements)):
        for reason in some:
            print(f"{sign} {reason.points:+d}  {reason.sentence}")
