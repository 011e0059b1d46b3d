"""Whether something failed because a disk is full: ours, or that of the database server."""

from __future__ import annotations

import errno

# How the operating system, DuckDB, delta-rs and SQLite say it.
SIGNS = ("No space left", "os error 28", "disk is full", "out of disk space")
DISK_FULL = "53100"  # as PostgreSQL says it in every language


def is_full(error: BaseException) -> bool:
    """Django gives the driver's error as the cause of its own."""
    return _says_so(error) or (error.__cause__ is not None and _says_so(error.__cause__))


def _says_so(error: BaseException) -> bool:
    known = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
    return known or getattr(error, "sqlstate", None) == DISK_FULL or any(sign in str(error) for sign in SIGNS)
