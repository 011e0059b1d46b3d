"""The size class of an enterprise by 《统计上大中小微型企业划分办法（2017）》(国统字〔2017〕213号), for one and for all.

Large, medium and small must reach every lower limit of their industry, else the enterprise falls a class; micro needs
only one indicator below. So the class is the lowest that one of the indicators gives, and one that is micro decides alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

import narwhals.stable.v2 as nw

FEN_IN_TEN_THOUSAND_YUAN = 1_000_000


class Size(StrEnum):
    """The classes, as the code list `enterprise_size` has them, the largest first."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


class Unsized(StrEnum):
    """Why an enterprise has no size class."""

    INDUSTRY_UNKNOWN = "industry_unknown"
    NO_STANDARD = "no_standard"  # finance, education, hospitals, railways, letting of real estate, societies
    GROUP_UNKNOWN = "group_unknown"  # the division has several standards, and the industry group is not stated
    INDICATOR_UNKNOWN = "indicator_unknown"


class Indicator(StrEnum):
    EMPLOYEES = "employees"  # persons at the end of the period
    REVENUE = "revenue"  # of a year, in fen
    ASSETS = "assets"  # total, in fen


@dataclass(frozen=True)
class Limits:
    """The lower limits of large, medium and small, in persons or in ten thousand yuan."""

    indicator: Indicator
    large: int
    medium: int
    small: int

    @property
    def scaled(self) -> tuple[int, int, int]:
        """The limits in the indicator's own unit."""
        unit = 1 if self.indicator is Indicator.EMPLOYEES else FEN_IN_TEN_THOUSAND_YUAN
        return self.large * unit, self.medium * unit, self.small * unit


@dataclass(frozen=True)
class Standard:
    """`industries` are GB/T 4754-2017 divisions (two digits) or groups (three)."""

    name: str
    industries: tuple[str, ...]
    limits: tuple[Limits, ...]


def _divisions(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"{number:02}" for number in range(first, last + 1))


_X, _Y, _Z = Indicator.EMPLOYEES, Indicator.REVENUE, Indicator.ASSETS
STANDARDS = (
    Standard("农、林、牧、渔业", _divisions(1, 5), (Limits(_Y, 20_000, 500, 50),)),
    Standard("工业", _divisions(6, 46), (Limits(_X, 1000, 300, 20), Limits(_Y, 40_000, 2000, 300))),
    Standard("建筑业", _divisions(47, 50), (Limits(_Y, 80_000, 6000, 300), Limits(_Z, 80_000, 5000, 300))),
    Standard("批发业", ("51",), (Limits(_X, 200, 20, 5), Limits(_Y, 40_000, 5000, 1000))),
    Standard("零售业", ("52",), (Limits(_X, 300, 50, 10), Limits(_Y, 20_000, 500, 100))),
    # Loading and unloading (591) stands in the division of storage, and counts as transport; railways (53) do not.
    Standard("交通运输业", (*_divisions(54, 58), "591"), (Limits(_X, 1000, 300, 20), Limits(_Y, 30_000, 3000, 200))),
    Standard(
        "仓储业",
        ("592", "593", "594", "595", "596", "599"),
        (Limits(_X, 200, 100, 20), Limits(_Y, 30_000, 1000, 100)),
    ),
    Standard("邮政业", ("60",), (Limits(_X, 1000, 300, 20), Limits(_Y, 30_000, 2000, 100))),
    Standard("住宿业", ("61",), (Limits(_X, 300, 100, 10), Limits(_Y, 10_000, 2000, 100))),
    Standard("餐饮业", ("62",), (Limits(_X, 300, 100, 10), Limits(_Y, 10_000, 2000, 100))),
    Standard("信息传输业", ("63", "64"), (Limits(_X, 2000, 100, 10), Limits(_Y, 100_000, 1000, 100))),
    Standard("软件和信息技术服务业", ("65",), (Limits(_X, 300, 100, 10), Limits(_Y, 10_000, 1000, 50))),
    Standard("房地产开发经营", ("701",), (Limits(_Y, 200_000, 1000, 100), Limits(_Z, 10_000, 5000, 2000))),
    Standard("物业管理", ("702",), (Limits(_X, 1000, 300, 100), Limits(_Y, 5000, 1000, 500))),
    Standard("租赁和商务服务业", ("71", "72"), (Limits(_X, 300, 100, 10), Limits(_Z, 120_000, 8000, 100))),
    # Science, water and environment, services to residents, social work without hospitals, culture; estate agents.
    Standard(
        "其他未列明行业",
        (*_divisions(73, 82), "85", *_divisions(86, 90), "703", "709"),
        (Limits(_X, 300, 100, 10),),
    ),
)
BY_INDUSTRY = {industry: standard for standard in STANDARDS for industry in standard.industries}
GROUPS = tuple(industry for industry in BY_INDUSTRY if len(industry) == 3)
LETTER = "^[A-T]"  # of the section
DIVIDED = tuple(sorted({group[:2] for group in GROUPS}))  # their groups have standards of their own


