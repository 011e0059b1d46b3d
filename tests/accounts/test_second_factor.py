"""The second factor: who must have one, that a code works once, that guessing is counted, that secrets are sealed."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from jiahe.accounts import second_factor
from jiahe.accounts.actions.second_factor import install
from jiahe.accounts.enums import ROLES, OrganisationKind, Role
from jiahe.accounts.models import SignedInSession, User
from jiahe.audit.models import Entry
from jiahe.kit.actor import Actor
from tests.people import PASSWORD, bank, organisation, person, representative, sign_in

HOME = "/authority/"
WRONG = "验证码不正确或已用过：请等待身份验证器显示下一个验证码后重试。"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_password(client: Client, login: str) -> None:
    client.post("/sign-in/", {"login": login, "password": PASSWORD})


def show(client: Client, code: str) -> tuple[int, str]:
    """The status, and the refusing sentence or the address that one is sent to."""
    response = client.post("/sign-in/code/", {"code": code, "next": HOME})
    if response.status_code == 302:
        return 302, response["Location"]
    return response.status_code, response.context["form"].non_field_errors()[0]


def code(step: int = 0) -> str:
    """The code of the present step, or of one before or after."""
    return second_factor.code_at(SECRET, second_factor.steps()[1] + step)


@pytest.fixture
def guarded(officer: User) -> User:
    """The officer with a second factor."""
    install(actor=Actor.system(), user=officer, secret=SECRET)
    return officer


def test_every_role_but_the_enterprises_own_needs_one() -> None:
    assert set(Role) - second_factor.REQUIRED == set(ROLES[OrganisationKind.ENTERPRISE])


@pytest.mark.parametrize("role", sorted(second_factor.REQUIRED))
def test_who_needs_one_gets_no_page_but_its_set_up(client: Client, db: None, role: Role) -> None:
    kind = next(kind for kind, roles in ROLES.items() if role in roles)
    person("someone", role, organisation(f"{kind}-1", kind))
    with_password(client, "someone")
    for address in ("/start/", "/account/", "/messages/", "/me/", "/account/passkeys/new/", "/account/close/"):
        assert client.get(address)["Location"].startswith("/account/second-factor/?next=")
    assert client.post("/account/sessions/end-others/")["Location"] == "/account/second-factor/?next=%2F"
    assert client.get("/messages/", headers={"HX-Request": "true"})["HX-Redirect"] == "/account/second-factor/"
    assert client.get("/account/second-factor/").status_code == 200


def test_an_enterprise_may_do_without(client: Client, db: None) -> None:
    representative("owner", "91330100799655058B")
    with_password(client, "owner")
    assert client.get("/enterprise/").status_code == 200


def test_set_up_is_proved_by_a_code_and_shows_recovery_codes_once(client: Client, officer: User) -> None:
    with_password(client, "officer")
    page = client.get("/account/second-factor/")
    secret = "".join(page.context["secret"])
    assert client.get("/account/second-factor/").context["secret"] == page.context["secret"]
    wrong = client.post("/account/second-factor/", {"code": "000000"})
    assert wrong.status_code == 401
    assert Authenticator.objects.count() == 0
    assert client.get(HOME).status_code == 302

    right = second_factor.code_at(secret, second_factor.steps()[1])
    done = client.post("/account/second-factor/", {"code": right, "next": HOME})
    assert (done.status_code, len(set(done.context["codes"]))) == (200, 10)
    assert client.get(HOME).status_code == 200
    assert done.context["codes"][0][:4] not in client.get("/account/").content.decode()
    assert Entry.objects.filter(action="accounts.set_second_factor").count() == 1


def test_secrets_are_sealed_at_rest_also_before_they_are_proved(client: Client, officer: User) -> None:
    with_password(client, "officer")
    proposed = "".join(client.get("/account/second-factor/").context["secret"])
    assert proposed not in str(dict(client.session))
    install(actor=Actor.system(), user=officer, secret=SECRET)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    assert kept.count("'v1:") == 2


def test_the_password_alone_opens_nothing(client: Client, guarded: User) -> None:
    with_password(client, "officer")
    assert client.get(HOME)["Location"] == "/sign-in/code/?next=%2Fauthority%2F"
    assert client.get("/account/second-factor/").status_code == 302
    assert client.post("/account/second-factor/", {"code": code()}).status_code == 302


def test_to_open_pages_the_password_alone_is_a_stranger(client: Client, guarded: User) -> None:
    answer = client.post("/sign-in/", {"login": "officer", "password": PASSWORD, "next": "/help/"})
    assert answer["Location"] == "/sign-in/code/?next=%2Fhelp%2F"
    assert client.get("/").status_code == 200
    assert client.get("/sign-in/").status_code == 200
    assert guarded.name not in client.get("/help/").content.decode()
    show(client, code())
    assert guarded.name in client.get("/help/").content.decode()


def test_the_right_code_opens_the_session_under_a_new_key(client: Client, guarded: User) -> None:
    with_password(client, "officer")
    before = client.session.session_key
    assert show(client, f"{code()[:3]} {code()[3:]}") == (302, HOME)
    assert client.get(HOME).status_code == 200
    assert client.session.session_key != before
    assert SignedInSession.objects.get().key == client.session.session_key


@pytest.mark.parametrize("step", [-1, 0, 1])
def test_clocks_may_differ_by_one_step(client: Client, guarded: User, step: int) -> None:
    with_password(client, "officer")
    assert show(client, code(step)) == (302, HOME)


@pytest.mark.parametrize("step", [-3, 3])
def test_and_no_more(client: Client, guarded: User, step: int) -> None:
    with_password(client, "officer")
    assert show(client, code(step)) == (401, WRONG)
    assert client.get(HOME).status_code == 302


def test_a_used_code_and_those_before_it_are_spent(client: Client, guarded: User) -> None:
    used, earlier = code(), code(-1)
    with_password(client, "officer")
    assert show(client, used) == (302, HOME)
    client.post("/sign-out/")
    with_password(client, "officer")
    assert show(client, used) == (401, WRONG)
    assert show(client, earlier) == (401, WRONG)
    assert client.get(HOME).status_code == 302


def test_guesses_are_counted_and_rest_like_passwords(client: Client, guarded: User, at: Callable[[str], None]) -> None:
    with_password(client, "officer")
    for _ in range(5):
        assert show(client, "000000") == (401, WRONG)
    rests = "连续多次未能登录：该登录名已暂停登录，请在 15 分钟后重试。"
    assert show(client, code()) == (429, rests)
    other = Client()
    with_password(other, "officer")
    assert show(other, code()) == (429, rests)
    at("09:15")
    assert show(client, code()) == (302, HOME)


def test_the_right_password_does_not_forget_wrong_codes(client: Client, guarded: User) -> None:
    for _ in range(5):
        with_password(client, "officer")
        assert show(client, "000000") == (401, WRONG)
        client.post("/sign-out/")
    with_password(client, "officer")
    assert show(client, code())[0] == 429


def test_a_recovery_code_works_once(client: Client, officer: User) -> None:
    codes = install(actor=Actor.system(), user=officer, secret=SECRET)
    with_password(client, "officer")
    assert show(client, f"{codes[3][:4]} {codes[3][4:]}") == (302, HOME)
    assert second_factor.recovery_left(officer) == 9
    client.post("/sign-out/")
    with_password(client, "officer")
    assert show(client, codes[3]) == (401, WRONG)
    assert show(client, codes[4]) == (302, HOME)


def test_renewed_recovery_codes_void_the_old_ones(client: Client, officer: User) -> None:
    old = install(actor=Actor.system(), user=officer, secret=SECRET)
    sign_in(client, officer)
    assert client.post("/account/recovery-codes/", {"password": "wrong"}).status_code == 401
    assert second_factor.accepts_recovery(officer, old[0])
    new = client.post("/account/recovery-codes/", {"password": PASSWORD}).context["codes"]
    assert not second_factor.accepts_recovery(officer, old[1])
    assert second_factor.accepts_recovery(officer, new[0])


def test_who_needs_one_cannot_switch_it_off_but_replace_it(client: Client, guarded: User) -> None:
    sign_in(client, guarded)
    answer = client.post("/account/second-factor/off/", {"password": PASSWORD})
    assert answer.status_code == 409
    assert second_factor.is_set(guarded)
    secret = "".join(client.get("/account/second-factor/").context["secret"])
    right = second_factor.code_at(secret, second_factor.steps()[1])
    assert client.post("/account/second-factor/", {"code": right, "password": "wrong"}).status_code == 401
    assert second_factor.current_code(guarded) == code()
    assert client.post("/account/second-factor/", {"code": right, "password": PASSWORD}).status_code == 200
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_an_enterprise_switches_it_off_with_the_password(client: Client, db: None) -> None:
    owner = representative("owner", "91330100799655058B")
    install(actor=Actor.system(), user=owner, secret=SECRET)
    with_password(client, "owner")
    assert client.get("/enterprise/").status_code == 302
    sign_in(client, owner)
    assert client.post("/account/second-factor/off/", {"password": "wrong"}).status_code == 401
    assert second_factor.is_set(owner)
    client.post("/account/second-factor/off/", {"password": PASSWORD})
    assert Authenticator.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_requests_with_one_code_one_is_let_in() -> None:
    user = person("manager", Role.ACCOUNT_MANAGER, bank())
    install(actor=Actor.system(), user=user, secret=SECRET)
    present, accepted = code(), []

    def guess() -> None:
        accepted.append(second_factor.accepts(user, present))
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(accepted) == [False] * 7 + [True]
