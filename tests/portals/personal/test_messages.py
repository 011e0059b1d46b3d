"""The inbox: one's organisation's messages and one's own; nobody else's."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiahe.accounts.enums import Role
from jiahe.accounts.models import User
from jiahe.notify.inbox import tell
from jiahe.notify.models import Message
from tests.people import bank, person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client) -> User:
    user = person("manager", Role.ACCOUNT_MANAGER, bank())
    sign_in(client, user)
    return user


def told(organisation: str, link: str = "", user_id: int | None = None) -> Message:
    tell(
        organisation=organisation,
        template="consent.paused",
        facts={"number": "S1", "enterprise": "甲公司"},
        link=link,
        user_id=user_id,
    )
    return Message.objects.latest("pk")


def test_messages_are_said_in_words_and_counted(client: Client, manager: User) -> None:
    told("bank-a")
    text = client.get("/messages/").content.decode()
    assert "甲公司已暂停授权S1。" in text
    assert '<span class="bell__count">1<' in text


def test_messages_of_others_are_not_shown_and_not_marked(client: Client, manager: User) -> None:
    other = person("colleague", Role.ACCOUNT_MANAGER, bank())
    foreign, private = told("bank-b"), told("bank-a", user_id=other.pk)
    assert "授权S1" not in client.get("/messages/").content.decode()
    for message in (foreign, private):
        assert client.post(f"/messages/{message.pk}/").headers["Location"] == "/messages/"
    client.post("/messages/read/")
    assert Message.objects.filter(read_at=None).count() == 2


def test_opening_marks_as_read_and_leads_on(client: Client, manager: User) -> None:
    message = told("bank-a", link="/bank/")
    assert client.post(f"/messages/{message.pk}/").headers["Location"] == "/bank/"
    message.refresh_from_db()
    assert message.read_at is not None
    assert "bell__count" not in client.get("/messages/").content.decode()


def test_a_link_never_leads_off_the_site(client: Client, manager: User) -> None:
    message = told("bank-a", link="//elsewhere.example/")
    assert client.post(f"/messages/{message.pk}/").headers["Location"] == "/messages/"


def test_all_are_marked_at_once(client: Client, manager: User) -> None:
    told("bank-a")
    told("bank-a")
    client.post("/messages/read/")
    assert Message.objects.filter(read_at=None).count() == 0


def test_thirty_messages_take_no_more_queries_than_one(
    client: Client, manager: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    told("bank-a")
    client.get("/messages/")
    with django_assert_num_queries(4):
        client.get("/messages/")
    for _ in range(29):
        told("bank-a")
    with django_assert_num_queries(4):
        text = client.get("/messages/").content.decode()
    assert text.count("rows__row--new") == 20


def test_a_message_about_a_consent_leads_to_it_in_the_readers_portal(client: Client, manager: User) -> None:
    message = told("bank-a")
    assert client.post(f"/messages/{message.pk}/").headers["Location"] == "/bank/consents/S1/"
