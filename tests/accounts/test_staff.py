"""Keeping people and branches: who sees and changes whom, and who always stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator

from jiahe.accounts.actions.change_member import change_member
from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.actions.keep_branch import Described, change_branch, close_branch, open_branch
from jiahe.accounts.actions.reset_second_factor import reset_second_factor
from jiahe.accounts.actions.second_factor import install
from jiahe.accounts.actions.suspend import resume, suspend
from jiahe.accounts.actor import memberships
from jiahe.accounts.enums import Role
from jiahe.accounts.errors import (
    BranchInItself,
    BranchInUse,
    BranchTaken,
    LastAdministrator,
    MemberChanged,
    NoSuchBranch,
    NoSuchMember,
    NoSuchOrganisation,
    NotYourself,
    RoleNotYours,
    Separated,
)
from jiahe.accounts.models import Branch, Membership
from jiahe.accounts.queries.branches import tree
from jiahe.accounts.queries.people import Wanted, people
from jiahe.audit.models import Entry
from jiahe.kit.actor import Actor
from jiahe.notify.models import Message
from tests.people import actor, bank, person
from tests.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> Actor:
    institution = bank()
    one = Branch.objects.create(institution=institution, code="01", name="一支行")
    below = Branch.objects.create(institution=institution, code="0101", name="一支行营业部", parent=one)
    two = Branch.objects.create(institution=institution, code="02", name="二支行")
    person("chief", Role.BRANCH_ADMIN, institution, branch=one)
    person("below", Role.ACCOUNT_MANAGER, institution, branch=below)
    person("beside", Role.ACCOUNT_MANAGER, institution, branch=two)
    person("stranger", Role.ACCOUNT_MANAGER, bank("bank-b"))
    return actor(person("head", Role.HEAD_ADMIN, institution))


def of(login: str) -> Membership:
    return Membership.objects.select_related("user", "organisation", "branch").get(user__login=login)


def acting(login: str) -> Actor:
    return actor(of(login).user)


def seen(reader: Actor, wanted: Wanted | None = None) -> list[str]:
    found = people(actor=reader, organisation="bank-a", wanted=wanted or Wanted(), limit=30, offset=0)
    return sorted(p.login for p in found)


def test_the_head_sees_all_and_a_branch_its_own_tree(head: Actor) -> None:
    assert seen(head) == ["below", "beside", "chief", "head"]
    assert seen(acting("chief")) == ["below", "chief"]
    assert [(n.branch.code, n.depth) for n in tree(actor=head)] == [("01", 0), ("0101", 1), ("02", 0)]
    assert [(n.branch.code, n.depth) for n in tree(actor=acting("chief"))] == [("01", 0), ("0101", 1)]
    for reader in (acting("below"), acting("stranger"), actor(person("other", Role.HEAD_ADMIN, bank("bank-b")))):
        with pytest.raises(NoSuchOrganisation):
            seen(reader)


def test_the_list_is_filtered(head: Actor) -> None:
    assert seen(head, Wanted(text="BES")) == ["beside"]
    assert seen(head, Wanted(branch="01")) == ["below", "chief"]
    assert seen(head, Wanted(role="account_manager", branch="02")) == ["beside"]
    suspend(actor=head, organisation="bank-a", number=of("beside").pk)
    assert seen(head, Wanted(state="frozen")) == ["beside"]


Work = Callable[..., object]


def changed(**given: object) -> object:
    return change_member(role=Role.GRID_MANAGER, branch="01", **given)  # type: ignore[arg-type]  # as the others


@pytest.mark.parametrize("work", [suspend, resume, changed, reset_second_factor])
def test_outside_his_tree_a_branch_administrator_meets_nobody(head: Actor, work: Work) -> None:
    before = list(Membership.objects.order_by("pk").values_list("pk", "role", "state", "branch"))
    entries = Entry.objects.count()
    for number in (of("beside").pk, of("head").pk, of("stranger").pk, 999_999):
        with pytest.raises(NoSuchMember) as refused:
            work(actor=acting("chief"), organisation="bank-a", number=number)
        assert refused.value.sentence == "名单中没有这个人：请返回名单重新选择。"
    assert list(Membership.objects.order_by("pk").values_list("pk", "role", "state", "branch")) == before
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("work", [suspend, changed, reset_second_factor])
def test_nobody_changes_himself(head: Actor, work: Work) -> None:
    for login in ("head", "chief"):
        with pytest.raises(NotYourself):
            work(actor=acting(login), organisation="bank-a", number=of(login).pk)


def test_a_suspended_person_acts_no_more_and_comes_back_as_before(head: Actor) -> None:
    suspend(actor=acting("chief"), organisation="bank-a", number=of("below").pk)
    assert list(memberships(of("below").user)) == []
    with pytest.raises(MemberChanged):
        suspend(actor=head, organisation="bank-a", number=of("below").pk)
    resume(actor=head, organisation="bank-a", number=of("below").pk)
    assert [m.role for m in memberships(of("below").user)] == ["account_manager"]


def test_a_role_and_a_branch_are_changed_together(head: Actor) -> None:
    change_member(actor=head, organisation="bank-a", number=of("beside").pk, role=Role.BRANCH_ADMIN, branch="02")
    assert (of("beside").role, of("beside").branch) == ("branch_admin", Branch.objects.get(code="02"))
    entry = Entry.objects.order_by("-pk")[0]
    assert (entry.action, entry.facts) == (
        "accounts.change_member",
        {"from": "account_manager", "to": "branch_admin", "branch": "02"},
    )
    with pytest.raises(RoleNotYours):
        change_member(
            actor=acting("chief"), organisation="bank-a", number=of("below").pk, role=Role.HEAD_ADMIN, branch="01"
        )


def test_the_last_head_administrator_stays(head: Actor) -> None:
    security = actor(person("security", Role.SECURITY_ADMIN, authority("主管部门")))
    for work in (suspend, changed):
        with pytest.raises((LastAdministrator, RoleNotYours)):
            work(actor=security, organisation="bank-a", number=of("head").pk)
    assert (of("head").role, of("head").state) == ("head_admin", "active")
    person("second", Role.HEAD_ADMIN, bank())
    suspend(actor=acting("second"), organisation="bank-a", number=of("head").pk)
    with pytest.raises(LastAdministrator) as refused:
        suspend(actor=security, organisation="bank-a", number=of("second").pk)
    assert refused.value.sentence == "这是最后一名在用的机构总部管理员：请先指定另一名，再作调整。"


def test_the_three_administrators_do_not_become_each_other_nor_anything_else() -> None:
    security = actor(person("security", Role.SECURITY_ADMIN, authority("主管部门")))
    person("auditor", Role.AUDIT_ADMIN, authority("主管部门"))
    person("officer", Role.DATA_OFFICER, authority("主管部门"))
    for login, role in (("auditor", Role.SYSTEM_ADMIN), ("auditor", Role.DATA_OFFICER), ("officer", Role.AUDIT_ADMIN)):
        with pytest.raises(Separated):
            change_member(actor=security, organisation="authority", number=of(login).pk, role=role, branch="")
    with pytest.raises(NotYourself):
        change_member(
            actor=security, organisation="authority", number=of("security").pk, role=Role.DATA_OFFICER, branch=""
        )
    change_member(actor=security, organisation="authority", number=of("officer").pk, role=Role.SUPERVISOR, branch="")
    assert [of(login).role for login in ("security", "auditor", "officer")] == [
        "security_admin",
        "audit_admin",
        "supervisor",
    ]


def test_a_lost_second_factor_is_taken_and_the_person_told(head: Actor) -> None:
    user = of("below").user
    install(actor=Actor.system(), user=user, secret="JBSWY3DPEHPK3PXP")
    reset_second_factor(actor=acting("chief"), organisation="bank-a", number=of("below").pk)
    assert Authenticator.objects.filter(user=user).count() == 0
    told = Message.objects.get(template="staff.second_factor_reset")
    assert (told.user_id, told.facts) == (user.pk, {"name": "测试人员"})


def test_branches_are_opened_moved_and_closed_within_ones_tree(head: Actor) -> None:
    chief = acting("chief")
    new = open_branch(actor=chief, organisation="bank-a", code="0102", described=Described("一支行二部", "01"))
    assert new.parent == Branch.objects.get(code="01")
    for parent in ("", "02", "unknown"):
        with pytest.raises(NoSuchBranch):
            open_branch(actor=chief, organisation="bank-a", code="0103", described=Described("三部", parent))
    for code in ("02", "unknown"):
        with pytest.raises(NoSuchBranch):
            close_branch(actor=chief, organisation="bank-a", code=code)
    with pytest.raises(NotYourself):
        close_branch(actor=chief, organisation="bank-a", code="01")
    with pytest.raises(BranchTaken):
        open_branch(actor=head, organisation="bank-a", code="0102", described=Described("又一个", ""))
    with pytest.raises(BranchInItself):
        change_branch(actor=head, organisation="bank-a", code="01", described=Described("一支行", "0101"))
    with pytest.raises(BranchInUse) as refused:
        close_branch(actor=head, organisation="bank-a", code="01")
    assert refused.value.sentence == "网点“一支行”还有 1 名在用人员、2 个下级网点：请先调整后再停用。"
    close_branch(actor=chief, organisation="bank-a", code="0102")
    assert not Branch.objects.get(code="0102").is_active
    assert Branch.objects.count() == 4


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_heads_who_suspend_each_other_at_once_leave_one(head: Actor) -> None:
    person("second", Role.HEAD_ADMIN, bank())
    one, two = of("head"), of("second")
    first, second = acting("head"), acting("second")
    answers = together(
        lambda: suspend(actor=first, organisation="bank-a", number=two.pk),
        lambda: suspend(actor=second, organisation="bank-a", number=one.pk),
    )
    assert sorted(type(a).__name__ for a in answers) == ["LastAdministrator", "NoneType"]
    assert Membership.objects.filter(role="head_admin", state="active").count() == 1
