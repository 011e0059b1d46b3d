"""`jiahe consent`: check a signed consent, publish the key to check with."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.consent.artefact import Verdict, check
from jiahe.kit import signing
from jiahe.kit.errors import JiaheError
from jiahe.kit.signing import PublicKey

EXIT = {Verdict.GENUINE: 0, Verdict.CHANGED: 1, Verdict.UNKNOWN_KEY: 1, Verdict.UNREADABLE: 2}


class NoKey(JiaheError):
    code = "commands.no_key"
    status = 404
    template = gettext_lazy(
        "没有可用来核验的公钥：在签发的平台上运行 jiahe consent key，把输出存为文件后用 --key 给出。"
    )


def register(app: typer.Typer) -> None:
    group = typer.Typer(help=_("核验授权书"), no_args_is_help=True)
    group.command(name="verify", help=_("核验一份已签名的授权书"))(verify)
    group.command(name="key", help=_("显示核验授权书用的公钥"))(key)
    app.add_typer(group, name="consent")


def verify(
    file: Annotated[Path, typer.Argument(help=_("授权书文件(JSON)"))],
    key: Annotated[Path | None, typer.Option("--key", help=_("签发平台公布的公钥文件；不给则用本机的"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Exit 0 genuine, 1 not genuine, 2 not to be checked. The key within a document proves nothing; none is there."""
    keys = _published(key) if key else signing.public_keys()
    if not keys:
        raise NoKey
    verdict, consent = check(file.read_bytes(), keys)
    if as_json:
        print(json.dumps({"verdict": verdict.value, "consent": consent}, ensure_ascii=False))
    else:
        typer.echo(_sentence(verdict, consent), err=EXIT[verdict] == 2)
    raise typer.Exit(EXIT[verdict])


def key() -> None:
    """One line for each key: algorithm, name, the key itself. Signs once, so that there is one."""
    signing.sign(b"")
    for public in signing.public_keys().values():
        print(public.algorithm, public.name, base64.b64encode(public.value).decode())


def _published(file: Path) -> dict[str, PublicKey]:
    try:
        lines = [line.split() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        publics = [PublicKey(algorithm, base64.b64decode(value, validate=True)) for algorithm, _name, value in lines]
    except ValueError as error:
        raise NoKey from error
    return {public.name: public for public in publics if public.algorithm in signing.ALGORITHMS}


def _sentence(verdict: Verdict, consent: dict[str, Any]) -> str:
    if verdict is Verdict.UNREADABLE:
        return _("这不是嘉禾信签发的授权书文件：请核对文件。")
    if verdict is Verdict.UNKNOWN_KEY:
        return _("授权书不可信：签名所用的密钥不是已公布的密钥。")
    if verdict is Verdict.CHANGED:
        return _("授权书不可信：签发之后内容被改动过。")
    text = _("授权书真实：{number}，{enterprise}授权{grantee}，签发时的状态为 {state}。")
    return text.format(
        number=consent["number"],
        enterprise=consent["enterprise"]["name"],
        grantee=consent["grantee"]["name"],
        state=consent["state"],
    )
