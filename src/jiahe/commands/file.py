"""`jiahe file USCC`: the credit file as the authority's data officer may see it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from jiahe import profiles
from jiahe.accounts.enums import Role
from jiahe.catalogue import load
from jiahe.commands.acting import acting
from jiahe.kit.actor import Actor
from jiahe.profiles import Purpose


def register(app: typer.Typer) -> None:
    app.command(name="file", help=_("显示一家企业的信用档案"))(command)


def command(
    uscc: Annotated[str, typer.Argument(help=_("统一社会信用代码"))],
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=_("按当日所知"))] = None,
    as_login: Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """The operator at the console reads as a data officer would, and the read is logged as his."""
    actor = acting(as_login) if as_login else Actor(None, "console", "platform", Role.DATA_OFFICER, "console")
    day = as_of.date() if as_of else None
    profile = profiles.read(actor=actor, enterprise=uscc, categories=None, purpose=Purpose.DATA_QUALITY, as_of=day)
    if as_json:
        print(json.dumps(vars(profile), ensure_ascii=False, default=_plain))
    else:
        _print(profile)


def _plain(value: Any) -> str | dict[str, Any]:
    """What JSON has no form for: dates as ISO, decimals as text so that no digit is lost."""
    if isinstance(value, profiles.Record):
        return value.as_dict()
    if isinstance(value, profiles.EnterpriseHead | profiles.Withheld):
        return asdict(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _print(profile: profiles.Profile) -> None:
    head = profile.enterprise
    mark = _("  演示数据") if head.generated else ""
    print(f"{head.name or '—'}  {head.uscc}  {head.state}{mark}")
    categories = load().categories
    for code, rows in profile.records.items():
        category = categories[code]
        print(f"\n{code} {category.name.zh} · {len(rows)}")
        if at := profile.as_last_known_at.get(code):
            print(_("  来源暂时无法查询，所示为此前所知：{at}").format(at=f"{at:%Y-%m-%d %H:%M}"))
        for row in rows:
            print(f"  [{row.business_date or '—'} · {_('入库')} {row.loaded_on}]")
            for item in category.items:
                value = row.values[item.code]
                if value is not None and item.code != "uscc":
                    print(
                        f"    {item.name.zh}: {value if not isinstance(value, Decimal) else f'{value:f}'}{item.unit or ''}"
                    )
    for code, number in profile.refused.items():
        said = _("来源的应答中有 %(number)s 条未通过校验或不属于该企业，未显示。") % {"number": number}
        print(f"\n{code} {categories[code].name.zh}: {said}")
