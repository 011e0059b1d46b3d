"""`jiahe messages`: where organisations have their messages delivered to, and the texts to register with a provider."""

from __future__ import annotations

import re
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from jiahe.commands.acting import acting
from jiahe.kit.crypto import keyring
from jiahe.notify.actions.declare_address import declare_address, withdraw_address
from jiahe.notify.models import Address, AddressKind
from jiahe.notify.templates import SMS

AsLogin = Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))]


def register(app: typer.Typer) -> None:
    own = typer.Typer(no_args_is_help=True, help=_("消息：送达地址、短信模板"))
    own.command(name="addresses", help=_("列出在用的送达地址"))(addresses)
    own.command(name="declare", help=_("为一个单位登记送达地址：email 或 webhook"))(declare)
    own.command(name="withdraw", help=_("停用一个送达地址"))(withdraw)
    own.command(name="templates", help=_("列出要在短信服务商登记的模板"))(templates)
    app.add_typer(own, name="messages")


def addresses() -> None:
    found = list(Address.objects.filter(ended_at=None).order_by("organisation", "pk"))
    for one in found:
        print(f"{one.pk}  {one.organisation}  {one.kind}  {keyring().decrypt(one.value)}")
    if not found:
        print(_("没有登记送达地址。"))


def declare(
    organisation: Annotated[str, typer.Argument(help=_("单位代码"))],
    kind: Annotated[AddressKind, typer.Argument(help=_("email 或 webhook"))],
    value: Annotated[str, typer.Argument(help=_("邮箱，或 https 网址"))],
    as_login: AsLogin = "",
) -> None:
    """The secret of a webhook is printed once."""
    address, secret = declare_address(actor=acting(as_login), organisation=organisation, kind=kind, value=value)
    print(_("已登记，编号 {number}。").format(number=address.pk))
    if secret:
        print(_("签名密钥，只显示这一次：{secret}").format(secret=secret))


def withdraw(number: Annotated[int, typer.Argument(help=_("地址编号"))], as_login: AsLogin = "") -> None:
    withdraw_address(actor=acting(as_login), number=number)
    print(_("地址 {number} 已停用。").format(number=number))


def templates() -> None:
    """Without the signature, which the provider puts before it; `${fact}` as providers write it."""
    for name, sentence in SMS.items():
        words = re.sub(r"\{(\w+)\}", r"${\1}", str(sentence)).partition("】")[2] or str(sentence)
        print(f"{name}\t{words}")
