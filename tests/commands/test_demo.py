"""The demonstration: a city through the real pipeline, a login, and never on top of somebody's own data."""

from __future__ import annotations

import re
import signal
import socket
import time
from pathlib import Path

from jiahe.accounts.enums import Role
from tests.conftest import Installation

SMALL = ("--build-only", "--enterprises", "100", "--records", "6000")


LINE = re.compile(r"登录名 (\S+)  口令 (\S+)  验证码 (\S+)  \((\S+)，(\S+)\)")


def test_it_builds_a_city_prints_a_login_a_role_and_opens_the_same_city_again(installation: Installation) -> None:
    first = installation.run("demo", *SMALL)
    lines = [LINE.fullmatch(line).groups() for line in first.stdout.splitlines()]  # type: ignore[union-attr]
    assert sorted(role for *_, role, _ in lines) == sorted(
        [*(str(role.label) for role in Role), "模型管理员"]  # a card takes two of them
    )
    assert {code == "不需要" for _, _, code, role, _ in lines if role not in {"企业管理员", "企业成员"}} == {False}
    assert {organisation for *_, organisation in lines} >= {"演示银行", "演示主管部门", "演示评级机构"}
    assert "已归集 104 个信息类" in first.stderr
    facts = "from jiahe.creditfile.models import Enterprise as E; print(E.objects.exclude(name='').count(), E.objects.filter(generated=False).count())"
    assert installation.python(facts) == "100 0\n"
    reported = (installation.home / "demo-inbox/outcomes.csv").read_text(encoding="utf-8").splitlines()[1:]
    outcomes = "from jiahe.scoring.models import Outcome as O; print(O.objects.count())"
    assert reported
    assert installation.python(outcomes) == f"{len(reported)}\n"

    second = installation.run("demo", *SMALL)
    password = lines[0][1]
    assert (second.stderr, password in second.stdout) == ("", False)
    check = "from jiahe.accounts.models import User; print(User.objects.get(login='officer').check_password({!r}))"
    assert installation.python(check.format(password)) == "False\n"
    shown = installation.run("demo", "--codes").stdout.splitlines()
    assert (bool(re.fullmatch(r"登录名 officer  验证码 \d{6}", shown[0])), shown[-1]) == (
        True,
        "登录名 member  验证码 —",
    )
    assert installation.python(check.format(second.stdout.split()[3])) == "True\n"
    asked = "from jiahe.consent.models import Consent as C; print([(c.state, c.grantee.code, c.requested_by) for c in C.objects.filter(state='requested')])"
    assert installation.python(asked) == "[('requested', 'demo-bank', 'manager')]\n"
    orders = (
        "from jiahe.financing.models import Order as O; print(sorted(set(O.objects.values_list('state', flat=True))))"
    )
    assert installation.python(orders) == (
        "['accepted', 'agreed', 'approved', 'declined', 'diligence', 'disbursed', 'more_wanted', 'refused', 'repaying', 'review']\n"
    )
    assert installation.python("from jiahe.accounts.tasks import compare_all; compare_all()") == ""
    frozen = "from jiahe.accounts.models import Organisation as O; print(O.objects.filter(state='frozen').count())"
    assert installation.python(frozen) == "0\n"


def test_a_folder_with_real_data_is_refused_and_left_as_it_was(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "0101.csv"
    file.write_text("统一社会信用代码,企业名称\n91330100799655058B,甲公司\n", encoding="utf-8")
    installation.run("gather", file, "--category", "0101")
    done = installation.run("demo", *SMALL, code=2)
    assert done.stdout == ""
    assert done.stderr == f"数据目录 {installation.home} 已有非演示数据，未作改动：请用 JIAHE_HOME 另指一个空目录。\n"
    assert installation.python("from jiahe.gathering.models import Batch; print(Batch.objects.count())") == "1\n"


def test_it_ends_with_all_that_it_started(installation: Installation) -> None:
    installation.run("demo", *SMALL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = ("127.0.0.1", int(free.getsockname()[1]))
    process = installation.start("demo", "--port", str(address[1]))
    end = time.monotonic() + 60
    while not _listens(address) and time.monotonic() < end:
        time.sleep(0.2)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)  # ends when the last process has closed its output
    assert process.returncode == 0
    assert not _listens(address)


def _listens(address: tuple[str, int]) -> bool:
    with socket.socket() as asker:
        return asker.connect_ex(address) == 0
