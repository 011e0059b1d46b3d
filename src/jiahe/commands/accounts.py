"""`jiahe accounts`: verifications that wait for the operator, first administrators, and people from a workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.accounts import workbook
from jiahe.accounts.actions.confirm_representative import confirm_representative, waiting
from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.actions.import_people import import_people
from jiahe.accounts.actions.invite import Guest, invite
from jiahe.accounts.enums import Role
from jiahe.commands.acting import acting
from jiahe.creditfile.models import Enterprise
from jiahe.gathering.errors import NoSuchFile
from jiahe.kit import clock

AsLogin = Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))]
AsJson = Annotated[bool, typer.Option("--json", help=_("输出 JSON"))]


def register(app: typer.Typer) -> None:
    own = typer.Typer(no_args_is_help=True, help=_("单位与人员：身份核验、首任管理员、批量导入"))
    own.command(name="verifications", help=_("列出待确认的法定代表人核验"))(verifications)
    own.command(name="confirm", help=_("确认或拒绝一项核验"))(confirm)
    own.command(name="invite", help=_("邀请主管部门的首任管理员，显示一次性链接"))(first)
    own.command(name="import", help=_("从工作簿导入机构、网点和人员"))(take)
    own.command(name="template", help=_("写出导入用的空白工作簿"))(template)
    app.add_typer(own, name="accounts")


def verifications(as_json: AsJson = False) -> None:
    found = list(waiting(clock.now()))
    names = dict(Enterprise.objects.filter(uscc__in=[v.uscc for v in found]).values_list("uscc", "name"))
    rows = [
        {"number": v.number, "uscc": v.uscc, "name": names.get(v.uscc, ""), "asked_at": f"{v.asked_at:%Y-%m-%d %H:%M}"}
        for v in found
    ]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        print("{number}  {uscc}  {name}  {asked_at}".format(**row))
    if not rows:
        print(_("没有待确认的核验。"))


def confirm(
    number: Annotated[str, typer.Argument(help=_("核验编号"))],
    refuse: Annotated[bool, typer.Option("--refuse", help=_("不予通过"))] = False,
    as_login: AsLogin = "",
) -> None:
    confirm_representative(actor=acting(as_login), number=number, confirmed=not refuse)
    print(
        _("核验 {number} 未通过。").format(number=number)
        if refuse
        else _("核验 {number} 已确认。").format(number=number)
    )


def first(
    role: Annotated[Role, typer.Argument(help=_("角色，如 security_admin"))],
    name: Annotated[str, typer.Argument(help=_("姓名"))],
    phone: Annotated[str, typer.Argument(help=_("手机号"))],
    organisation: Annotated[str, typer.Option(help=_("主管部门名称，首次使用时建立"))] = "",
) -> None:
    """The link is printed once and sent to the phone as well."""
    target = authority(organisation or _("主管部门"))
    _invitation, link = invite(
        actor=acting(""), organisation=target.code, guest=Guest(name=name, phone=phone, role=role)
    )
    print(_("{organisation}的{role}邀请链接，使用一次即失效：").format(organisation=target.name, role=role.label))
    print(link)


def take(
    file: Annotated[Path, typer.Argument(help=_("填好的工作簿(XLSX)"))],
    report: Annotated[Path | None, typer.Option(help=_("把被拒的行和原因写入此 XLSX"))] = None,
    as_login: AsLogin = "",
    as_json: AsJson = False,
) -> None:
    """Exit 0 where every row was taken or is so already, 1 where some were refused."""
    if not file.is_file():
        raise NoSuchFile(file=file)
    outcome = import_people(actor=acting(as_login), file=file)
    facts = {"taken": outcome.taken, "unchanged": outcome.unchanged, "refused": len(outcome.refused)}
    if as_json:
        print(json.dumps(facts))
    else:
        print(_("已导入 {taken:,} 行，无变化 {unchanged:,} 行，被拒 {refused:,} 行。").format(**facts))
        for one in outcome.refused[:20]:
            print(f"{one.row.sheet} {one.row.number}: {one.sentence}")
    if report:
        report.write_bytes(workbook.report(outcome.refused))
    raise typer.Exit(1 if outcome.refused else 0)


def template(out: Annotated[Path, typer.Argument(help=_("写入的 XLSX 文件"))]) -> None:
    out.write_bytes(workbook.template())
    print(_("已写入 {out}").format(out=out))
