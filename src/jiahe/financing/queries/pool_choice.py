"""What an institution looks for in the pool, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from jiahe.financing.models import FinancingRequest

WAN = 10_000
AMOUNTS: dict[str, tuple[int | None, int | None]] = {
    "small": (None, 100 * WAN),
    "middle": (100 * WAN, 300 * WAN),
    "large": (300 * WAN, 1_000 * WAN),
    "largest": (1_000 * WAN, None),
}
SORTS: dict[str, tuple[str, ...]] = {
    "closing": ("window_until", "pk"),
    "amount": ("-amount", "pk"),
    "least": ("amount", "pk"),
    "term": ("term_months", "pk"),
}


@dataclass(frozen=True)
class PoolChoice:
    """A band of amounts (yuan, from above the first up to the second), a county, an industry division, a guarantee."""

    amount: str = ""
    county: str = ""
    industry: str = ""
    guarantee: str = ""
    sort: str = "closing"

    @property
    def any(self) -> bool:
        return bool(self.amount or self.county or self.industry or self.guarantee)


def chosen(pool: QuerySet[FinancingRequest], choice: PoolChoice) -> QuerySet[FinancingRequest]:
    least, most = AMOUNTS.get(choice.amount, (None, None))
    if least is not None:
        pool = pool.filter(amount__gt=least)
    if most is not None:
        pool = pool.filter(amount__lte=most)
    if choice.county:
        pool = pool.filter(area=choice.county)
    if choice.industry:
        pool = pool.filter(industry=choice.industry)
    if choice.guarantee:
        # A list of codes is text in both databases; only PostgreSQL could look into it.
        written = pool.annotate(guarantees_text=Cast("guarantees", TextField()))
        pool = written.filter(guarantees_text__contains=f'"{choice.guarantee}"')
    return pool.order_by(*SORTS[choice.sort])


def places(pool: QuerySet[FinancingRequest]) -> tuple[list[str], list[str]]:
    """The counties and the industry divisions that occur in the pool."""
    found = set(pool.order_by().values_list("area", "industry").distinct())
    return sorted({area for area, _industry in found if area}), sorted(
        {division for _area, division in found if division}
    )
