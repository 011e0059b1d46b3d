"""Features of gathered enterprises on a day: what was known then, nothing that came later, nothing that was repaired."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiahe.creditfile.models import Enterprise, RecordMark
from jiahe.lake.engines.frames import frames
from jiahe.scoring.features.calculation import calculate
from tests.lake.deliveries import FIRST, SECOND, THIRD, deliver

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
REGISTERED = "uscc,name,established_on,industry_division,size,enterprise_state,parent_uscc"
SALES = "uscc,name,period,sales_total,filed_late"
PENALTIES = "uscc,name,decision_no,decided_on,severity,fine"
DAY = date(2026, 3, 5)


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three registered enterprises on 2026-03-01: the first sells, the second is penalised, the third belongs to the second."""
    monkeypatch.setenv("JIAHE_NOW", "2026-03-01T10:00:00")
    deliver(
        tmp_path,
        "0101",
        f"{FIRST},甲公司,2020-01-15,17,小型,存续,",
        f"{SECOND},乙公司,2025-12-01,17,小型,存续,",
        f"{THIRD},丙公司,2024-02-29,,,吊销,{SECOND}",
        header=REGISTERED,
    )
    months = [("2025-07", 100, "否"), ("2025-08", 100, "是"), ("2025-09", 100, "否"), ("2025-11", 150, "否")]
    later = [("2025-12", 150, "否")]
    deliver(tmp_path, "0202", *(f"{FIRST},甲公司,{m},{s},{late}" for m, s, late in months + later), header=SALES)
    rows = [("罚1", "2025-12-01", "一般", 3), ("罚2", "2024-12-01", "严重", 5), ("罚3", "2020-01-01", "一般", 7)]
    deliver(tmp_path, "0402", *(f"{SECOND},乙公司,{n},{d},{s},{f}" for n, d, s, f in rows), header=PENALTIES)
    return tmp_path


def told(*codes: str, as_of: date = DAY) -> dict[str, tuple[Any, ...]]:
    """The features of each enterprise by the first sign of its code's serial order."""
    with frames() as lake:
        rows = lake.collect(calculate(lake, as_of, codes)).to_pylist()
    names = {FIRST: "first", SECOND: "second", THIRD: "third"}
    return {names[row["uscc"]]: tuple(row[code] for code in codes) for row in rows}


def test_windows_hold_what_the_department_usually_has_delivered(scene: Path) -> None:
    """On 5 March the newest month of a return that takes 50 days is January: December to October are months 2 to 4."""
    codes = ("sales_3m", "sales_6m", "sales_change_3m", "sales_gaps_6m", "sales_newest", "filed_late_6m", "age")
    assert told(*codes) == {
        "first": (30_000, 50_000, 5_000, 2, 2, 1, 74),
        "second": (None, None, None, None, None, None, 3),
        "third": (None, None, None, None, None, None, 25),
    }


def test_no_record_means_none_where_the_department_delivers_and_nothing_where_it_does_not(scene: Path) -> None:
    codes = ("penalty_count_12m", "grave_penalty_count_36m", "penalty_fine_36m", "penalty_since", "dishonest_standing")
    assert told(*codes) == {
        "first": (0, 0, 0, None, None),
        "second": (1, 1, 8_000_000, 3, None),
        "third": (0, 0, 0, None, None),
    }


def test_what_is_past_retention_or_repaired_is_not_used(scene: Path) -> None:
    assert told("penalty_count_36m")["second"] == (2,)
    serial = Enterprise.objects.get(uscc=SECOND).serial
    mark = {"serial": serial, "category": "0402", "record_key": "罚1", "kind": "repaired"}
    RecordMark.objects.create(**mark, since=date(2026, 3, 2))
    assert told("penalty_count_36m", "penalty_since")["second"] == (1, 15)
    assert told("penalty_count_36m", as_of=date(2026, 3, 1))["second"] == (2,)


def test_the_future_changes_nothing_about_a_day_that_is_past(scene: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = (
        "sales_6m",
        "sales_change_3m",
        "penalty_count_12m",
        "penalty_fine_36m",
        "related",
        "related_penalised",
        "age",
    )
    before = told(*codes)
    monkeypatch.setenv("JIAHE_NOW", "2026-03-06T10:00:00")
    changed = [("2025-11", 9_999, "是"), ("2025-10", 9_999, "是"), ("2026-01", 9_999, "否")]
    deliver(scene, "0202", *(f"{FIRST},甲公司,{m},{s},{late}" for m, s, late in changed), header=SALES)
    deliver(scene, "0402", f"{FIRST},甲公司,罚9,2025-06-01,严重,100", header=PENALTIES)
    deliver(scene, "0101", f"{THIRD},丙公司,2024-02-29,,,吊销,{FIRST}", header=REGISTERED)
    assert told(*codes) == before
    now = told(*codes, as_of=date(2026, 3, 6))
    assert now["first"] == (3_034_700, 9_755, 1, 100_000_000, 1, 0, 74)
    assert now["third"][4:6] == (1, 1)


def test_related_parties_are_told_of_each_other(scene: Path) -> None:
    codes = ("related", "related_ended", "related_penalised", "related_troubled_share")
    assert told(*codes) == {"first": (0, 0, 0, None), "second": (1, 1, 0, 10_000), "third": (1, 0, 1, 0)}


def test_a_percentile_waits_for_enough_peers(scene: Path) -> None:
    assert told("sales_12m_among_peers")["first"] == (None,)


def test_a_division_that_is_not_registered_is_inferred_and_says_how_sure_it_is(scene: Path) -> None:
    deliver(
        scene,
        "0101",
        f"{THIRD},丙纺织厂,2024-02-29,面料织造、加工;纺织品销售",
        header="uscc,name,established_on,business_scope",
    )
    with frames() as lake:
        rows = lake.collect(calculate(lake, DAY, ["age"])).to_pylist()
    known = {row["uscc"]: (row["division"], row["certainty"]) for row in rows}
    assert known[FIRST] == ("17", None)
    division, certainty = known[THIRD]
    assert division == "17"
    assert 5_000 < certainty <= 10_000


def test_the_size_is_that_of_the_standard_where_it_can_be_told(scene: Path) -> None:
    """A maker with 500 yuan of sales is a micro enterprise, whatever is registered; of the others nothing is known."""
    with frames() as lake:
        rows = lake.collect(calculate(lake, DAY, ["age"])).to_pylist()
    assert {row["uscc"]: row["size"] for row in rows} == {FIRST: "micro", SECOND: "small", THIRD: None}
