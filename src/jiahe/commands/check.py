"""`jiahe check`: is everything configured and reachable, in words."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import checks
from django.db import connection
from django.utils.translation import gettext as _

from jiahe.accounts.queries.administrators import has_three_administrators
from jiahe.audit import anchor, chain
from jiahe.audit.queries import sealing
from jiahe.catalogue import load
from jiahe.catalogue.problems import problems
from jiahe.creditfile.documents.store import DocumentStore
from jiahe.gathering.connectors.reach import reach
from jiahe.gathering.connectors.source import Source
from jiahe.gathering.connectors.sources import declarations
from jiahe.gathering.errors import GatheringError
from jiahe.gathering.models import Outside
from jiahe.kit import clock, jobs, working_days
from jiahe.kit.configuration import is_on, setting
from jiahe.kit.crypto import keyring
from jiahe.kit.errors import JiaheError
from jiahe.kit.home import folder, home, lake_root
from jiahe.kit.preparation import prepare
from jiahe.lake.engines.frames import frames
from jiahe.notify.providers import provider
from jiahe.notify.queries import put_aside

ROOM_BYTES = 2 * 1024**3
PATIENCE = timedelta(minutes=5)
PARTS = ("vendor/tabler.min.css", "vendor/echarts.min.js")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, whether it is in order, and how it is."""

    name: str
    ok: bool
    sentence: str


def register(app: typer.Typer) -> None:
    app.command(name="check", help=_("检查配置是否齐全、各部分是否可用"))(command)


