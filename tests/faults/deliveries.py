"""A large delivery of monthly tax filings, and what an installation shows after gathering it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from jiahe.kit import uscc
from tests.conftest import Installation

CATEGORY = "0202"
MONTHS = 50


def codes(count: int) -> list[str]:
    """Valid generated codes."""
    firsts = [f"XX{i:06d}" for i in range(count)]
    bodies = [f"91330402{first}{uscc.organisation_check_character(first)}" for first in firsts]
    return [body + uscc.check_character(body) for body in bodies]


def write(path: Path, records: int, *, factor: int = 1) -> Path:
    """A CSV file of so many records; another factor gives other amounts under the same keys."""
    with duckdb.connect() as engine:
        engine.execute("CREATE TABLE firm (code VARCHAR, number INTEGER)")
        rows = [[code, i] for i, code in enumerate(codes(records // MONTHS))]
        engine.executemany("INSERT INTO firm VALUES (?, ?)", rows)
        engine.execute(f"""COPY (
            SELECT code AS "统一社会信用代码", '企业' || number AS "企业名称",
                strftime(DATE '2020-01-01' + to_months(m::INTEGER), '%Y-%m') AS "税款所属期",
                hash(number, m, {factor}) % 1000000000 || '.25' AS "销售额合计",
                hash(m, number, {factor}) % 1000000000 || '.5' AS "按适用税率计税销售额"
            FROM firm, range({MONTHS}) r(m)) TO '{path}' (HEADER)""")
    return path


def fingerprint(installation: Installation) -> str:
    """Digests of the lake's current records and of the documents, without what names the batch."""
    return installation.python(f"""
import hashlib
from jiahe.catalogue import load
from jiahe.creditfile.documents.store import DocumentStore
from jiahe.creditfile.models import Enterprise
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.tables import LakeTable
from jiahe.lake.versions import current
category = load().categories["{CATEGORY}"]
with engine.session() as session:
    rows = current(category, [f.path for f in LakeTable(category).files()])
    items = ", ".join(category.by_code)
    lake = session.execute(f"SELECT md5(string_agg(r::VARCHAR, '|' ORDER BY r::VARCHAR)), count(*) "
                           f"FROM (SELECT ROW({{items}}) AS r FROM {{rows}})").fetchone()
store, digest, count = DocumentStore(), hashlib.sha256(), 0
for serial, uscc in Enterprise.objects.order_by("uscc").values_list("serial", "uscc"):
    for document in store.read(serial, [category]):
        keep = [i for i, c in enumerate(document.columns) if not c.startswith("_")]
        for row in sorted(str([row[i] for i in keep]) for row in document.rows):
            digest.update(f"{{uscc}} {{row}}".encode())
            count += 1
print(lake, digest.hexdigest(), count)
""")
