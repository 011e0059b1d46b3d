"""A data officer of the authority, and a clock that tests set. Imports wait until Django is set up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from jiahe.accounts.models import User


@pytest.fixture
def officer(db: None) -> User:
    from tests.people import data_officer

    return data_officer()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the time of day of 2026-11-23."""

    def set_clock(time: str) -> None:
        monkeypatch.setenv("JIAHE_NOW", f"2026-11-23T{time}")

    set_clock("09:00")
    return set_clock
