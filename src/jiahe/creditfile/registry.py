"""The registry of enterprises: serials for codes, and the facts that the registration record states.

A serial is given once, when a valid code is first seen; documents lie under it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import duckdb
import pyarrow as pa
from django.db import connection, transaction

from jiahe.catalogue import Category
from jiahe.creditfile.models import Enterprise, EnterpriseName
from jiahe.kit import clock, uscc
from jiahe.kit.home import locked

REGISTRATION = "0101"
ROWS = 10_000


def map_codes(session: duckdb.DuckDBPyConnection, table: str, column: str) -> None:
    """Make `code_map(written, code, serial)` for the codes of a staged table; a wrong code has no serial.

    Codes are looked at once each, however many records carry them; new valid ones are registered.
    """
    written = [row[0] for row in session.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()]
    normal = {w: uscc.normalise(w) for w in written if w}
    known = serials(set(normal.values()))
    new = sorted({code for code in normal.values() if code not in known and uscc.problem(code) is None})
    if new:
        known |= _register(new)
    rows = [(w, code, known[code]) for w, code in normal.items() if code in known]
    names, types = ("written", "code", "serial"), (pa.string(), pa.string(), pa.int64())
    columns = [pa.array([row[i] for row in rows], kind) for i, kind in enumerate(types)]
    code_map = pa.Table.from_arrays(columns, names=names)
    session.register("incoming_codes", code_map)
    session.execute("CREATE OR REPLACE TEMP TABLE code_map AS SELECT * FROM incoming_codes")
    session.unregister("incoming_codes")


def serials(codes: set[str]) -> dict[str, int]:
    """The serials of registered codes."""
    if len(codes) <= ROWS:
        return dict(Enterprise.objects.filter(uscc__in=codes).values_list("uscc", "serial"))
    everyone = Enterprise.objects.values_list("uscc", "serial").iterator(chunk_size=ROWS)
    return {code: serial for code, serial in everyone if code in codes}


def _register(codes: list[str]) -> dict[str, int]:
    """Give new codes the next serials; two loads at once wait for each other."""
    with locked("registry"), transaction.atomic():
        present = serials(set(codes))
        last = Enterprise.objects.order_by("-serial").values_list("serial", flat=True).first() or 0
        missing = [code for code in codes if code not in present]
        given = {code: last + i for i, code in enumerate(missing, start=1)}
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO creditfile_enterprise (serial, uscc, name, initials, kind, state, area, industry, generated)"
                " VALUES (%s, %s, '', '', '', '', '', '', %s)",
                [(serial, code, uscc.is_generated(code)) for code, serial in given.items()],
            )
    return present | given


def follow(session: duckdb.DuckDBPyConnection, category: Category, records: str) -> None:
    """Take over what current registration records say of their enterprises; a changed name is kept as a former one."""
    if category.code != REGISTRATION:
        return
    facts = "_serial, name, enterprise_type, enterprise_state, area, industry_division, established_on, deregistered_on, _generated"
    cursor = session.execute(f"SELECT {facts} FROM {records}")
    while rows := cursor.fetchmany(ROWS):
        _update({row[0]: row for row in rows})


def _update(rows: dict[int, tuple[Any, ...]]) -> None:
    with transaction.atomic():
        enterprises = list(Enterprise.objects.filter(serial__in=rows))
        former = [
            EnterpriseName(enterprise=e, name=e.name, replaced_on=clock.today())
            for e in enterprises
            if e.name and e.name != rows[e.serial][1]
        ]
        EnterpriseName.objects.bulk_create(former, ignore_conflicts=True)
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE creditfile_enterprise SET name = %s, initials = %s, kind = %s, state = %s, area = %s,"
                " industry = %s, established_on = %s, ended_on = %s, generated = %s WHERE serial = %s",
                [_facts(row) for row in rows.values()],
            )


def _facts(row: tuple[Any, ...]) -> tuple[Any, ...]:
    serial, name, *texts, established_on, ended_on, generated = row
    known = [text or "" for text in texts]
    return (name, initials(str(name)), *known, established_on, ended_on, generated, serial)


def initials(name: str) -> str:
    """The pinyin initials of a name in capitals, as people type them: 嘉兴纺织 → JXFZ."""
    return "".join(_initial(sign) for sign in name if sign.isalnum())


@lru_cache(maxsize=30_000)
def _initial(sign: str) -> str:
    from pypinyin import Style, lazy_pinyin  # its tables take longer to load than most commands take

    return lazy_pinyin(sign, style=Style.FIRST_LETTER, errors=lambda text: text)[0][:1].upper()
