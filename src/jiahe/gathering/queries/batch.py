"""The ledger as pages show it: recent batches, and how fresh each category is against its frequency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet

from jiahe.catalogue import Category, Frequency, load
from jiahe.gathering.models import Batch, BatchState
from jiahe.kit import clock
from jiahe.kit.statements import send

PERIOD = {
    Frequency.REALTIME: timedelta(days=1),
    Frequency.DAILY: timedelta(days=1),
    Frequency.WEEKLY: timedelta(days=7),
    Frequency.MONTHLY: timedelta(days=31),
    Frequency.QUARTERLY: timedelta(days=92),
    Frequency.YEARLY: timedelta(days=366),
}

# Plain SQL, because every page of a credit file says it.
_DELIVERED = f"SELECT DISTINCT category FROM gathering_batch WHERE state = '{BatchState.DONE.value}' AND outside = ''"


@dataclass(frozen=True)
class CategoryFreshness:
    """When a category was delivered last and is expected next; `state` is fresh, due, late or never."""

    category: Category
    last_loaded_at: datetime | None
    last_business_date: date | None
    expected_by: date | None
    state: str


def recent(*, limit: int = 50, offset: int = 0, category: str | None = None) -> QuerySet[Batch]:
    """Batches, the newest first."""
    found = Batch.objects.order_by("-id")
    return (found.filter(category=category) if category else found)[offset : offset + limit]


def delivered() -> frozenset[str]:
    """The categories of which a department has delivered anything: those whose freshness is not `never`."""
    return frozenset(code for (code,) in send(_DELIVERED)())


def freshness() -> list[CategoryFreshness]:
    """One row for each of the catalogue's categories; what came from outside does not make its department punctual."""
    done = Batch.objects.filter(state=BatchState.DONE, outside="").values("category")
    last = {
        row["category"]: (row["loaded"], row["business"])
        for row in done.annotate(loaded=Max("finished_at"), business=Max("newest_business_date"))
    }
    return [_freshness(c, *last.get(c.code, (None, None))) for c in load().categories.values()]


def _freshness(category: Category, loaded: datetime | None, business: date | None) -> CategoryFreshness:
    if loaded is None:
        return CategoryFreshness(category, None, None, None, "never")
    expected = loaded.astimezone(clock.ZONE).date() + PERIOD[category.frequency]
    return CategoryFreshness(category, loaded, business, expected, _state(category, expected))


def _state(category: Category, expected: date) -> str:
    """Late from one more period after the day on which the delivery was due."""
    today = clock.today()
    if today <= expected:
        return "fresh"
    return "due" if today <= expected + PERIOD[category.frequency] else "late"
