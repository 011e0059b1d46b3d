"""A category's records as frames: as they stand and as they were known, looked up, and written down."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jiahe.catalogue import load
from jiahe.creditfile.models import Enterprise
from jiahe.lake.engines.frames import frames
from tests.lake.deliveries import FIRST, PENALTIES, SECOND, THIRD, penalties

pytestmark = [
    pytest.mark.django_db(databases="__all__", transaction=True),
    pytest.mark.usefixtures("engine"),
]
CATEGORY = load().categories[PENALTIES]
ITEMS = ["_serial", "decision_no", "facts"]


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three days: five records; one of them changed, one withdrawn, one new; then the withdrawn one again."""
    monkeypatch.setenv("JIAHE_NOW", "2024-03-01T10:00:00")
    old = [f"{FIRST},甲{i},2024-01-0{i},初,甲," for i in (1, 2)] + [
        f"{SECOND},乙{i},2024-01-0{i},初,乙," for i in (1, 2)
    ]
    penalties(tmp_path, *old, f"{THIRD},丙1,2024-01-01,,丙,")
    monkeypatch.setenv("JIAHE_NOW", "2024-03-05T10:00:00")
    penalties(
        tmp_path, f"{FIRST},甲1,2024-01-01,改,甲,", f"{SECOND},乙2,2024-01-02,初,乙,D", f"{FIRST},甲3,2024-03-03,新,甲,"
    )
    monkeypatch.setenv("JIAHE_NOW", "2024-03-09T10:00:00")
    penalties(tmp_path, f"{SECOND},乙2,2024-01-02,又,乙,")


def known(as_of: date | None) -> set[tuple[str, str | None]]:
    with frames() as lake:
        table = lake.collect(lake.current(CATEGORY, as_of=as_of, columns=ITEMS))
    assert table.column_names == ITEMS
    assert [str(t) for t in table.schema.types] == ["int64", "string", "string"]
    found = list(zip(table["decision_no"].to_pylist(), table["facts"].to_pylist(), strict=True))
    assert len(found) == len(set(found))
    return set(found)


FIRST_DAY = {("甲1", "初"), ("甲2", "初"), ("乙1", "初"), ("乙2", "初"), ("丙1", None)}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2023, 12, 31), set()),
        (date(2024, 3, 1), FIRST_DAY),
        (date(2024, 3, 4), FIRST_DAY),
        (date(2024, 3, 5), {("甲1", "改"), ("甲2", "初"), ("甲3", "新"), ("乙1", "初"), ("丙1", None)}),
        (None, {("甲1", "改"), ("甲2", "初"), ("甲3", "新"), ("乙1", "初"), ("乙2", "又"), ("丙1", None)}),
    ],
)
def test_records_are_those_known_on_the_day(
    scene: None, as_of: date | None, expected: set[tuple[str, str | None]]
) -> None:
    assert known(as_of) == expected


def test_a_category_without_a_delivery_is_an_empty_frame() -> None:
    with frames() as lake:
        table = lake.collect(lake.current(load().categories["0201"]))
    assert table.num_rows == 0
    assert table.column_names[:3] == ["_serial", "_batch", "_change"]


def test_a_table_of_the_callers_narrows(scene: None) -> None:
    serial = Enterprise.objects.get(uscc=SECOND).serial
    with frames() as lake:
        wanted = lake.given(pa.table({"_serial": [serial]}))
        found = lake.collect(lake.current(CATEGORY, columns=ITEMS).join(wanted, on="_serial", how="inner"))
    assert set(found["_serial"].to_pylist()) == {serial}
    assert found.num_rows == 2


def test_written_files_are_sorted_and_hold_the_rows(scene: None, tmp_path: Path) -> None:
    with frames() as lake:
        counted = lake.current(CATEGORY).group_by("_serial").agg(count=nw.len().cast(nw.Int64))
        files = lake.write(counted, tmp_path / "shared" / "counted")
        rows = lake.collect(counted.sort("_serial"))
    assert pa.concat_tables(pq.read_table(f) for f in files).to_pylist() == rows.to_pylist()
    assert sorted(rows["count"].to_pylist()) == [1, 2, 3]


def test_what_is_kept_lies_side_by_side_and_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Twelve columns of twelve frames, more than are joined at once; a frame without a serial leaves its column empty."""
    serials = pa.table({"_serial": pa.array([1, 2, 3], pa.int64()), "name": ["甲", "乙", None]})
    with frames() as lake:
        people = lake.keep(lake.given(serials))
        parts = [
            lake.keep(
                people.filter(nw.col("_serial") != n % 4).select("_serial", (nw.col("_serial") * n).alias(f"c{n}"))
            )
            for n in range(12)
        ]
        files = lake.write(lake.beside(people, parts), tmp_path / "beside")
        found = lake.collect(lake.stored(files).sort("_serial")).to_pylist()
    assert found == [
        {"_serial": s, "name": name, **{f"c{n}": s * n if s != n % 4 else None for n in range(12)}}
        for s, name in ((1, "甲"), (2, "乙"), (3, None))
    ]
