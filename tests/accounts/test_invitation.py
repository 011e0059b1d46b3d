"""Invitations: one link, one person, one time; who may give what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from jiahe.accounts.actions.accept import accept
from jiahe.accounts.actions.enrol import authority, grant
from jiahe.accounts.actions.freeze import freeze
from jiahe.accounts.actions.invite import Guest, invite
from jiahe.accounts.actions.open_account import NewAccount
from jiahe.accounts.actions.renew_invitation import renew_invitation
from jiahe.accounts.actions.revoke_invitation import revoke_invitation
from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.accounts.errors import (
    AlreadyMember,
    BranchNeeded,
    InvitationUnusable,
    LineTooLong,
    NoSuchBranch,
    NoSuchOrganisation,
    OrganisationNotActive,
    PhoneTaken,
    RoleNotOfKind,
    RoleNotYours,
    Separated,
    SignRefused,
    TermsNotAgreed,
)
from jiahe.accounts.models import Branch, Invitation, Membership, User
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.notify import opening
from jiahe.notify.models import Message, Outgoing
from tests.people import PASSWORD, actor, bank, enterprise, organisation, person
from tests.registry import OTHER, USCC
from tests.together import together

pytestmark = pytest.mark.django_db
GUEST = Guest("李四", "17000000002", Role.ENTERPRISE_MEMBER)
ACCOUNT = NewAccount(login="lisi", name="别的名字", password=PASSWORD, phone="17000000009")
VISITOR = Actor.visitor()


@pytest.fixture
def boss() -> Actor:
    """The administrator of an enterprise."""
    return actor(person("boss", Role.ENTERPRISE_ADMIN, enterprise(USCC)))


@pytest.fixture
def head() -> Actor:
    """The head office's administrator of an institution with a branch 01 and a branch 0101 below it, and a branch 02."""
    institution = bank()
    one = Branch.objects.create(institution=institution, code="01", name="一支行")
    Branch.objects.create(institution=institution, code="0101", name="一支行营业部", parent=one)
    Branch.objects.create(institution=institution, code="02", name="二支行")
    return actor(person("head", Role.HEAD_ADMIN, institution))


@pytest.fixture
def security() -> Actor:
    return actor(person("security", Role.SECURITY_ADMIN, authority("主管部门")))


def token(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def invited(boss: Actor, guest: Guest = GUEST) -> str:
    return token(invite(actor=boss, organisation=boss.organisation, guest=guest)[1])


def taken(secret: str, account: NewAccount | User = ACCOUNT, *, agreed: bool = True) -> Membership:
    return accept(actor=VISITOR, token=secret, person=account, agreed=agreed)


def test_a_colleague_joins_under_the_name_and_phone_that_were_invited(boss: Actor) -> None:
    joined = taken(invited(boss))
    assert (joined.organisation.code, joined.role, joined.representative) == (USCC, "enterprise_member", False)
    assert (joined.user.login, joined.user.name) == ("lisi", "李四")
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.accepted_by) == ("accepted", joined.user)
    assert joined.user.phone_digest == invitation.phone_digest
    assert [m.facts for m in Message.objects.filter(organisation=USCC)] == [{"name": "李四", "role": "企业成员"}]


def test_the_link_is_sent_and_kept_nowhere_in_clear(boss: Actor) -> None:
    _, link = invite(actor=boss, organisation=USCC, guest=GUEST)
    kept = Invitation.objects.get()
    sms = Outgoing.objects.get()
    assert token(link) not in f"{vars(kept)}{vars(sms)}"
    assert GUEST.phone not in f"{vars(kept)}{vars(sms)}"
    assert opening.letter(sms).text == f"【嘉禾信】测试{USCC}邀请您开通账户，7 天内有效：{link}"