def size_class(
    industry: str | None, *, employees: int | None = None, revenue: int | None = None, assets: int | None = None
) -> Size | Unsized:
    """The class, or why there is none. Amounts are fen.

    `industry` is a code of GB/T 4754, with or without its section's letter: a division at least, better a group.
    """
    standard = standard_of(industry)
    if isinstance(standard, Unsized):
        return standard
    values = {Indicator.EMPLOYEES: employees, Indicator.REVENUE: revenue, Indicator.ASSETS: assets}
    ranks = [_rank(limits, values[limits.indicator]) for limits in standard.limits]
    known = [rank for rank in ranks if rank is not None]
    if len(known) < len(ranks) and MICRO not in known:
        return Unsized.INDICATOR_UNKNOWN
    return SIZES[max(known)]


def standard_of(industry: str | None) -> Standard | Unsized:
    """The standard of an industry's group, else of its division."""
    code = re.sub(LETTER, "", industry or "")
    if not code[:2].isdecimal() or len(code) < 2:
        return Unsized.INDUSTRY_UNKNOWN
    found = BY_INDUSTRY.get(code[:3]) or BY_INDUSTRY.get(code[:2])
    if found:
        return found
    return Unsized.GROUP_UNKNOWN if code[:2] in DIVIDED and len(code) == 2 else Unsized.NO_STANDARD


SIZES = tuple(Size)
MICRO = SIZES.index(Size.MICRO)


def _rank(limits: Limits, value: int | None) -> int | None:
    """Which class the indicator alone gives: 0 for large up to 3 for micro."""
    if value is None:
        return None
    return next((rank for rank, least in enumerate(limits.scaled) if value >= least), MICRO)


def size_column(industry: str, *, employees: str, revenue: str, assets: str) -> nw.Expr:
    """`size_class` over columns: its text, a class or the reason; see `Size` for which is which."""
    columns = {Indicator.EMPLOYEES: employees, Indicator.REVENUE: revenue, Indicator.ASSETS: assets}
    code = nw.col(industry).str.replace_all(LETTER, "")
    group, division = code.str.slice(0, 3), code.str.slice(0, 2)
    own = nw.when(group.is_in(GROUPS)).then(group).otherwise(division)
    unknown = code.is_null() | ~division.is_in(_divisions(0, 99))
    cases = nw.when(unknown).then(nw.lit(Unsized.INDUSTRY_UNKNOWN.value))
    for standard in STANDARDS:
        cases = cases.when(own.is_in(standard.industries)).then(_sized(standard, columns))
    cases = cases.when(code.is_in(DIVIDED)).then(nw.lit(Unsized.GROUP_UNKNOWN.value))
    return cases.otherwise(nw.lit(Unsized.NO_STANDARD.value))


def _sized(standard: Standard, columns: dict[Indicator, str]) -> nw.Expr:
    """The lowest class that an indicator of the standard gives."""
    values = [(nw.col(columns[limits.indicator]), limits.scaled) for limits in standard.limits]
    below = reduce(lambda a, b: a | b, (value < scaled[2] for value, scaled in values))
    cases = nw.when(below).then(nw.lit(Size.MICRO.value))
    cases = cases.when(reduce(lambda a, b: a | b, (value.is_null() for value, _ in values))).then(
        nw.lit(Unsized.INDICATOR_UNKNOWN.value)
    )
    for rank, size in enumerate((Size.LARGE, Size.MEDIUM)):
        reached = reduce(lambda a, b: a & b, (value >= scaled[rank] for value, scaled in values))
        cases = cases.when(reached).then(nw.lit(size.value))
    return cases.otherwise(nw.lit(Size.SMALL.value))
