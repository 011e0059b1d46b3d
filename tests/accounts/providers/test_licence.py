"""Sign-in by the electronic business licence, against a server of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from django.test import Client

from jiahe.accounts.actions.link import link
from jiahe.accounts.models import SignedInSession, User
from jiahe.accounts.verification import VerifiedEntity
from jiahe.kit.actor import Actor
from tests.people import representative

if TYPE_CHECKING:
    from tests.accounts.providers.conftest import StandIn

pytestmark = pytest.mark.django_db
USCC = "91330100799655058B"
PERSON = VerifiedEntity(uscc=USCC, name="甲公司", representative="张三", subject="person-1", provider="licence")
CHECK = "/sign-in/with/licence/check/"
INVALID = "电子营业执照的答复未通过验证，登录没有进行：请重新登录；仍不成功请联系系统管理员。"


@pytest.fixture
def licence(stand_in: Callable[[str], StandIn]) -> StandIn:
    return stand_in("licence")


@pytest.fixture
def owner() -> User:
    user = representative("owner", USCC)
    link(actor=Actor.system(), user=user, verified=PERSON)
    return user


def scan(client: Client, licence: StandIn) -> None:
    """The page with the picture is opened, and the holder confirms on the phone."""
    assert 'class="qr"' in client.get("/sign-in/with/licence/?next=/enterprise/").content.decode()
    ticket = client.session["outside_sign_in"]["kept"]["ticket"]
    assert httpx.post(f"{licence.url}/phone/{ticket}", content=b"").status_code == 200


def refused(client: Client, answer: Any, status: int, sentence: str) -> None:
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert SignedInSession.objects.count() == 0


def test_who_has_confirmed_on_the_phone_is_signed_in(client: Client, licence: StandIn, owner: User) -> None:
    scan(client, licence)
    assert client.post(CHECK)["Location"] == "/enterprise/"
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_before_that_the_same_picture_is_shown_again(client: Client, licence: StandIn, owner: User) -> None:
    first = client.get("/sign-in/with/licence/")
    again = client.post(CHECK)
    assert "还没有收到手机上的确认：请确认后再试。" in again.content.decode()
    assert again.context["picture"] == first.context["picture"]
    assert "_auth_user_id" not in client.session


def test_an_unknown_holder_waits_for_the_registration(client: Client, licence: StandIn) -> None:
    scan(client, licence)
    client.post(CHECK)
    assert client.session["verified_entity"]["uscc"] == USCC
    assert User.objects.count() == 0


def test_an_expired_ticket_is_said(client: Client, licence: StandIn, owner: User) -> None:
    scan(client, licence)
    licence.fault("expired")
    refused(client, client.post(CHECK), 410, "二维码已过期，登录没有进行：请重新获取二维码。")


@pytest.mark.parametrize("fault", ["tampered", "other_key", "no_algorithm", "nonce", "no_json"])
def test_a_statement_that_proves_nothing_is_refused(client: Client, licence: StandIn, owner: User, fault: str) -> None:
    scan(client, licence)
    licence.fault(fault)
    refused(client, client.post(CHECK), 401, INVALID)


def test_a_ticket_works_in_the_session_that_asked_for_it_only(client: Client, licence: StandIn, owner: User) -> None:
    scan(client, licence)
    stranger = Client()
    refused(stranger, stranger.post(CHECK), 401, INVALID)


def test_a_provider_that_is_down_is_said(client: Client, licence: StandIn, owner: User) -> None:
    scan(client, licence)
    licence.stop()
    down = "电子营业执照暂时无法连接，登录没有进行：请稍后重试，或改用其他方式登录。"
    refused(client, client.post(CHECK), 503, down)
    refused(client, client.get("/sign-in/with/licence/"), 503, down)
