"""`jiahe keys`: which data keys there are, a new one, and everything sealed with it."""

from __future__ import annotations

import json
import os
import sys
from typing import Annotated

import typer
from django.db import transaction
from django.utils.translation import gettext as _

from jiahe.accounts.actions.reseal import reseal as reseal_accounts
from jiahe.audit.journal import write
from jiahe.catalogue import load
from jiahe.commands.acting import acting
from jiahe.gathering.actions.reseal import reseal as reseal_category
from jiahe.kit.configuration import setting
from jiahe.kit.crypto import add_key, keyring, written_key


def register(app: typer.Typer) -> None:
    own = typer.Typer(no_args_is_help=True, help=_("数据密钥：列出、新增、改用新密钥加密"))
    own.command(name="list", help=_("列出密钥版本，不显示密钥"))(listed)
    own.command(name="new", help=_("新增一版密钥，此后用它加密"))(new)
    own.command(name="rotate", help=_("把已存的密文改用最新密钥加密；摘要不变"))(rotate)
    app.add_typer(own, name="keys")


def listed(as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False) -> None:
    keys = keyring()
    if as_json:
        print(json.dumps({"versions": sorted(keys.keys), "encrypts": keys.newest, "cipher": setting("JIAHE_CIPHER")}))
        return
    for version in sorted(keys.keys):
        uses = [_("解密")]
        uses += [_("加密({cipher})").format(cipher=setting("JIAHE_CIPHER"))] if version == keys.newest else []
        uses += [_("摘要")] if version == min(keys.keys) else []
        print(_("第 {version} 版：{uses}").format(version=version, uses="、".join(uses)))


def new(as_login: Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))] = "") -> None:
    """Where JIAHE_KEYS gives the keys, says what to set and changes nothing."""
    actor = acting(as_login)
    if os.environ.get("JIAHE_KEYS"):
        print(_("密钥由 JIAHE_KEYS 给出，未作改动。请在其末尾加上下面这一段，重启全部进程，再运行 jiahe keys rotate："))
        print(f",{written_key(keyring().newest + 1)}")
        return
    version = add_key()
    with transaction.atomic():
        write(actor=actor, action="keys.new", subject=f"key:{version}")
    print(
        _("已新增第 {version} 版密钥。请备份 keys/data，重启网站与后台进程，再运行 jiahe keys rotate。").format(
            version=version
        )
    )


def rotate(
    as_login: Annotated[str, typer.Option("--as", help=_("以某个登录名办理"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """May be stopped and run again at any time; a second run finds nothing to do."""
    actor, files = acting(as_login), {}
    rows = reseal_accounts(actor=actor)
    chosen = [c for c in load().categories.values() if any(item.encrypted for item in c.items)]
    for number, category in enumerate(chosen, start=1):
        if not as_json and sys.stderr.isatty():
            print(
                f"\r\033[K{number}/{len(chosen)} {category.code} {category.name.zh}",
                end="",
                file=sys.stderr,
                flush=True,
            )
        if count := reseal_category(actor=actor, category=category):
            files[category.code] = count
    facts = {"mark": keyring().mark, "rows": rows, "files": files}
    if as_json:
        print(json.dumps(facts))
        return
    said = _("已改用第 {version} 版密钥：数据库 {rows:,} 行，{categories} 个信息类的 {files:,} 个文件。")
    counts = {"rows": rows, "categories": len(files), "files": sum(files.values())}
    print(said.format(version=keyring().newest, **counts))
    print(_("湖中换下的旧文件在安全保留时长之后由每夜的合并作业删除；此前的备份仍是旧密钥的密文，旧密钥请保留。"))
