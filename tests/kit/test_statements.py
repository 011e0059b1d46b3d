"""Statements that are sent before they are waited for, and a server that hangs up."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction

from jiahe.kit.statements import in_one_go, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_rows_come_when_they_are_asked_for() -> None:
    with in_one_go(), transaction.atomic():
        first, second = send("SELECT %s + 1", [1]), send("SELECT 'x'")
        assert (second(), first()) == ([("x",)], [(2,)])


def twice() -> None:
    with in_one_go(), transaction.atomic():
        for _ in range(2):
            send("INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('a', '', '2026-01-01')")


def test_a_failure_undoes_the_transaction_although_nobody_asked_for_rows() -> None:
    with pytest.raises(DatabaseError):
        twice()
    assert send("SELECT COUNT(*) FROM django_session")() == [(0,)]


@pytest.mark.postgresql
def test_a_connection_that_the_server_ended_is_not_used_again() -> None:
    used: Any = connections["default"]
    pid = send("SELECT pg_backend_pid()")()[0][0]
    assert used.is_usable()
    with psycopg.connect(used.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert not used.is_usable()
    used.close()
    assert send("SELECT pg_backend_pid()")()[0][0] != pid
