"""The pages of people and branches: what a reader finds, and that nothing outside his tree can be told from nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from jiahe.accounts.enums import Role
from jiahe.accounts.models import Branch, Invitation, Membership
from jiahe.notify.models import Outgoing
from tests.people import bank, person, sign_in

pytestmark = pytest.mark.django_db
INVITE = {"name": "李四", "phone": "17000000002", "login": "", "role": "account_manager", "branch": "0101"}


@pytest.fixture
def branch() -> Branch:
    """A branch with one below it, a branch beside it, and another institution; people in each."""
    institution = bank()
    one = Branch.objects.create(institution=institution, code="01", name="一支行")
    below = Branch.objects.create(institution=institution, code="0101", name="一支行营业部", parent=one)
    two = Branch.objects.create(institution=institution, code="02", name="二支行")
    person("head", Role.HEAD_ADMIN, institution, name="总部甲")
    person("chief", Role.BRANCH_ADMIN, institution, name="支行乙", branch=one)
    person("below", Role.ACCOUNT_MANAGER, institution, name="经理丙", branch=below)
    person("beside", Role.ACCOUNT_MANAGER, institution, name="经理丁", branch=two)
    person("stranger", Role.ACCOUNT_MANAGER, bank("bank-b"), name="他行戊")
    return one


def number(login: str) -> int:
    return Membership.objects.get(user__login=login).pk


def enter(client: Client, login: str) -> None:
    sign_in(client, Membership.objects.select_related("user").get(user__login=login).user)


def text(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


@pytest.mark.usefixtures("branch")
def test_each_finds_his_own_people(client: Client) -> None:
    enter(client, "head")
    shown = text(client, "/bank/staff/")
    assert all(name in shown for name in ("总部甲", "支行乙", "经理丙", "经理丁"))
    assert "他行戊" not in shown
    enter(client, "chief")
    shown = text(client, "/bank/staff/") + text(client, "/bank/branches/") + text(client, "/bank/staff/add/")
    assert "经理丙" in shown
    assert not any(name in shown for name in ("经理丁", "二支行", "总部甲", "他行戊"))


@pytest.mark.usefixtures("branch")
def test_forbidden_and_unknown_people_and_branches_are_answered_alike(client: Client) -> None:
    enter(client, "chief")
    answers = set()
    for one in (number("beside"), number("head"), number("stranger"), 999_999):
        for path, data in ((f"{one}/", {"role": "grid_manager", "branch": "01"}), (f"{one}/act/", {"do": "suspend"})):
            answer = client.post(f"/bank/staff/{path}", data)
            answers.add((answer.status_code, answer.content.decode().count("名单中没有这个人：请返回名单重新选择。")))
        answers.add((client.get(f"/bank/staff/{one}/").status_code, 1))
    assert answers == {(404, 1)}
    assert {client.post(f"/bank/branches/{c}/close/").status_code for c in ("02", "none")} == {404}
    assert {client.get(f"/bank/branches/{c}/").status_code for c in ("02", "none")} == {404}
    assert Membership.objects.filter(state="frozen").count() == 0
    assert Branch.objects.filter(is_active=False).count() == 0


@pytest.mark.usefixtures("branch")
def test_forbidden_and_unknown_people_cost_the_same_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, "chief")
    beside = number("beside")
    client.get("/bank/staff/")
    with CaptureQueriesContext(connection) as unknown:
        client.get("/bank/staff/999999/")
    with django_assert_num_queries(len(unknown.captured_queries)):
        client.get(f"/bank/staff/{beside}/")


@pytest.mark.usefixtures("branch")
def test_an_invitation_is_sent_again_and_taken_back(client: Client) -> None:
    enter(client, "chief")
    assert client.post("/bank/staff/add/", INVITE)["Location"] == "/bank/staff/"
    invitation = Invitation.objects.get()
    assert "170******02" in text(client, "/bank/staff/")
    client.post(f"/bank/staff/invitations/{invitation.pk}/", {"do": "renew"})
    assert Outgoing.objects.count() == 2
    client.post(f"/bank/staff/invitations/{invitation.pk}/", {"do": "revoke"})
    invitation.refresh_from_db()
    assert invitation.state == "revoked"
    assert client.post(f"/bank/staff/invitations/{invitation.pk}/", {"do": "renew"}).status_code == 404
    assert Outgoing.objects.count() == 2


@pytest.mark.usefixtures("branch")
@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"phone": "123"}, 422, "手机号应为 11 位数字：请核对后重试。"),
        ({"branch": "02"}, 422, "所选的不在列表中：请重新选择。"),
        ({"role": "head_admin"}, 422, "所选的不在列表中：请重新选择。"),
        ({"login": "below"}, 409, "登录名“below”已被使用：请换一个。"),
        ({"name": "李" * 60}, 422, "姓名有 60 个字，最多 50 个：请缩短后重试。"),
        ({"name": ""}, 422, "请填写姓名。"),
    ],
)
def test_a_wrong_invitation_says_what_is_wrong_and_sends_nothing(
    client: Client, change: dict[str, str], status: int, sentence: str
) -> None:
    enter(client, "chief")
    answer = client.post("/bank/staff/add/", INVITE | change)
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert (Invitation.objects.count(), Outgoing.objects.count()) == (0, 0)


@pytest.mark.usefixtures("branch")
def test_a_person_is_changed_and_suspended_on_the_pages(client: Client) -> None:
    enter(client, "head")
    assert client.get(f"/bank/staff/{number('below')}/").status_code == 200
    client.post(f"/bank/staff/{number('below')}/", {"role": "branch_admin", "branch": "02"})
    moved = Membership.objects.select_related("branch").get(user__login="below")
    assert (moved.role, moved.branch and moved.branch.code) == ("branch_admin", "02")
    client.post(f"/bank/staff/{number('below')}/act/", {"do": "suspend"})
    assert Membership.objects.get(user__login="below").state == "frozen"
    assert client.post(f"/bank/staff/{number('head')}/act/", {"do": "suspend"}).status_code == 403


@pytest.mark.usefixtures("branch")
def test_a_branch_is_opened_and_closed_on_the_pages(client: Client) -> None:
    enter(client, "head")
    assert client.post("/bank/branches/add/", {"code": "03", "name": "三支行", "parent": ""}).status_code == 302
    again = client.post("/bank/branches/add/", {"code": "03", "name": "三支行", "parent": ""})
    assert (again.status_code, Branch.objects.filter(code="03").count()) == (409, 1)
    client.post("/bank/branches/03/", {"name": "三支行(新)", "parent": "01"})
    changed = Branch.objects.select_related("parent").get(code="03")
    assert (changed.name, changed.parent and changed.parent.code) == ("三支行(新)", "01")
    assert client.post("/bank/branches/01/close/").status_code == 409
    client.post("/bank/branches/03/close/")
    assert not Branch.objects.get(code="03").is_active


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(
    client: Client, branch: Branch, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(count):
        person(f"manager{n}", Role.ACCOUNT_MANAGER, bank(), branch=branch)
    enter(client, "head")
    client.get("/bank/staff/")
    with django_assert_num_queries(8):
        assert client.get("/bank/staff/").status_code == 200
