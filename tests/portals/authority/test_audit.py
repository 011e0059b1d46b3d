"""The audit administrator's pages: what is shown, narrowed how, to whom."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django_q.models import OrmQ
from pytest_django import DjangoAssertNumQueries

from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import Role
from jiahe.audit import tasks
from jiahe.audit.models import AccessLog, Book, Entry
from jiahe.kit.actor import Actor
from tests.audit.logs import USCC, change_once, execute, fill, read_once
from tests.people import person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client: Client) -> Client:
    sign_in(client, person("auditor", Role.AUDIT_ADMIN, authority("测试主管部门")))
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_audit_administrator_begins_at_the_journal(auditor: Client) -> None:
    page = auditor.get("/", follow=True)
    assert page.redirect_chain[-1][0] == "/authority/audit/"
    shown = page.content.decode()
    assert "accounts.enrol" in shown
    assert 'href="/authority/gathering/"' not in shown


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.DATA_OFFICER, Role.SUPERVISOR])
@pytest.mark.parametrize("path", ["", "access/", "sealing/"])
def test_nobody_else_of_the_authority_reads_it(client: Client, role: Role, path: str) -> None:
    sign_in(client, person("other", role, authority("测试主管部门")))
    answer = client.get(f"/authority/audit/{path}")
    assert answer.status_code == 403
    assert "accounts.enrol" not in answer.content.decode()


def test_rows_are_narrowed_by_day_login_and_subject(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in (1, 2, 3):
        monkeypatch.setenv("JIAHE_NOW", f"2026-09-0{day}T23:59:59")
        change_once(day)
    monkeypatch.delenv("JIAHE_NOW")
    shown = text(auditor, "/authority/audit/?since=2026-09-02&until=2026-09-02")
    assert [f"thing:{n}" in shown for n in (1, 2, 3)] == [False, True, False]
    assert "thing:" not in text(auditor, "/authority/audit/?login=nobody")
    shown = text(auditor, "/authority/audit/?login=officer&about=thing:3")
    assert [f"thing:{n}" in shown for n in (1, 2, 3)] == [False, False, True]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-13-01", "x", "%00"])
def test_a_day_that_is_none_is_told(auditor: Client, day: str) -> None:
    change_once()
    shown = text(auditor, f"/authority/audit/?since={day}&until={day}&about=thing:1")
    assert "thing:1" in shown
    assert 'class="small bad"' in shown


def test_access_rows_say_who_looked_at_what_and_why(auditor: Client) -> None:
    read_once(3)
    shown = text(auditor, f"/authority/audit/access/?about={USCC}")
    assert [part in shown for part in (USCC, "数据质量核查", "0101、0102", "待封存")] == [True] * 4


def test_pages_and_queries_are_few(
    auditor: Client, django_assert_max_num_queries: DjangoAssertNumQueries, settings: object
) -> None:
    for number in range(1, 121):
        read_once(number)
    cache.clear()
    with django_assert_max_num_queries(12):
        first = text(auditor, "/authority/audit/access/?login=officer")
    assert "?login=officer&amp;page=2" in first
    third = text(auditor, "/authority/audit/access/?login=officer&page=3")
    assert third.count("<tr>") == 21
    assert AccessLog.objects.count() == 120


def test_sealing_says_how_it_stands_and_verification_is_asked_for(auditor: Client) -> None:
    fill(Book.ACCESS, 4, segments=2)
    shown = text(auditor, "/authority/audit/sealing/")
    assert "第 2 段" in shown
    assert "尚未核验过" in shown
    assert auditor.post("/authority/audit/sealing/verify/").status_code == 302
    (job,) = [q.task for q in OrmQ.objects.all() if q.task["func"] == "jiahe.audit.tasks.verify_for"]
    tasks.verify_for(*job["args"])
    entry = Entry.objects.get(action="audit.verify")
    assert (entry.login, entry.channel, entry.facts["ok"]) == ("auditor", "portal", True)
    assert "无误" in text(auditor, "/authority/audit/sealing/")


@pytest.mark.django_db(transaction=True)
def test_a_fault_is_shown(auditor: Client) -> None:
    rows = fill(Book.ACCESS, 4, segments=2)
    execute("UPDATE audit_accesslog SET login = 'x' WHERE id = %s", rows[2])
    tasks.verify_all()
    shown = text(auditor, "/authority/audit/sealing/")
    assert f"第 {rows[2]} 条" in shown
    assert Entry.objects.filter(login=Actor.system().login, action="audit.verify").exists()
