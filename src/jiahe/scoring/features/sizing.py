"""The size class among whose enterprises each stands: worked out by the standard, else as registered."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from jiahe.scoring.size import Size, size_column

# The annual report first: it speaks of a whole year and of everybody who works there.
EMPLOYEES = ("report_employees", "insured")
REVENUE = ("report_revenue", "sales_12m")
ASSETS = ("total_assets", "report_assets")
READ = (*EMPLOYEES, *REVENUE, *ASSETS)
INDUSTRY = "industry"


def indicators() -> list[nw.Expr]:
    return [
        nw.coalesce(*(nw.col(code) for code in codes)).alias(f"_{name}")
        for name, codes in (("employees", EMPLOYEES), ("revenue", REVENUE), ("assets", ASSETS))
    ]


def size() -> nw.Expr:
    """Over a frame with `indicators`, `industry` and the registered `size`."""
    found = size_column(INDUSTRY, employees="_employees", revenue="_revenue", assets="_assets")
    return nw.when(found.is_in([one.value for one in Size])).then(found).otherwise(nw.col("size")).alias("size")
