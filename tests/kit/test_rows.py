"""Rows that are only added, and the one UPDATE that decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from jiahe.accounts.models import Organisation
from jiahe.kit import clock
from jiahe.kit.rows import add, add_later, change, insert, together
from jiahe.notify.models import Message

pytestmark = pytest.mark.django_db


def message(template: str) -> Message:
    return Message(organisation="bank-a", template=template, facts={"n": 1}, sent_at=clock.now())


def kept() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("template", flat=True))


def making(calls: list[list[str]]) -> Callable[[list[str]], list[Message]]:
    def work(items: list[str]) -> list[Message]:
        calls.append(items)
        return [message(item) for item in items]

    return work


def test_a_row_is_written_where_it_is_made() -> None:
    add(message("a"), message("b"))
    calls: list[list[str]] = []
    add_later(making(calls), "c")
    assert (kept(), calls) == (["a", "b", "c"], [["c"]])
    assert Message.objects.order_by("pk")[0].facts == {"n": 1}


def test_what_is_done_together_is_written_at_the_end_in_one_statement() -> None:
    calls: list[list[str]] = []
    work = making(calls)
    with CaptureQueriesContext(connection) as asked, transaction.atomic(savepoint=False), together():
        add_later(work, "c")
        add(message("a"))
        with together():
            add(message("b"))
            add_later(work, "d")
        assert len(asked) == 0
    assert (kept(), calls) == (["a", "b", "c", "d"], [["c", "d"]])
    assert len(asked) == 1


def test_a_failure_writes_nothing_of_it_and_spoils_nothing_afterwards() -> None:
    def work() -> None:
        with transaction.atomic(), together():
            add(message("a"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    add(message("b"))
    assert kept() == ["b"]


def test_what_the_database_refuses_is_an_error_like_any_other() -> None:
    taken = Organisation(code="bank-a", name="甲", kind="institution")
    insert(taken)
    assert Organisation.objects.get(code="bank-a").pk == taken.pk
    with pytest.raises(IntegrityError), transaction.atomic(), together():
        add(message("a"), Organisation(code="bank-a", name="乙", kind="institution"))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Organisation(code="bank-a", name="丙", kind="institution"))
    assert (kept(), Organisation.objects.get(code="bank-a").name) == ([], "甲")


def test_a_change_is_made_from_the_states_it_starts_in_and_no_other() -> None:
    bank = Organisation(code="bank-a", name="甲", kind="institution")
    insert(bank)
    assert change(bank, ("active", "frozen"), {"state": "closed", "reason": "停业"})
    assert (bank.state, bank.reason) == ("closed", "停业")
    assert not change(bank, ("active", "frozen"), {"state": "frozen", "reason": ""})
    bank.refresh_from_db()
    assert (bank.state, bank.reason) == ("closed", "停业")
