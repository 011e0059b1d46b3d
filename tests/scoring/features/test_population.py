"""Whom features are made for, as it stood on the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jiahe.lake.engines.frames import frames
from jiahe.scoring.features.population import population
from tests import registry

pytestmark = pytest.mark.django_db(databases="__all__")


def test_an_end_is_not_foreseen_by_a_registration_that_was_loaded_after_it(tmp_path: Path) -> None:
    head = "统一社会信用代码,企业名称,登记状态,成立日期,注销日期,吊销日期\n"
    rows = (
        f"{registry.USCC},甲公司,注销,2015-01-05,2024-03-31,\n",
        f'{registry.OTHER},乙公司,"吊销,未注销",2015-01-05,,2022-06-30\n',
    )
    registry.gathered(tmp_path, "0101", head + "".join(rows), history=True)
    with frames() as lake:
        for day, expected in (
            (date(2014, 1, 1), []),
            (date(2022, 6, 29), ["active", "active"]),
            (date(2022, 6, 30), ["active", "revoked"]),
            (date(2024, 3, 31), ["deregistered", "revoked"]),
        ):
            found = lake.collect(population(lake, day).select("_serial", "uscc", "state")).to_pylist()
            states = {row["uscc"]: row["state"] for row in found}
            assert [states[code] for code in (registry.USCC, registry.OTHER) if code in states] == expected, day
