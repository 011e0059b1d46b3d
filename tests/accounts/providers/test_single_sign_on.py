"""Sign-in by the province's single sign-on, against a server of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.test import Client

from jiahe.accounts.actions.link import link
from jiahe.accounts.actions.second_factor import install
from jiahe.accounts.models import Organisation, OutsideIdentity, SignedInSession, User
from jiahe.accounts.second_factor import new_secret
from jiahe.accounts.verification import VerifiedEntity
from jiahe.audit.models import Entry
from jiahe.kit.actor import Actor
from tests.people import PASSWORD, representative, sign_in

if TYPE_CHECKING:
    from tests.accounts.providers.conftest import StandIn

pytestmark = pytest.mark.django_db
USCC = "91330100799655058B"
PERSON = VerifiedEntity(uscc=USCC, name="甲公司", representative="张三", subject="person-1", provider="sso")
INVALID = "省法人统一认证的答复未通过验证，登录没有进行：请重新登录；仍不成功请联系系统管理员。"
CANCELLED = "省法人统一认证未确认本次登录(已取消或已过期)：请重新登录。"
DOWN = "省法人统一认证暂时无法连接，登录没有进行：请稍后重试，或改用其他方式登录。"


@pytest.fixture
def sso(stand_in: Callable[[str], StandIn]) -> StandIn:
    return stand_in("sso")


@pytest.fixture
def owner() -> User:
    """A representative whose account is linked to the province's sign-on."""
    user = representative("owner", USCC)
    link(actor=Actor.system(), user=user, verified=PERSON)
    return user


def go(client: Client) -> str:
    """To the provider and back to the door: the path that the browser returns to."""
    sent = client.get("/sign-in/with/sso/?next=/enterprise/")
    assert sent.status_code == 302
    returned = urlsplit(httpx.get(sent["Location"]).headers["Location"])
    assert returned.netloc == "testserver"
    return f"{returned.path}?{returned.query}"


def refused(client: Client, answer: Any, status: int, sentence: str) -> None:
    """It is said why, nobody is signed in, nothing was written."""
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert "verified_entity" not in client.session
    assert SignedInSession.objects.count() == 0


def test_a_linked_person_is_signed_in_and_acts_for_the_enterprise_that_was_verified(
    client: Client, sso: StandIn, owner: User
) -> None:
    answer = client.get(go(client))
    assert (answer.status_code, answer["Location"]) == (302, "/enterprise/")
    assert client.session["_auth_user_id"] == str(owner.pk)
    assert client.session["membership"] == owner.memberships.get().pk
    assert Entry.objects.filter(action="accounts.sign_in").values_list("facts", flat=True).get() == {"way": "sso"}


def test_a_second_factor_is_asked_for_all_the_same(client: Client, sso: StandIn, owner: User) -> None:
    install(actor=Actor.system(), user=owner, secret=new_secret())
    client.get(go(client))
    assert client.get("/enterprise/")["Location"] == "/sign-in/code/?next=%2Fenterprise%2F"


def test_an_unknown_person_gets_no_account_but_what_was_verified_waits_for_the_registration(
    client: Client, sso: StandIn
) -> None:
    answer = client.get(go(client))
    assert client.session["verified_entity"] == {
        "provider": "sso",
        "subject": "person-1",
        "uscc": USCC,
        "name": "甲公司",
        "representative": "张三",
    }
    assert (answer.status_code, answer["Location"]) == (302, "/register/")
    assert "_auth_user_id" not in client.session
    assert (User.objects.count(), Organisation.objects.count(), OutsideIdentity.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    "fault", ["tampered", "other_key", "no_algorithm", "expired", "nonce", "audience", "issuer", "no_json"]
)
def test_an_answer_that_proves_nothing_is_refused(client: Client, sso: StandIn, owner: User, fault: str) -> None:
    path = go(client)
    sso.fault(fault)
    refused(client, client.get(path), 401, INVALID)


def test_a_wrong_state_is_refused_and_the_attempt_is_used_up(client: Client, sso: StandIn, owner: User) -> None:
    path = go(client)
    query = path.partition("?")[2].replace("state=", "state=x")
    refused(client, client.get(f"/sign-in/with/sso/back/?{query}"), 401, INVALID)
    refused(client, client.get(path), 401, INVALID)


def test_somebody_elses_return_address_signs_nobody_in(client: Client, sso: StandIn, owner: User) -> None:
    path = go(client)
    stranger = Client()
    refused(stranger, stranger.get(path), 401, INVALID)


def test_a_return_works_once(client: Client, sso: StandIn, owner: User) -> None:
    path = go(client)
    client.get(path)
    client.post("/sign-out/")
    refused(client, client.get(path), 401, INVALID)


@pytest.mark.parametrize("fault", ["wrong_code", "refused"])
def test_a_cancelled_or_expired_sign_in_is_said(client: Client, sso: StandIn, owner: User, fault: str) -> None:
    if fault == "refused":
        sso.fault(fault)
    path = go(client)
    sso.fault(fault)
    refused(client, client.get(path), 401, CANCELLED)


def test_a_provider_that_is_down_or_broken_is_said(client: Client, sso: StandIn, owner: User) -> None:
    path = go(client)
    sso.fault("broken")
    refused(client, client.get(path), 503, DOWN)
    sso.stop()
    refused(client, client.get("/sign-in/with/sso/"), 503, DOWN)


def test_a_closed_account_is_not_opened(client: Client, sso: StandIn, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(is_active=False)
    client.get(go(client))
    assert "_auth_user_id" not in client.session


def test_who_is_signed_in_links_the_identity_which_is_then_taken(client: Client, sso: StandIn) -> None:
    first, second = representative("first", USCC), representative("second", "91350100M000100Y43")
    sign_in(client, first)
    assert client.get(go(client))["Location"] == "/account/"
    assert first.identities.get().provider == "sso"
    sign_in(client, second)
    answer = client.get(go(client))
    assert answer.status_code == 409
    assert second.identities.count() == 0
    assert OutsideIdentity.objects.get().subject_digest != "person-1"


def test_who_has_shown_the_password_alone_links_nothing(client: Client, sso: StandIn) -> None:
    user = representative("owner", USCC)
    install(actor=Actor.system(), user=user, secret=new_secret())
    client.post("/sign-in/", {"login": "owner", "password": PASSWORD})
    client.get(go(client))
    assert OutsideIdentity.objects.count() == 0
    assert client.get("/enterprise/").status_code == 302


def test_it_is_offered_where_it_is_configured_only(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "省法人统一认证" not in client.get("/sign-in/").content.decode()
    assert client.get("/sign-in/with/sso/").status_code == 404
    monkeypatch.setenv("JIAHE_SSO_ISSUER", "http://127.0.0.1:1")
    assert "用省法人统一认证登录" in client.get("/sign-in/").content.decode()