def test_used_expired_revoked_renewed_and_unknown_links_are_answered_alike(
    boss: Actor, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    at("09:00")
    used, expired, revoked, renewed = (invited(boss, replace(GUEST, phone=f"1700000000{n}")) for n in range(2, 6))
    taken(used)
    numbers = dict(Invitation.objects.filter(state="open").order_by("pk").values_list("pk", "phone_digest"))
    _, third, fourth = numbers
    revoke_invitation(actor=boss, organisation=USCC, number=third)
    fresh = token(renew_invitation(actor=boss, organisation=USCC, number=fourth))
    before = (User.objects.count(), Membership.objects.count())
    for secret in (used, revoked, renewed, "unknown", ""):
        with pytest.raises(InvitationUnusable) as refused:
            taken(secret, replace(ACCOUNT, login="next"))
        assert refused.value.sentence.startswith("邀请链接无效：可能已使用、已撤回或已过期。")
    monkeypatch.setenv("JIAHE_NOW", "2026-11-30T09:00:00")
    for secret in (expired, fresh):
        with pytest.raises(InvitationUnusable):
            taken(secret, replace(ACCOUNT, login="next"))
    assert (User.objects.count(), Membership.objects.count()) == before
    monkeypatch.setenv("JIAHE_NOW", "2026-11-30T08:59:59")
    assert taken(fresh, replace(ACCOUNT, login="next")).user.login == "next"


def test_nobody_joins_without_agreeing_and_the_link_stays(boss: Actor) -> None:
    secret = invited(boss)
    with pytest.raises(TermsNotAgreed):
        taken(secret, agreed=False)
    assert Invitation.objects.get().state == "open"
    taken(secret)


def test_a_person_who_is_there_already_joins_with_their_account_once(boss: Actor) -> None:
    user = taken(invited(boss)).user
    other = actor(person("other", Role.ENTERPRISE_ADMIN, enterprise(OTHER)))
    secret = invited(other)
    with pytest.raises(PhoneTaken):
        taken(secret, replace(ACCOUNT, login="second"))
    assert taken(secret, user).organisation.code == OTHER
    with pytest.raises(AlreadyMember):
        invited(other)
    again = invited(other, replace(GUEST, phone="17000000003"))
    with pytest.raises(AlreadyMember):
        taken(again, user)
    assert Invitation.objects.get(state="open").accepted_by is None
    assert user.memberships.count() == 2


def test_a_second_invitation_of_the_same_phone_waits_for_the_first_to_end(
    boss: Actor, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    at("09:00")
    first = invited(boss)
    with pytest.raises(AlreadyMember):
        invited(boss)
    assert (Invitation.objects.count(), Outgoing.objects.count()) == (1, 1)
    monkeypatch.setenv("JIAHE_NOW", "2026-11-30T09:00")
    second = invited(boss)
    with pytest.raises(InvitationUnusable):
        taken(first)
    taken(second)


@pytest.mark.parametrize(
    ("guest", "refusal"),
    [
        (replace(GUEST, role=Role.HEAD_ADMIN), RoleNotOfKind),
        (replace(GUEST, branch="01"), NoSuchBranch),
        (replace(GUEST, name="李\x00四"), SignRefused),
        (replace(GUEST, name="李" * 10_000_000), LineTooLong),
    ],
)
def test_a_wrong_guest_is_refused_and_nothing_is_sent(boss: Actor, guest: Guest, refusal: type[JiaheError]) -> None:
    with pytest.raises(refusal):
        invited(boss, guest)
    assert (Invitation.objects.count(), Outgoing.objects.count()) == (0, 0)


def test_nobody_invites_into_other_organisations_or_frozen_ones(boss: Actor, head: Actor) -> None:
    other = enterprise(OTHER)
    for code in (OTHER, "bank-a", "unknown"):
        with pytest.raises(NoSuchOrganisation):
            invite(actor=boss, organisation=code, guest=GUEST)
    with pytest.raises(NoSuchOrganisation):
        invite(actor=head, organisation=other.code, guest=GUEST)
    freeze(actor=Actor.system(), organisation=enterprise(USCC), reason="测试。")
    with pytest.raises(OrganisationNotActive):
        invited(boss)
    assert Invitation.objects.count() == 0


def test_members_invite_nobody(boss: Actor) -> None:
    member = actor(person("member", Role.ENTERPRISE_MEMBER, enterprise(USCC)))
    with pytest.raises(NoSuchOrganisation):
        invited(member)


def test_a_branch_administrator_invites_within_his_branches_and_not_above_himself(head: Actor) -> None:
    branch = Branch.objects.get(code="01")
    chief = actor(person("chief", Role.BRANCH_ADMIN, bank(), branch=branch))
    manager = replace(GUEST, role=Role.ACCOUNT_MANAGER)
    for code in ("", "02", "unknown"):
        with pytest.raises(NoSuchBranch):
            invited(chief, replace(manager, branch=code))
    with pytest.raises(RoleNotYours):
        invited(chief, replace(manager, role=Role.HEAD_ADMIN, branch="01"))
    assert Invitation.objects.count() == 0
    taken(invited(chief, replace(manager, branch="0101")))
    assert Membership.objects.get(user__login="lisi").branch == Branch.objects.get(code="0101")
    with pytest.raises(BranchNeeded):
        invited(head, replace(manager, role=Role.BRANCH_ADMIN, phone="17000000003"))


def test_the_three_administrators_are_three_people(security: Actor) -> None:
    auditor = replace(GUEST, role=Role.AUDIT_ADMIN)
    joined = taken(invited(security, auditor))
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.DATA_OFFICER, Role.SUPERVISOR):
        again = organisation("authority", OrganisationKind.AUTHORITY)
        twin = User.objects.create(
            login=f"twin-{role}", name="同一人", phone_digest=joined.user.phone_digest, created_at=joined.since
        )
        with pytest.raises(Separated):
            grant(actor=security, user=twin, organisation=again, role=role)
    assert joined.user.memberships.count() == 1
    assert Membership.objects.filter(user__login__startswith="twin").count() == 0


def test_the_security_administrator_gives_no_roles_of_institutions_but_the_first(security: Actor, head: Actor) -> None:
    for role in (Role.BRANCH_ADMIN, Role.ACCOUNT_MANAGER, Role.GRID_MANAGER):
        with pytest.raises(RoleNotYours):
            invite(actor=security, organisation="bank-a", guest=replace(GUEST, role=role, branch="01"))
    invite(actor=security, organisation="bank-a", guest=replace(GUEST, role=Role.HEAD_ADMIN))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_many_who_open_the_link_at_once_one_joins(boss: Actor) -> None:
    secret = invited(boss)
    accounts = [replace(ACCOUNT, login=f"lisi{n}") for n in range(5)]
    answers = together(*[lambda one=one: taken(secret, one) for one in accounts])
    assert sorted(type(a).__name__ for a in answers) == [*["InvitationUnusable"] * 4, "Membership"]
    assert Membership.objects.filter(role="enterprise_member").count() == 1
