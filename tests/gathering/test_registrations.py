"""Registrations as a city's register really writes them: kinds, amounts and currencies in a dozen spellings."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jiahe.catalogue import load
from jiahe.gathering import refused
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.delivery import Delivery
from jiahe.gathering.models import Batch
from jiahe.kit.actor import Actor
from jiahe.lake.tables import LakeTable

pytestmark = pytest.mark.django_db(databases="__all__")

FILE = Path(__file__).resolve().parents[3] / "shared/data/jiaxing_registrations.csv"
REGISTRATION = load().categories["0101"]
HEAD = "name,uscc,reg_date,type,capital,scope,province,city,address,uscc_valid,file_year\n"
MILLION = 1_000_000  # fen in ten thousand yuan
SPELLINGS = [
    ("430(万元人民币)", 430 * MILLION, "CNY"),
    ("1,200(万元人民币)", 1200 * MILLION, "CNY"),
    ("2505.6833万人民币", 2_505_683_300, "CNY"),
    ("30万元人民币", 30 * MILLION, "CNY"),
    ("30万人民币元", 30 * MILLION, "CNY"),
    ("100(万元(人民币))", 100 * MILLION, "CNY"),
    ("100万元（人民币）", 100 * MILLION, "CNY"),
    ("50000元", 5 * MILLION, "CNY"),
    ("1.5亿元", 15_000 * MILLION, "CNY"),
    ("500(万美元)", 500 * MILLION, "USD"),
    ("12.5万美元", 12_500_000, "USD"),
    ("80(万香港元)", 80 * MILLION, "HKD"),
    ("9,000(万日元)", 9000 * MILLION, "JPY"),
    ("60(万欧元)", 60 * MILLION, "EUR"),
    ("20(万澳大利亚元)", 20 * MILLION, "AUD"),
    ("80(万)", 80 * MILLION, None),
    ("80", 80 * MILLION, None),
    ("", None, None),
]


def register(file: Path) -> Batch:
    return gather(actor=Actor.system(), delivery=Delivery(REGISTRATION, [file], source="01"))


def counts(batch: Batch) -> dict[str, int]:
    return {c: getattr(batch, c) for c in ("read", "accepted", "quarantined", "inserted", "updated", "unchanged")}


def stored(*columns: str) -> list[tuple[object, ...]]:
    """The named columns of every record of the first batch."""
    table = pq.read_table(LakeTable(REGISTRATION).files()[0].path, columns=list(columns))
    return [tuple(row[c] for c in columns) for row in table.to_pylist()]


@pytest.mark.parametrize(("written", "amount", "currency"), SPELLINGS)
def test_an_amount_says_how_much_and_of_what(
    written: str, amount: int | None, currency: str | None, tmp_path: Path, home: Path
) -> None:
    file = tmp_path / "registrations.csv"
    row = f'嘉善县陶庄供销社农肥门市部,91330421MA29H4555E,1980-02-05,,"{written}",零售：农药,浙江,嘉兴,,True,1980\n'
    file.write_text(HEAD + row, encoding="utf-8")
    assert register(file).quarantined == 0
    assert stored("registered_capital", "registered_capital_currency") == [(amount, currency)]


def test_headers_of_the_registers_own_system_are_understood(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "registrations.csv"
    head = "ENTNAME,UNISCID,REGCAP,REGCAPCUR,ESTDATE,INDUSTRYPHY,INDUSTRYCO,LEREP\n"
    file.write_text(f"{head}甲公司,91330421MA29H4555E,430,人民币,2009-01-05,C,C1751,某某\n", encoding="utf-8")
    batch = register(file)
    assert (batch.accepted, batch.unknown_columns) == (1, [])
    assert stored("registered_capital", "registered_capital_currency", "industry_section", "industry_class") == [
        (430 * MILLION, "CNY", "C", "C1751")
    ]


@pytest.mark.skipif(not FILE.exists(), reason="the delivered register is not on this machine")
def test_the_delivered_register_is_taken_in_whole_but_for_one_broken_record(home: Path) -> None:
    first = register(FILE)
    assert counts(first) == {
        "read": 12761,
        "accepted": 12760,
        "quarantined": 1,
        "inserted": 12760,
        "updated": 0,
        "unchanged": 0,
    }
    # This record's kind of enterprise is the end of its business scope: columns had slipped at the source.
    assert [(r.row, r.column, r.value) for r in refused.rows(first.pk, 10, 0)] == [
        (4126, "企业类型", '经营对销贸易和转口贸易.*"')
    ]
    again = register(FILE)
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 12760)


@pytest.mark.skipif(not FILE.exists(), reason="the delivered register is not on this machine")
def test_every_capital_of_the_delivered_register_is_as_written(home: Path) -> None:
    register(FILE)
    with FILE.open(encoding="utf-8-sig") as lines:
        written = {row["uscc"]: row["capital"] for row in csv.DictReader(lines)}
    found = stored("uscc", "registered_capital", "registered_capital_currency")
    assert {code: amount for code, amount, _ in found} == {code: _fen(written[str(code)]) for code, _, _ in found}
    assert Counter(currency for _, _, currency in found) == {
        "CNY": 8618,
        None: 3567,
        "USD": 549,
        "HKD": 11,
        "JPY": 8,
        "EUR": 6,
        "AUD": 1,
    }


def _fen(text: str) -> int | None:
    """Every amount of this file is in ten thousands of its currency."""
    number = re.sub(r"[^0-9.]", "", text)
    return round(float(number) * MILLION) if number else None
