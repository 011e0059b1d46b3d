"""`jiahe score points`: let credit points and limits rest on the newest records now, not only tonight."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.kit import clock
from jiahe.scoring.points.actions.refresh import refresh


def register(app: typer.Typer) -> None:
    app.command(name="points", help=_("按最新归集的数据重算信用积分所用的特征"))(points)


def points(
    as_of: Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help=_("截至哪一天"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    day = as_of.date() if as_of else clock.today()
    count = refresh(as_of=day)
    if as_json:
        print(json.dumps({"as_of": day.isoformat(), "enterprises": count}))
    else:
        print(_("已按截至 {day} 的数据重算 {count:,} 家企业。").format(day=day, count=count))
