"""Who is told outside when somebody is told in the inbox."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from jiahe.accounts.enums import MembershipState, OrganisationKind, Role
from jiahe.accounts.models import Membership, Organisation, User
from jiahe.audit.models import Entry
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.notify.actions.declare_address import declare_address, withdraw_address
from jiahe.notify.errors import NoSuchAddress, NotAnAddress
from jiahe.notify.inbox import tell
from jiahe.notify.models import Address, AddressKind, Message, Outgoing, Silence
from jiahe.notify.opening import letter
from tests.people import bank, enterprise, organisation, person, sign_in

pytestmark = pytest.mark.django_db
USCC = "91330400MA28XW2A6J"
FACTS = {
    "number": "D1",
    "institution": "测试银行",
    "enterprise": "测试企业",
    "due": "2026-11-27 18:00",
    "stage": "受理",
}


def somebody(login: str, role: Role, where: Organisation, phone: str) -> User:
    user = person(login, role, where)
    user.phone = keyring().encrypt(phone) if phone else ""
    user.save()
    return user


def told() -> list[tuple[str, str]]:
    found = [letter(o) for o in Outgoing.objects.select_related("address").order_by("pk")]
    return [(one.to, one.text) for one in found]


def test_an_sms_goes_to_the_roles_of_the_table_that_have_a_phone() -> None:
    where = enterprise(USCC)
    somebody("a", Role.ENTERPRISE_ADMIN, where, "17000000001")
    somebody("b", Role.ENTERPRISE_MEMBER, where, "17000000002")
    somebody("c", Role.ENTERPRISE_ADMIN, where, "")
    somebody("d", Role.ENTERPRISE_ADMIN, where, "17000000004")
    somebody("e", Role.ENTERPRISE_ADMIN, enterprise("91330100799655058B"), "17000000005")
    Membership.objects.filter(user__login="d").update(state=MembershipState.FROZEN)
    tell(organisation=USCC, template="order.accepted", facts=FACTS, link="/enterprise/requests/1/")
    sentence = "【嘉禾信】测试银行已受理您的融资申请，订单D1，将尽快与您联系。"
    assert told() == [("17000000001", sentence)]
    assert Message.objects.count() == 1
    kept = json.loads(keyring().decrypt(Outgoing.objects.get().facts))
    assert kept == {"number": "D1", "institution": "测试银行"}


def test_what_is_meant_for_one_person_reaches_that_person_alone() -> None:
    where = bank()
    one = somebody("a", Role.ACCOUNT_MANAGER, where, "17000000001")
    somebody("b", Role.ACCOUNT_MANAGER, where, "17000000002")
    declare_address(actor=Actor.system(), organisation=where.code, kind=AddressKind.EMAIL, value="desk@bank.example")
    tell(organisation=where.code, template="order.half_time", facts=FACTS, user_id=one.pk)
    assert [to for to, _ in told()] == ["17000000001"]


def test_whoever_wants_only_the_essential_ones_gets_them() -> None:
    where = enterprise(USCC)
    one = somebody("a", Role.ENTERPRISE_ADMIN, where, "17000000001")
    Silence.objects.create(user=one, since=clock.now())
    tell(organisation=USCC, template="evaluation.invited", facts=FACTS)
    assert (told(), Message.objects.count()) == ([], 1)
    tell(organisation=USCC, template="order.offered", facts=FACTS)
    assert [to for to, _ in told()] == ["17000000001"]


def test_a_message_that_is_in_no_table_stays_in_the_inbox() -> None:
    somebody("a", Role.ENTERPRISE_ADMIN, enterprise(USCC), "17000000001")
    tell(organisation=USCC, template="order.signed", facts=FACTS)
    assert (told(), Message.objects.count()) == ([], 1)


def test_a_declared_address_gets_what_the_organisation_is_told_until_it_is_withdrawn() -> None:
    where, actor = organisation("bank-a", OrganisationKind.INSTITUTION), Actor.system()
    address, secret = declare_address(
        actor=actor, organisation=where.code, kind=AddressKind.EMAIL, value="desk@bank.example"
    )
    assert (secret, "desk" in address.value) == ("", False)
    tell(organisation=where.code, template="order.withdrawn", facts=FACTS, link="/bank/orders/D1/")
    tell(organisation="bank-b", template="order.withdrawn", facts=FACTS)
    one = letter(Outgoing.objects.select_related("address").get())
    assert (one.to, one.title, one.text, one.link) == (
        "desk@bank.example",
        "企业已撤回",
        "测试企业撤回了订单D1。",
        "http://127.0.0.1:8000/bank/orders/D1/",
    )
    withdraw_address(actor=actor, number=address.pk)
    tell(organisation=where.code, template="order.withdrawn", facts=FACTS)
    assert list(Outgoing.objects.values_list("state", "facts", "next_at")) == [("settled", "", None)]
    with pytest.raises(NoSuchAddress):
        withdraw_address(actor=actor, number=address.pk)
    assert list(Entry.objects.values_list("action", "subject")) == [
        ("notify.declare", f"address:{address.pk}"),
        ("notify.withdraw", f"address:{address.pk}"),
    ]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (AddressKind.EMAIL, "nobody"),
        (AddressKind.WEBHOOK, "https://127.0.0.1/hook"),
        (AddressKind.WEBHOOK, "https://10.1.2.3/hook"),
        (AddressKind.WEBHOOK, "https://[::1]/hook"),
        (AddressKind.WEBHOOK, "https://[::ffff:192.168.1.1]/hook"),
        (AddressKind.WEBHOOK, "https://169.254.169.254/latest/"),
        (AddressKind.WEBHOOK, "https://localhost/hook"),
        (AddressKind.WEBHOOK, "https://user:secret@1.1.1.1/hook"),
        (AddressKind.WEBHOOK, "http://1.1.1.1/hook"),
        (AddressKind.WEBHOOK, "file:///etc/passwd"),
    ],
)
def test_an_address_into_the_own_network_is_not_taken(kind: AddressKind, value: str) -> None:
    with pytest.raises(NotAnAddress):
        declare_address(actor=Actor.system(), organisation="bank-a", kind=kind, value=value)
    assert (Address.objects.count(), Entry.objects.count()) == (0, 0)


def test_one_chooses_for_oneself_and_it_is_written_down_once(client: Client) -> None:
    one = somebody("a", Role.ENTERPRISE_ADMIN, enterprise(USCC), "17000000001")
    sign_in(client, one)
    before = Entry.objects.count()
    for choice in ({"essential_only": "on"}, {"essential_only": "on"}, {}, {}):
        assert client.post("/me/sms/", choice).status_code == 302
        assert Silence.objects.filter(user=one).exists() is bool(choice)
        assert (b" checked" in client.get("/me/").content) is bool(choice)
    said = list(Entry.objects.order_by("pk").values_list("action", "facts")[before:])
    assert said == [("notify.choose_sms", {"essential_only": True}), ("notify.choose_sms", {"essential_only": False})]
