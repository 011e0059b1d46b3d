"""Rows of both books, and hands that change them behind the platform's back."""

from __future__ import annotations

from typing import Any

from django.db import connection

from jiahe.accounts.models import User
from jiahe.audit.actions.verify import verify
from jiahe.audit.faults import Fault
from jiahe.audit.journal import write
from jiahe.audit.models import BOOKS, AccessLog, Book
from jiahe.audit.sealing import seal
from jiahe.kit import clock
from jiahe.kit.actor import Actor

USCC = "91330100799655058B"


def actor(user: User | None = None) -> Actor:
    return Actor(user.pk if user else None, "officer", "authority", "data_officer", "portal", "head-office")


def read_once(number: int = 1, user: User | None = None) -> None:
    """One row of the access log."""
    AccessLog.by(
        actor(user),
        at=clock.now(),
        serial=number,
        uscc=USCC,
        purpose="data_quality",
        categories=["0101", "0102"],
        withheld=["1001"],
        consents=[number],
        records=number,
    ).save()


def change_once(number: int = 1, user: User | None = None) -> None:
    """One row of the journal."""
    write(actor=actor(user), action="tests.change", subject=f"thing:{number}", facts={"number": number, "名": "值"})


WRITE = {Book.ACCESS: read_once, Book.JOURNAL: change_once}


def fill(book: Book, rows: int, user: User | None = None, segments: int = 1) -> list[int]:
    """Rows of a book in some segments; gives their ids."""
    for number in range(1, rows + 1):
        WRITE[book](number, user)
        if number % (rows // segments) == 0:
            seal()
    return list(BOOKS[book].objects.order_by("pk").values_list("pk", flat=True))


def checked() -> Fault | None:
    return verify(actor=Actor.system("console")).fault


def execute(sql: str, *parameters: Any) -> None:
    """What somebody with the database in hand does, whom no rule of the platform stops."""
    with connection.cursor() as cursor:
        _rules(cursor, held=False)
        try:
            cursor.execute(sql, parameters)
        finally:
            _rules(cursor, held=True)


def _rules(cursor: Any, *, held: bool) -> None:
    if connection.vendor == "sqlite":
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if held else 'OFF'}")
        cursor.execute(f"PRAGMA ignore_check_constraints = {'OFF' if held else 'ON'}")
    else:
        cursor.execute(f"SET session_replication_role = {'DEFAULT' if held else 'replica'}")


def table(book: Book) -> str:
    return BOOKS[book]._meta.db_table
