"""One's own account: password, sessions, for whom one acts, closing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.test import Client

from jiahe.accounts.actions.change_password import change_password
from jiahe.accounts.actions.enrol import grant
from jiahe.accounts.actions.second_factor import install
from jiahe.accounts.enums import Role
from jiahe.accounts.models import Organisation, SignedInSession, UsedPassword, User
from jiahe.accounts.passwords import NotUsedBefore
from jiahe.audit.models import Entry
from jiahe.kit.actor import Actor
from jiahe.notify.models import Message
from tests.people import PASSWORD, bank, enterprise, person, representative, sign_in

USCC, OTHER = "91330100799655058B", "91350100M000100Y43"
NEW = "rice-terrace-morning-42"


@pytest.fixture
def owner(db: None) -> User:
    return representative("owner", USCC)


def with_password(client: Client, login: str, password: str = PASSWORD) -> None:
    client.post("/sign-in/", {"login": login, "password": password})


def change(client: Client, *, old: str = PASSWORD, new: str = NEW, again: str = NEW) -> tuple[int, list[str]]:
    answer = client.post("/account/password/", {"password": old, "new": new, "again": again})
    if answer.status_code == 302:
        return 302, []
    return answer.status_code, [str(e) for errors in answer.context["form"].errors.values() for e in errors]


def test_the_password_is_changed_here_and_ends_the_other_sessions(client: Client, owner: User) -> None:
    other = Client()
    with_password(other, "owner")
    with_password(client, "owner")
    assert change(client) == (302, [])
    assert client.get("/account/").status_code == 200
    assert other.get("/account/")["Location"].startswith("/sign-in/")
    assert SignedInSession.objects.get().key == client.session.session_key
    fresh = Client()
    with_password(fresh, "owner", NEW)
    assert "_auth_user_id" in fresh.session


@pytest.mark.parametrize(
    ("new", "status"),
    [
        ("short-42", 422),
        ("password1234", 422),
        ("owner-owner-1", 422),
        ("测试法人测试法人测试法人", 422),
        (PASSWORD, 422),
    ],
)
def test_weak_passwords_are_refused_and_the_old_one_stays(client: Client, owner: User, new: str, status: int) -> None:
    sign_in(client, owner)
    answer, sentences = change(client, new=new, again=new)
    assert (answer, len(sentences) >= 1) == (status, True)
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_wrong_old_password_and_a_slip_of_the_pen_are_said(client: Client, owner: User) -> None:
    sign_in(client, owner)
    assert change(client, old="wrong") == (401, ["当前密码不正确：请核对后重试。"])
    assert change(client, again=NEW + "x") == (422, ["两次输入的新密码不一致：请重新输入。"])
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_guessing_the_old_password_is_counted_with_sign_ins(client: Client, owner: User) -> None:
    sign_in(client, owner)
    for _ in range(5):
        assert change(client, old="wrong")[0] == 401
    assert change(client)[0] == 429
    assert Client().post("/sign-in/", {"login": "owner", "password": PASSWORD}).status_code == 429


def test_a_given_password_is_changed_before_anything_else(client: Client, owner: User) -> None:
    User.objects.update(password_given=True)
    with_password(client, "owner")
    assert client.get("/enterprise/")["Location"] == "/account/password/?next=%2Fenterprise%2F"
    assert client.get("/account/")["Location"].startswith("/account/password/")
    assert change(client) == (302, [])
    assert client.get("/enterprise/").status_code == 200


def test_former_passwords_are_kept_as_hashes(owner: User) -> None:
    change_password(actor=Actor.system(), user=owner, password=NEW)
    assert check_password(PASSWORD, UsedPassword.objects.get().hash)
    with pytest.raises(ValidationError):
        NotUsedBefore().validate(NEW, owner)
    NotUsedBefore().validate(PASSWORD, owner)  # the parameter asks for the present one only


def test_each_session_is_listed_and_can_be_ended(client: Client, owner: User) -> None:
    phone = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) MicroMessenger/8.0"})
    with_password(phone, "owner")
    with_password(client, "owner")
    text = client.get("/account/").content.decode()
    assert "微信 · iPhone" in text
    assert text.count("地点未记录") == 2
    one = SignedInSession.objects.get(device="微信 · iPhone")
    client.post(f"/account/sessions/{one.pk}/end/")
    assert phone.get("/account/")["Location"].startswith("/sign-in/")
    assert client.get("/account/").status_code == 200
    assert client.post(f"/account/sessions/{one.pk}/end/").status_code == 404


def test_all_others_are_ended_at_once(client: Client, owner: User) -> None:
    others = [Client(), Client()]
    for other in [*others, client]:
        with_password(other, "owner")
    client.post("/account/sessions/end-others/")
    assert [o.get("/account/").status_code for o in others] == [302, 302]
    assert client.get("/account/").status_code == 200


def test_sessions_of_others_are_not_ended(client: Client, owner: User) -> None:
    representative("neighbour", OTHER)
    other = Client()
    with_password(other, "neighbour")
    sign_in(client, owner)
    number = SignedInSession.objects.get(user__login="neighbour").pk
    assert client.post(f"/account/sessions/{number}/end/").status_code == 404
    assert other.get("/account/").status_code == 200


def test_signing_out_takes_the_session_off_the_list(client: Client, owner: User) -> None:
    with_password(client, "owner")
    client.post("/sign-out/")
    assert SignedInSession.objects.count() == 0


def test_signing_in_again_in_the_same_browser_is_one_session(client: Client, owner: User) -> None:
    with_password(client, "owner")
    with_password(client, "owner")
    assert SignedInSession.objects.get().key == client.session.session_key


def test_who_has_no_password_sets_one_soon_after_signing_in(
    client: Client, owner: User, at: Callable[[str], None]
) -> None:
    owner.set_unusable_password()
    owner.save()
    client.force_login(owner)
    assert change(client)[0] == 401
    session = client.session
    session["signed_in_at"] = "2026-11-23T08:50:00+08:00"
    session.save()
    assert change(client) == (302, [])
    owner.refresh_from_db()
    assert owner.check_password(NEW)


def test_left_alone_sessions_are_not_listed(client: Client, owner: User, at: Callable[[str], None]) -> None:
    with_password(Client(), "owner")
    at("09:31")
    with_password(client, "owner")
    assert client.get("/account/").content.decode().count("地点未记录") == 1


def test_who_acts_for_several_chooses_first_and_can_switch(client: Client, owner: User) -> None:
    second = grant(actor=Actor.system(), user=owner, organisation=enterprise(OTHER), role=Role.ENTERPRISE_MEMBER)
    with_password(client, "owner")
    assert client.get("/enterprise/")["Location"] == "/account/acting/?next=%2Fenterprise%2F"
    assert (
        client.post("/account/acting/", {"membership": second.pk, "next": "/enterprise/"})["Location"] == "/enterprise/"
    )
    text = client.get("/enterprise/").content.decode()
    assert f"切换到测试{USCC}" in text
    assert client.session["membership"] == second.pk
    first = owner.memberships.exclude(pk=second.pk).get()
    client.post("/account/acting/", {"membership": first.pk})
    assert client.session["membership"] == first.pk


@pytest.mark.parametrize("wanted", ["", "x", "0", "9" * 40, "-1"])
def test_nobody_acts_for_what_is_not_theirs(client: Client, owner: User, wanted: str) -> None:
    grant(actor=Actor.system(), user=owner, organisation=enterprise(OTHER), role=Role.ENTERPRISE_MEMBER)
    with_password(client, "owner")
    assert client.post("/account/acting/", {"membership": wanted}).status_code == 403
    assert "membership" not in client.session


def test_switching_to_a_role_that_needs_a_second_factor_asks_for_it(client: Client, owner: User) -> None:
    manager = grant(actor=Actor.system(), user=owner, organisation=bank(), role=Role.ACCOUNT_MANAGER)
    with_password(client, "owner")
    client.post("/account/acting/", {"membership": manager.pk})
    assert client.get("/bank/")["Location"].startswith("/account/second-factor/")


def test_an_account_is_closed_and_what_stays_is_what_logs_name(client: Client, owner: User) -> None:
    install(actor=Actor.system(), user=owner, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    User.objects.update(phone="v1:sealed", phone_digest="d" * 64)
    grant(
        actor=Actor.system(),
        user=representative("partner", OTHER),
        organisation=enterprise(USCC),
        role=Role.ENTERPRISE_ADMIN,
    )
    sign_in(client, owner)
    assert "唯一的企业管理员" not in client.get("/account/close/").content.decode()
    assert client.post("/account/close/", {"password": "wrong"}).status_code == 401
    assert owner.memberships.get().state == "active"

    assert client.post("/account/close/", {"password": PASSWORD})["Location"] == "/sign-in/"
    owner.refresh_from_db()
    assert (owner.login, owner.name, owner.phone, owner.phone_digest) == ("owner", "测试法人", "", "")
    assert (owner.is_active, owner.has_usable_password(), owner.memberships.get().state) == (False, False, "ended")
    assert Authenticator.objects.count() == 0
    assert Organisation.objects.get(code=USCC).state == "active"
    assert Client().post("/sign-in/", {"login": "owner", "password": PASSWORD}).status_code == 401
    assert Entry.objects.filter(action="accounts.close").count() == 1


def test_the_last_administrator_is_told_and_the_enterprise_is_frozen(client: Client, owner: User) -> None:
    sign_in(client, owner)
    assert f"您是测试{USCC}唯一的企业管理员" in client.get("/account/close/").content.decode()
    client.post("/account/close/", {"password": PASSWORD})
    frozen = Organisation.objects.get(code=USCC)
    assert (frozen.state, frozen.reason) == ("frozen", "唯一的企业管理员已注销账户，请由法定代表人重新登记认证。")
    assert Message.objects.get(organisation=USCC).template == "organisation.frozen"


def test_the_last_administrator_of_a_bank_names_another_one_first(client: Client, db: None) -> None:
    head = person("head", Role.HEAD_ADMIN, bank())
    sign_in(client, head)
    answer = client.post("/account/close/", {"password": PASSWORD})
    assert answer.status_code == 409
    head.refresh_from_db()
    assert (head.is_active, head.memberships.get().state) == (True, "active")