def command(
    deploy: Annotated[bool, typer.Option("--deploy", help=_("另列出正式运行还缺什么"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Exit 0 where all is in order, 1 where something is not."""
    looks = [
        _data_folder,
        _database,
        _documents,
        _lake,
        _engine,
        _keys,
        _catalogue,
        _browser_parts,
        _language,
        _working_days,
        _jobs,
        _audit,
        _messages,
    ]
    findings = [*(_look(one) for one in looks), *_sources()]
    if deploy:
        findings += _production()
    ok = all(f.ok for f in findings)
    if as_json:
        print(json.dumps({"ok": ok, "checks": [asdict(f) for f in findings]}, ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{'✓' if finding.ok else '✗'} {finding.sentence}")
    raise typer.Exit(0 if ok else 1)


def _look(one: Callable[[], Finding]) -> Finding:
    """A check that itself fails is a finding too."""
    try:
        return one()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one part, the others are looked at
        reason = str(error).strip().partition("\n")[0]
        name = one.__name__.removeprefix("_")
        return Finding(name, False, _("{name}：{reason}").format(name=name, reason=f"{type(error).__name__}: {reason}"))


def _data_folder() -> Finding:
    _assert_writable(home())
    free = shutil.disk_usage(home()).free
    sentence = _("数据目录 {path} 可写，剩余空间 {free:.1f} GiB").format(path=home(), free=free / 1024**3)
    return Finding("data_folder", free >= ROOM_BYTES, sentence)


def _assert_writable(path: Path) -> None:
    with tempfile.TemporaryFile(dir=path) as file:
        file.write(b"jiahe")
        file.flush()
        os.fsync(file.fileno())


def _database() -> Finding:
    prepare()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    kind = connection.display_name
    return Finding("database", True, _("数据库 {kind} {version} 可用，表结构为最新").format(kind=kind, version=version))


def _documents() -> Finding:
    store = DocumentStore()
    store.create()
    return Finding("documents", True, _("信用档案文档库可用"))


def _lake() -> Finding:
    root = lake_root()
    root.mkdir(parents=True, exist_ok=True)
    _assert_writable(root)
    return Finding("lake", True, _("湖 {path} 可写").format(path=root))


def _engine() -> Finding:
    """Whether the engine of batch work answers."""
    try:
        with frames() as lake:
            return Finding("engine", True, _("湖上的计算引擎 {name} 可用").format(name=lake.name))
    except JiaheError as problem:
        return Finding("engine", False, problem.sentence)


def _keys() -> Finding:
    newest = keyring().newest
    open_ones = [p.name for p in folder("keys").iterdir() if stat.S_IMODE(p.stat().st_mode) & 0o077]
    if open_ones:
        names = "、".join(sorted(open_ones))
        return Finding("keys", False, _("密钥文件 {names} 可被他人读取：请将权限改为 600").format(names=names))
    return Finding("keys", True, _("数据密钥可用，加密用第 {newest} 版").format(newest=newest))


def _catalogue() -> Finding:
    catalogue = load()
    wrong = problems(catalogue)
    if wrong:
        text = _("目录有 {count} 处问题，例如 {first}：请运行 jiahe catalogue check")
        return Finding("catalogue", False, text.format(count=len(wrong), first=wrong[0]))
    items = sum(len(c.items) for c in catalogue.categories.values())
    text = _("目录有 {departments} 个部门、{categories} 个信息类、{items} 个信息项，没有问题")
    facts = {"departments": len(catalogue.departments), "categories": len(catalogue.categories), "items": items}
    return Finding("catalogue", True, text.format(**facts))


def _browser_parts() -> Finding:
    missing = [part for part in PARTS if finders.find(part) is None]
    if missing:
        names = "、".join(missing)
        return Finding("browser_parts", False, _("缺少网页部件 {names}：请运行 make setup").format(names=names))
    return Finding("browser_parts", True, _("网页部件齐全"))


def _language() -> Finding:
    language = setting("JIAHE_LANGUAGE")
    known = dict(settings.LANGUAGES)
    if language not in known:
        names = "、".join(known)
        text = _("JIAHE_LANGUAGE 的值“{language}”无效：可用的有 {names}")
        return Finding("language", False, text.format(language=language, names=names))
    if not (settings.LOCALE_PATHS[0] / "en/LC_MESSAGES/django.mo").exists():
        return Finding("language", False, _("英文译文尚未编译：请运行 make setup"))
    return Finding("language", True, _("默认语言 {language}，译文可用").format(language=language))


def _working_days() -> Finding:
    """Readable; the years beyond it are told, not faulted: the next is announced at the end of each."""
    text = _("工作日历到 {year} 年止，以后暂按周末和固定节日推算：可用 JIAHE_WORKING_DAYS 补充")
    return Finding("working_days", True, text.format(year=max(working_days.announced())))


def _jobs() -> Finding:
    queue = jobs.queue()
    if queue.oldest is not None and clock.now() - queue.oldest > PATIENCE:
        text = _("有 {waiting} 个后台作业已等待超过 {minutes} 分钟：请运行 jiahe worker")
        minutes = int(PATIENCE.total_seconds() // 60)
        return Finding("jobs", False, text.format(waiting=queue.waiting, minutes=minutes))
    text = _("后台作业：{waiting} 个等待，{running} 个处理中")
    return Finding("jobs", True, text.format(waiting=queue.waiting, running=queue.running))


def _audit() -> Finding:
    """Whether the sealer keeps up, and the anchor is where it should be."""
    standing = sealing.standings()
    oldest = min((one.waiting_since for one in standing if one.waiting_since), default=None)
    if oldest is not None and clock.now() - oldest > PATIENCE:
        count = sum(one.waiting for one in standing)
        return Finding("audit", False, _("有 {count} 条审计日志等待封存：请运行 jiahe worker").format(count=count))
    if any(one.head.number for one in standing) and not anchor.path().exists():
        return Finding("audit", False, _("审计锚定文件 {place} 不存在：请找回").format(place=anchor.path()))
    if setting("JIAHE_HASH") not in chain.ALGORITHMS:
        return Finding(
            "audit", False, _("JIAHE_HASH 的值无效：可用的有 {names}").format(names="、".join(chain.ALGORITHMS))
        )
    return Finding("audit", True, _("审计日志已封存，锚定于 {place}").format(place=anchor.path()))


def _messages() -> Finding:
    """Whether messages go out, and none waits for a person."""
    counts = put_aside.counts()
    lacks: list[str] = getattr(provider(), "lacks", list)()
    if lacks:
        text = _("短信通道 {name} 还缺：{lacks}")
        return Finding("messages", False, text.format(name=setting("JIAHE_SMS"), lacks="、".join(lacks)))
    if counts.total:
        text = _("有 {count} 条外发消息需要人处理：系统管理员可在“外发消息”页重发")
        return Finding("messages", False, text.format(count=counts.total))
    if counts.due_since is not None and clock.now() - counts.due_since > PATIENCE:
        return Finding(
            "messages", False, _("有 {count} 条消息等待发送：请运行 jiahe worker").format(count=counts.waiting)
        )
    return Finding("messages", True, _("外发消息：{count} 条等待发送").format(count=counts.waiting))


def _sources() -> Iterator[Finding]:
    """Every declared source and whether it is reachable; those outside the departments are counted apart."""
    declared = declarations()
    if not declared.sources and not declared.problems:
        return
    counts = {
        "departments": declared.outside(None),
        "province": declared.outside(Outside.PROVINCE),
        "collected": declared.outside(Outside.COLLECTED),
    }
    text = _("已声明的来源：部门 {departments} 个；部门之外：省级 {province} 个，公开采集 {collected} 个")
    yield Finding("sources", True, text.format(**counts))
    for problem in declared.problems:
        yield Finding("sources", False, problem)
    for source in declared.sources:
        yield _source(source)


def _source(source: Source) -> Finding:
    name = f"source.{source.code}"
    try:
        reach(source)
    except GatheringError as problem:
        return Finding(name, False, str(problem))
    return Finding(name, True, _("来源“{source}”({name})可以连通").format(source=source.code, name=source.name.zh))


def _providers_are_safe() -> bool:
    addresses = (setting("JIAHE_SSO_ISSUER"), setting("JIAHE_LICENCE_URL"))
    return all(address.startswith("https://") for address in addresses if address)


def _production() -> Iterator[Finding]:
    """What a production installation has and this one may lack."""
    local = {"localhost", "127.0.0.1", "[::1]"}
    wanted = [
        ("deploy.database", connection.vendor == "postgresql", _("正式运行使用 PostgreSQL：设 DATABASE_URL")),
        ("deploy.hosts", bool(set(settings.ALLOWED_HOSTS) - local), _("正式运行有对外的主机名：设 JIAHE_HOSTS")),
        ("deploy.tls", is_on("JIAHE_PROXY"), _("正式运行位于终结 TLS 的反向代理之后：设 JIAHE_PROXY=1")),
        ("deploy.demo", not is_on("JIAHE_DEMO"), _("正式运行不开演示模式：去掉 JIAHE_DEMO")),
        ("deploy.clock", not setting("JIAHE_NOW"), _("正式运行使用真实时间：去掉 JIAHE_NOW")),
        ("deploy.debug", not is_on("JIAHE_DEBUG"), _("正式运行不显示调用栈：去掉 JIAHE_DEBUG")),
        (
            "deploy.sign_in",
            _providers_are_safe(),
            _("外部登录的地址以 https 开头：改 JIAHE_SSO_ISSUER、JIAHE_LICENCE_URL"),
        ),
        ("deploy.secret", bool(setting("JIAHE_SECRET")), _("会话与令牌的密钥由密钥管理系统给出：设 JIAHE_SECRET")),
        ("deploy.keys", bool(setting("JIAHE_KEYS")), _("数据密钥由密钥管理系统给出：设 JIAHE_KEYS")),
        ("deploy.backups", bool(setting("JIAHE_BACKUPS")), _("正式运行定期备份：设 JIAHE_BACKUPS")),
        ("deploy.anchor", bool(setting("JIAHE_ANCHOR")), _("审计的锚放在另一台机器上：设 JIAHE_ANCHOR")),
        (
            "deploy.webhook",
            not is_on("JIAHE_WEBHOOK_PRIVATE"),
            _("接口推送只发往外网的 https 地址：去掉 JIAHE_WEBHOOK_PRIVATE"),
        ),
        ("deploy.sms", setting("JIAHE_SMS") not in {"file", "console"}, _("短信经真实通道发出：设 JIAHE_SMS")),
        (
            "deploy.verifier",
            setting("JIAHE_VERIFIER") != "console",
            _("法定代表人由身份核验服务核验：设 JIAHE_VERIFIER"),
        ),
        ("deploy.hotline", bool(setting("JIAHE_HOTLINE")), _("每页写明服务热线：设 JIAHE_HOTLINE")),
        ("deploy.administrators", has_three_administrators(), _("系统、安全、审计管理员各有其人，由三人分别担任")),
        ("deploy.signing", bool(setting("JIAHE_SIGNING_KEYS")), _("签名密钥由密钥管理系统给出：设 JIAHE_SIGNING_KEYS")),
    ]
    for name, ok, sentence in wanted:
        yield Finding(name, ok, sentence)
    for message in checks.run_checks(include_deployment_checks=True):
        if message.level >= checks.WARNING:
            yield Finding(f"django.{message.id}", False, message.msg.partition("\n")[0])
