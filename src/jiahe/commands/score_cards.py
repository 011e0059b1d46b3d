"""`jiahe score publish|roll-back|cards`: the life of a card, which takes two people."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from jiahe.accounts.models import User
from jiahe.commands.acting import acting
from jiahe.gathering.errors import NoSuchFile
from jiahe.kit.actor import Actor
from jiahe.scoring.actions.commit_card import commit_card
from jiahe.scoring.actions.import_card import import_card
from jiahe.scoring.actions.publish_card import publish_card
from jiahe.scoring.actions.roll_back import roll_back
from jiahe.scoring.actions.try_card import try_on_day, try_on_newest
from jiahe.scoring.actions.watch_card import watch_live
from jiahe.scoring.card import loads
from jiahe.scoring.errors import NotACard
from jiahe.scoring.models import CardState, CardVersion
from jiahe.scoring.models.card_version import OPEN
from jiahe.scoring.queries.cards import card_of, versions

AsLogin = Annotated[str, typer.Option("--as", help=_("以某个模型管理员的登录名办理"))]
AsJson = Annotated[bool, typer.Option("--json", help=_("输出 JSON"))]


def register(group: typer.Typer) -> None:
    group.command(name="publish", help=_("评分卡的下一步：第一人提交，另一人发布"))(publish)
    group.command(name="roll-back", help=_("退回上一张评分卡"))(back)
    group.command(name="trial", help=_("试算待发布的评分卡：谁会升降"))(trial)
    group.command(name="watch", help=_("监测使用中的评分卡"))(watch)
    group.command(name="cards", help=_("列出评分卡"))(cards)


def publish(
    file: Annotated[Path, typer.Argument(help=_("评分卡文件(JSON)"))],
    as_login: AsLogin,
    figures: Annotated[Path | None, typer.Option(help=_("训练指标(jiahe score train --json 的输出)"))] = None,
    note: Annotated[str, typer.Option(help=_("说明"))] = "",
    as_json: AsJson = False,
) -> None:
    """The first person's run hands the card in, a second person's puts it in use."""
    actor, text = acting(as_login), _text(file)
    digest = loads(text).digest
    version = CardVersion.objects.filter(digest=digest, state__in=OPEN).first()
    if version is None:
        version = import_card(actor=actor, text=text, figures=_text(figures) if figures else "", note=note)
    done = _next_step(actor, version)
    if as_json:
        print(json.dumps(_facts(done), ensure_ascii=False))
    elif done.state == CardState.COMMITTED:
        print(_("第 {number} 版评分卡已提交，请另一位模型管理员以同一命令发布。").format(number=done.number))
    else:
        print(_("第 {number} 版评分卡已发布，自下次评分起使用。").format(number=done.number))


def _next_step(actor: Actor, version: CardVersion) -> CardVersion:
    step = commit_card if version.state == CardState.DRAFT else publish_card
    return step(actor=actor, number=version.number)


def back(
    number: Annotated[int, typer.Argument(help=_("使用中的版本号"))],
    as_login: AsLogin,
    reason: Annotated[str, typer.Option(help=_("原因"))],
) -> None:
    again = roll_back(actor=acting(as_login), number=number, reason=reason)
    print(_("已退回第 {number} 版评分卡，自下次评分起使用。").format(number=again.number))


def cards(as_json: AsJson = False) -> None:
    """The newest first."""
    found = [_facts(one) for one in versions()]
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        print(_("第 {number} 版  {label}  {characteristics} 项特征  {digest}").format(**one))
    if not found:
        print(_("还没有评分卡：请先用 jiahe score train 训练，再用 jiahe score publish 提交。"))


def trial(
    number: Annotated[int, typer.Argument(help=_("待发布的版本号"))],
    as_login: AsLogin,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help=_("观察日：带上此后的违约结果；默认用最近一次的特征"))
    ] = None,
) -> None:
    """Prints the table as JSON: it has no other reader than a program and the page."""
    actor = acting(as_login)
    made = (
        try_on_day(actor=actor, number=number, as_of=as_of.date())
        if as_of
        else try_on_newest(actor=actor, number=number)
    )
    print(json.dumps({"as_of": f"{made.as_of}", "live": made.live.number, **made.found}, ensure_ascii=False))


def watch(as_login: Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))] = "") -> None:
    """The month's row as JSON; exit 1 where there are alarms."""
    row = watch_live(actor=acting(as_login))
    names = ("enterprises", "psi", "drift", "known", "expected", "observed", "ks", "attention", "alarms")
    days = {
        "month": f"{row.month:%Y-%m}",
        "as_of": f"{row.as_of}",
        "observed_on": row.observed_on and f"{row.observed_on}",
    }
    print(json.dumps({**days, **{name: getattr(row, name) for name in names}}, ensure_ascii=False))
    raise typer.Exit(1 if row.alarms else 0)


def _text(file: Path) -> str:
    if not file.is_file():
        raise NoSuchFile(file=file)
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as broken:
        raise NotACard(file=file.name) from broken


def _facts(version: CardVersion) -> dict[str, Any]:
    steps = {step: _step(version, step) for step in ("drafted", "committed", "published", "retired")}
    return {
        "number": version.number,
        "state": version.state,
        "label": str(CardState(version.state).label),
        "digest": version.digest,
        "characteristics": len(card_of(version).characteristics),
        "note": version.note,
        "reason": version.reason,
        **steps,
    }


def _step(version: CardVersion, step: str) -> dict[str, str] | None:
    at: datetime | None = getattr(version, f"{step}_at")
    by: User | None = getattr(version, f"{step}_by")
    return {"at": at.isoformat(), "by": by.login} if at and by else None
