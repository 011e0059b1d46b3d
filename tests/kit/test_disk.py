"""What a full disk is told by."""

from __future__ import annotations

import errno

import psycopg.errors
import pytest
from django.db import OperationalError

from jiahe.kit.disk import is_full


def caused(by: Exception) -> Exception:
    error = OperationalError("设备上没有空间")
    error.__cause__ = by
    return error


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (OperationalError("database or disk is full"), True),
        (OperationalError("database is locked"), False),
        (psycopg.errors.DiskFull("设备上没有空间"), True),
        (caused(psycopg.errors.DiskFull("设备上没有空间")), True),
        (caused(psycopg.errors.AdminShutdown("")), False),
        (RuntimeError("Generic LocalFileSystem error: ... (os error 28)"), True),
        (ValueError("28"), False),
    ],
)
def test_full_or_not(error: Exception, full: bool) -> None:
    assert is_full(error) is full
