"""An enterprise registers on the pages, from the code on its licence to the first sign-in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jiahe.accounts.actions.confirm_representative import confirm_representative
from jiahe.accounts.models import Membership, Organisation, User, Verification
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.notify.models import Outgoing
from tests.people import PASSWORD
from tests.registry import IDENTITY, NAME, OTHER, PERSON, USCC, deliver

pytestmark = pytest.mark.django_db(databases="__all__")
PHONE = "17000000001"
ACCOUNT = {"name": "张三丰", "login": "zhang", "password": PASSWORD, "again": PASSWORD, "agreed": "on"}
STEP_MISSING = "登记的前一步尚未完成或已超时：请从第一步重新开始，已填内容没有保存。"


@pytest.fixture
def registry(tmp_path: Path) -> None:
    deliver(tmp_path)


def text(response: Any) -> str:
    return str(response.content.decode())


def moved(response: Any, to: str) -> None:
    assert (response.status_code, response.headers.get("Location")) == (302, to)


def code() -> str:
    return str(json.loads(keyring().decrypt(Outgoing.objects.order_by("-pk")[0].facts))["code"])


def up_to_account(client: Client) -> None:
    moved(client.post("/register/", {"uscc": USCC, "name": NAME}), "/register/phone/")
    moved(client.post("/register/phone/", {"phone": PHONE}), "/register/phone/")
    assert "170******01" in text(client.get("/register/phone/"))
    moved(client.post("/register/phone/", {"code": code()}), "/register/representative/")
    moved(client.post("/register/representative/", {"name": PERSON, "identity": IDENTITY}), "/register/representative/")
    number = Verification.objects.get().number
    assert number in text(client.get("/register/representative/"))
    confirm_representative(actor=Actor.system("console"), number=number, confirmed=True)
    moved(client.get("/register/representative/"), "/register/account/")


@pytest.mark.usefixtures("registry")
def test_from_the_code_on_the_licence_to_the_first_sign_in(client: Client) -> None:
    assert client.get("/register/").status_code == 200
    up_to_account(client)
    moved(client.post("/register/account/", ACCOUNT), "/sign-in/")
    joined = Membership.objects.select_related("user", "organisation").get()
    assert (joined.organisation.code, joined.user.login, joined.representative) == (USCC, "zhang", True)
    assert "登记完成：请用刚才设定的登录名和密码登录。" in text(client.get("/sign-in/"))
    assert client.get("/register/account/").status_code == 409
    stored = json.dumps(dict(client.session.items()))
    assert not any(secret in stored for secret in (PHONE, IDENTITY, PASSWORD))


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("uscc", "name", "status", "sentence"),
    [
        (f"{USCC[:-1]}C", NAME, 422, "末位校验位应为 B，实际为 C"),
        (OTHER, NAME, 404, "本市登记信息中没有这家企业"),
        (USCC, "别的公司", 422, "企业名称与该代码的登记名称不一致"),
        (USCC, "", 422, "请填写企业名称。"),
        (USCC, f"{NAME}\x00", 422, "不允许"),
        (USCC, "嘉" * 300_000, 422, "企业名称与该代码的登记名称不一致"),
    ],
)
def test_what_is_wrong_with_the_enterprise_is_said_and_nothing_begins(
    client: Client, uscc: str, name: str, status: int, sentence: str
) -> None:
    answer = client.post("/register/", {"uscc": uscc, "name": name})
    assert answer.status_code == status
    assert sentence in text(answer)
    assert "registration" not in client.session


def test_ten_megabytes_are_too_much_for_any_page(client: Client) -> None:
    body = f"uscc={USCC}&name={'x' * 10_000_000}"
    answer = client.post("/register/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "提交的内容太大：页面上填写的内容合计不能超过 2.5 MB，请缩短后重试。" in text(answer)


@pytest.mark.parametrize("step", ["phone", "representative", "account"])
def test_no_step_without_the_one_before(client: Client, step: str) -> None:
    answer = client.post(f"/register/{step}/", ACCOUNT)
    assert answer.status_code == 409
    assert STEP_MISSING in text(answer)
    assert User.objects.count() == 0


@pytest.mark.usefixtures("registry")
def test_the_account_waits_for_the_phone(client: Client) -> None:
    client.post("/register/", {"uscc": USCC, "name": NAME})
    for step in ("representative", "account"):
        assert client.post(f"/register/{step}/", ACCOUNT).status_code == 409
    client.post("/register/phone/", {"phone": PHONE})
    right = code()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    answer = client.post("/register/phone/", {"code": wrong})
    assert answer.status_code == 422
    assert "验证码不正确：还可再试 4 次。" in text(answer)
    assert client.get("/register/representative/").status_code == 409
    assert client.post("/register/phone/", {"phone": PHONE}).status_code == 429
    assert Outgoing.objects.count() == 1
    moved(client.post("/register/phone/", {"code": right}), "/register/representative/")
    assert client.post("/register/phone/", {"code": right}).status_code == 422


@pytest.mark.usefixtures("registry")
def test_a_registration_left_alone_for_an_hour_begins_anew(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-23T09:00")
    client.post("/register/", {"uscc": USCC, "name": NAME})
    monkeypatch.setenv("JIAHE_NOW", "2026-11-23T10:00")
    assert client.get("/register/phone/").status_code == 200
    monkeypatch.setenv("JIAHE_NOW", "2026-11-23T10:00:01")
    assert client.get("/register/phone/").status_code == 409


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"again": "another-one-2026"}, 422, "两次输入的密码不同：请重新输入。"),
        ({"password": "1234", "again": "1234"}, 422, "密码不合要求："),
        ({"agreed": ""}, 422, "请阅读并勾选同意用户协议。"),
        ({"login": PHONE}, 422, "登录名应以字母开头"),
        ({"name": "张\u202e三"}, 422, "姓名的第 2 个字符是不可见的控制字符：请删去后重试。"),
        ({"name": "张" * 400_000}, 422, "姓名有 400,000 个字，最多 50 个：请缩短后重试。"),
    ],
)
def test_an_account_that_is_refused_leaves_nothing_behind(
    client: Client, change: dict[str, str], status: int, sentence: str
) -> None:
    up_to_account(client)
    answer = client.post("/register/account/", ACCOUNT | change)
    assert answer.status_code == status
    assert sentence in text(answer)
    assert (User.objects.count(), Organisation.objects.count()) == (0, 0)
    moved(client.post("/register/account/", ACCOUNT), "/sign-in/")


@pytest.mark.usefixtures("registry")
def test_a_sign_in_with_the_licence_fills_in_and_spares_the_verification(client: Client) -> None:
    session = client.session
    session["verified_entity"] = {
        "uscc": USCC,
        "name": NAME,
        "representative": PERSON,
        "subject": "s-1",
        "provider": "licence",
    }
    session.save()
    assert USCC in text(client.get("/register/"))
    moved(client.post("/register/", {"uscc": USCC, "name": NAME}), "/register/phone/")
    client.post("/register/phone/", {"phone": PHONE})
    moved(client.post("/register/phone/", {"code": code()}), "/register/account/")
    moved(client.post("/register/account/", ACCOUNT), "/sign-in/")
    assert Membership.objects.get().representative
    assert "verified_entity" not in client.session


@pytest.mark.usefixtures("registry")
def test_somebody_signed_in_registers_another_enterprise_without_phone_and_account(
    client: Client, tmp_path: Path
) -> None:
    up_to_account(client)
    client.post("/register/account/", ACCOUNT)
    client.force_login(User.objects.get())
    deliver(tmp_path, OTHER, name="乙有限公司")
    moved(client.post("/register/", {"uscc": OTHER, "name": "乙有限公司"}), "/register/representative/")
    client.post("/register/representative/", {"name": PERSON, "identity": IDENTITY})
    number = Verification.objects.get(uscc=OTHER).number
    confirm_representative(actor=Actor.system("console"), number=number, confirmed=True)
    moved(client.get("/register/representative/"), "/register/account/")
    moved(client.post("/register/account/", {"agreed": "on"}), reverse("start"))
    assert User.objects.count() == 1
    assert client.session["membership"] == Membership.objects.get(organisation__code=OTHER).pk
