"""Every feature of every enterprise of a gathered city is the same on both engines, and knows nothing of the future."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from jiahe.catalogue import load
from jiahe.city.build import LATER, Order, build
from jiahe.creditfile.models import Enterprise
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.delivery import Delivery
from jiahe.lake.engines.frames import frames
from jiahe.scoring import features
from jiahe.scoring.features.calculation import calculate
from jiahe.scoring.features.related import REPRESENTATIVES, SHAREHOLDERS
from tests.engines.cluster import Cluster
from tests.lake.deliveries import ACTOR, deliver

ENTERPRISES, RECORDS, SEED = 400, 60_000, 7
DAY = date(2026, 12, 10)
CATEGORIES = {c for f in features.own().values() for c in f.categories} | {SHAREHOLDERS, REPRESENTATIVES, "0101"}


def gathered(inbox: Path, names: str) -> None:
    """Deliver the files of these names, category by category."""
    for category in (load().categories[code] for code in sorted(CATEGORIES)):
        files = sorted((inbox / category.department / category.code).glob(names))
        if files:
            history = not names.startswith(LATER)
            gather(actor=ACTOR, delivery=Delivery(category, files, category.department, history=history))


def told() -> pa.Table:
    with frames() as lake:
        return lake.collect(calculate(lake, DAY).sort("_serial"))


@pytest.mark.spark
@pytest.mark.django_db(databases="__all__", transaction=True)
def test_every_feature_is_the_same_on_both_engines(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = tmp_path / "inbox"
    build(Order(ENTERPRISES, RECORDS, SEED, inbox, categories=tuple(sorted(CATEGORIES))), processes=1)
    monkeypatch.setenv("JIAHE_NOW", "2026-11-20T10:00:00")
    gathered(inbox, "0*.csv")
    monkeypatch.setenv("JIAHE_NOW", "2026-12-05T10:00:00")
    gathered(inbox, f"{LATER}*")  # corrected and withdrawn records
    before = told()
    assert before.num_rows > ENTERPRISES * 0.9
    plant_the_future(tmp_path, monkeypatch)
    assert told().equals(before)
    monkeypatch.setenv("JIAHE_ENGINE", cluster.address)
    on_spark = told()
    assert on_spark.schema.types == before.schema.types
    differing = [name for name in before.column_names if on_spark[name].to_pylist() != before[name].to_pylist()]
    assert (on_spark.column_names, differing) == (before.column_names, [])
    known = [name for name in before.column_names if before[name].null_count < before.num_rows]
    assert len(known) > 0.9 * before.num_columns


def plant_the_future(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Later than the day, everybody is penalised, and sold a hundred million in a month that the day looks at."""
    monkeypatch.setenv("JIAHE_NOW", "2026-12-20T10:00:00")
    codes = Enterprise.objects.values_list("uscc", flat=True)
    penalties = [f"{code},某企业,将来{n},2026-06-01,严重,100" for n, code in enumerate(codes)]
    deliver(folder, "0402", *penalties, header="uscc,name,decision_no,decided_on,severity,fine")
    sales = [f"{code},某企业,2026-09,100000000,是" for code in codes]
    deliver(folder, "0202", *sales, header="uscc,name,period,sales_total,filed_late")
