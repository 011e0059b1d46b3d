"""The system administrator's page of messages that wait for a person."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import Role
from jiahe.audit.models import Entry
from jiahe.notify.models import Outgoing
from jiahe.notify.outbox import send_sms
from tests.people import person, sign_in

pytestmark = pytest.mark.django_db
PHONE = "17000000001"


@pytest.fixture
def administrator(client: Client) -> Client:
    sign_in(client, person("keeper", Role.SYSTEM_ADMIN, authority("测试主管部门")))
    return client


def letters(*states: str) -> list[str]:
    for _ in states:
        send_sms(phone=PHONE, template="order.full_time", facts={"number": "D1"})
    for row, state in zip(Outgoing.objects.order_by("pk"), states, strict=True):
        Outgoing.objects.filter(pk=row.pk).update(state=state, next_at=None, attempts=8, problem="HTTP 500")
    return list(Outgoing.objects.order_by("pk").values_list("uid", flat=True))


def test_it_lists_what_waits_for_a_person_without_anything_personal(administrator: Client) -> None:
    letters("dead", "uncertain", "failed", "settled", "sent")
    page = administrator.get("/authority/outbox/").content.decode()
    assert (page.count("170******01"), PHONE in page) == (8, False)
    assert (page.count('value="resend"'), page.count('value="settle"'), page.count("HTTP 500")) == (2, 3, 3)
    only = administrator.get("/authority/outbox/?state=failed").content.decode()
    assert (only.count('value="resend"'), only.count('value="settle"')) == (0, 1)


def test_a_message_is_sent_again_or_settled_once_and_in_the_journal(administrator: Client) -> None:
    dead, doubt, failed = letters("dead", "uncertain", "failed")
    before = Entry.objects.count()
    for uid, act in ((dead, "resend"), (dead, "settle"), (doubt, "settle"), (doubt, "resend"), (failed, "resend")):
        assert administrator.post(f"/authority/outbox/{uid}/", {"act": act}).status_code == 302
    assert administrator.post("/authority/outbox/none/", {"act": "resend"}).status_code == 404
    states = list(Outgoing.objects.order_by("pk").values_list("state", "attempts", "facts"))
    assert [(state, tries, bool(facts)) for state, tries, facts in states] == [
        ("waiting", 0, True),
        ("settled", 8, False),
        ("failed", 8, True),
    ]
    entries = Entry.objects.order_by("pk").values_list("action", "subject", "login")[before:]
    assert list(entries) == [
        ("notify.resend", f"outgoing:{dead}", "keeper"),
        ("notify.settle", f"outgoing:{doubt}", "keeper"),
    ]


def test_one_row_and_thirty_take_as_many_queries(administrator: Client) -> None:
    administrator.get("/authority/outbox/")  # a session's first page writes down when it was last used
    counts = []
    for number in (1, 29):
        Outgoing.objects.all().delete()
        letters(*["dead"] * number)
        with CaptureQueriesContext(connection) as queries:
            assert administrator.get("/authority/outbox/").content.count(b'value="resend"') == number
        counts.append(len(queries))
    assert counts[0] == counts[1]
