"""`jiahe demo`: a small generated city, gathered through the real pipeline, on real screens, with logins printed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.accounts.models import User
from jiahe.commands import demo_financing, demo_people, demo_points, demo_products, demo_score
from jiahe.creditfile.models import Enterprise
from jiahe.gathering.models import Batch, BatchState
from jiahe.kit.errors import JiaheError
from jiahe.kit.home import home

SEED = 7
ENTERPRISES = 3_000
RECORDS = 900_000


class NotADemo(JiaheError):
    code = "commands.not_a_demo"
    status = 409
    template = gettext_lazy("数据目录 {home} 已有非演示数据，未作改动：请用 JIAHE_HOME 另指一个空目录。")


class StepFailed(JiaheError):
    code = "commands.demo_step_failed"
    status = 500
    template = gettext_lazy("演示未能建成：{step} 以退出码 {code} 结束，原因见上。")


def register(app: typer.Typer) -> None:
    app.command(name="demo", help=_("建一座演示小城并打开网站"))(command)


def command(
    port: Annotated[int, typer.Option(help=_("端口"))] = 8000,
    enterprises: Annotated[int, typer.Option(help=_("企业数"))] = ENTERPRISES,
    records: Annotated[int, typer.Option(help=_("记录数"))] = RECORDS,
    build_only: Annotated[bool, typer.Option("--build-only", help=_("只建不开网站"))] = False,
    codes: Annotated[bool, typer.Option("--codes", help=_("只显示此刻的验证码"))] = False,
) -> None:
    """A city that is there already is opened again; runs until it is told to stop."""
    _assert_demo()
    if codes:
        for login in demo_people.codes():
            print(_("登录名 {login}  验证码 {code}").format(login=login.login, code=login.code or "—"))
        return
    build(enterprises, records)
    for login in demo_people.logins():
        print(_line(login), flush=True)
    demo_people.ask_for_consent()
    demo_products.publish()
    demo_financing.tell()
    demo_score.score()
    demo_points.lend()
    if not build_only:
        print(_("验证码每 30 秒更换，随时再看：jiahe demo --codes"), file=sys.stderr, flush=True)
        raise typer.Exit(_open(port))


def _line(login: demo_people.Login) -> str:
    text = _("登录名 {login}  口令 {password}  验证码 {code}  ({role}，{organisation})")
    return text.format(**asdict(login) | {"code": login.code or _("不需要")})


def _marker() -> Path:
    return home() / "demo.built"


def _assert_demo() -> None:
    """Generated data never mixes with a city's own; who registered in a demonstration belongs to it."""
    own = Enterprise.objects.filter(generated=False).exclude(name="").exists()
    if own or (User.objects.exists() and not _marker().exists()):
        raise NotADemo(home=home())


def build(enterprises: int, records: int) -> None:
    """Generate and gather the city, unless all of it is there; a stopped run is begun anew."""
    marker, inbox = _marker(), home() / "demo-inbox"
    if marker.exists():
        return
    started = time.monotonic()
    shutil.rmtree(inbox, ignore_errors=True)
    print(_("生成 {enterprises:,} 家企业的部门文件…").format(enterprises=enterprises), file=sys.stderr, flush=True)
    size = ("--enterprises", str(enterprises), "--records", str(records), "--seed", str(SEED))
    _step("city", *size, "--out", str(inbox), accepted=(0,))
    print(_("归集…"), file=sys.stderr, flush=True)
    _step("gather", "--inbox", str(inbox), "--history", accepted=(0, 1))  # 1: the dirt lies in quarantine
    _step(
        "score", "outcomes", str(inbox / "outcomes.csv"), accepted=(0, 1)
    )  # 1: of firms whose registration lies there
    marker.write_text(f"{SEED} {enterprises} {records}\n")
    done = Batch.objects.filter(state=BatchState.DONE)
    print(
        _("已归集 {categories} 个信息类、{records:,} 条记录，用时 {seconds:.0f} 秒").format(
            categories=done.values("category").distinct().count(),
            records=sum(done.values_list("accepted", flat=True)),
            seconds=time.monotonic() - started,
        ),
        file=sys.stderr,
        flush=True,
    )


def _step(*arguments: str, accepted: tuple[int, ...]) -> None:
    done = subprocess.run([*_jiahe(), *arguments], stdout=subprocess.DEVNULL)
    if done.returncode not in accepted:
        raise StepFailed(step=arguments[0], code=done.returncode)


def _jiahe() -> list[str]:
    """The command that runs now, as another process would start it."""
    return [sys.executable, "-m", "jiahe.cli"]


def _open(port: int) -> int:
    """The web server and the worker, until the server ends."""
    environment = {**os.environ, "JIAHE_DEMO": "1"}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that what was started is ended too
    started = list[subprocess.Popen[bytes]]()
    with (home() / "worker.log").open("a", encoding="utf-8") as log:
        try:
            started.append(subprocess.Popen([*_jiahe(), "worker"], env=environment, stdout=log, stderr=log))
            started.append(subprocess.Popen([*_jiahe(), "serve", "--port", str(port)], env=environment))
            return started[-1].wait()
        except KeyboardInterrupt:
            return 0
        finally:
            # Told, not killed: each of them ends the processes that it started itself.
            for process in started:
                process.terminate()
            for process in started:
                process.wait()
