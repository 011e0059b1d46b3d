"""Rows of the access log are added and nothing else."""

from __future__ import annotations

import pytest

from jiahe.audit.models import AccessLog
from jiahe.audit.models.row import AppendOnlyError
from jiahe.kit import clock


@pytest.fixture
def row(db: None) -> AccessLog:
    return AccessLog.objects.create(
        at=clock.now(),
        login="officer",
        organisation="authority",
        role="data_officer",
        channel="portal",
        serial=1,
        uscc="91330100799655058B",
        purpose="data_quality",
        categories=["0101"],
        withheld=[],
        records=1,
    )


def test_row_is_never_changed(row: AccessLog) -> None:
    row.records = 0
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        AccessLog.objects.update(records=0)
    assert AccessLog.objects.get().records == 1


def test_row_is_never_removed(row: AccessLog) -> None:
    with pytest.raises(AppendOnlyError):
        row.delete()
    with pytest.raises(AppendOnlyError):
        AccessLog.objects.filter(serial=1).delete()
    assert AccessLog.objects.count() == 1
