"""`jiahe messages`: addresses of organisations, and the texts that a provider is given."""

from __future__ import annotations

from jiahe.notify.templates import SMS
from tests.conftest import Installation

MAILBOX = "desk@bank.example"


def test_an_address_is_declared_listed_and_withdrawn(installation: Installation) -> None:
    assert installation.run("messages", "declare", "bank-a", "email", MAILBOX).stdout == "已登记，编号 1。\n"
    assert installation.run("messages", "addresses").stdout == f"1  bank-a  email  {MAILBOX}\n"
    assert installation.run("messages", "withdraw", "1").stdout == "地址 1 已停用。\n"
    assert installation.run("messages", "addresses").stdout == "没有登记送达地址。\n"
    again = installation.run("messages", "withdraw", "1", code=2)
    assert again.stderr == "没有编号为 1 的在用送达地址：用 jiahe messages addresses 查看。\n"


def test_a_web_address_comes_with_its_secret_and_never_leads_into_the_own_network(installation: Installation) -> None:
    refused = installation.run("messages", "declare", "bank-a", "webhook", "https://127.0.0.1/x", code=2)
    assert refused.stdout == ""
    said = installation.run(
        "messages", "declare", "bank-a", "webhook", "http://127.0.0.1/x", JIAHE_WEBHOOK_PRIVATE="1"
    ).stdout.splitlines()
    assert (said[0], said[1].startswith("签名密钥，只显示这一次：whsec_"), len(said)) == ("已登记，编号 1。", True, 2)


def test_templates_are_printed_as_a_provider_takes_them(installation: Installation) -> None:
    lines = dict(line.split("\t") for line in installation.run("messages", "templates").stdout.splitlines())
    assert list(lines) == list(SMS)
    assert lines["code"] == "验证码 ${code}，${minutes} 分钟内有效。请勿告诉他人。"
