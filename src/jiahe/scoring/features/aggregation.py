"""From a category's records to one row an enterprise, on whichever engine the frames live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

import narwhals.stable.v2 as nw

from jiahe.catalogue import Category, ItemType
from jiahe.lake.engines.frames import Frame
from jiahe.scoring.features.model import Aggregate, Feature, Function, Where, Window

SERIAL = "_serial"
MONTH, DAY = "_month", "_day"
# An amount is cut where 48 bits end (1.4 trillion yuan): a slip of the pen then spoils one enterprise, not the run.
LIMIT = 1 << 47
SPAN = 1 << 48
EPOCH = 1970 * 12  # days counted from here leave 48 bits beside them


@dataclass(frozen=True)
class End:
    """Up to when records count: the first day that is no longer in any window, and its number of the month."""

    day: date

    @property
    def month(self) -> int:
        return _number(self.day)

    def back(self, months: int) -> date:
        """The day so many months earlier."""
        count = self.month - months
        return date(count // 12, count % 12 + 1, min(self.day.day, 28))


def end_of(category: Category, as_of: date) -> End:
    """Monthly records: behind the newest month that the department usually has delivered. Others: the day after."""
    if category.by_code[category.business_date].type is not ItemType.YEAR_MONTH:
        return End(as_of + timedelta(days=1))
    newest = as_of - timedelta(days=category.usual_delay_days)
    following = _number(newest) + 1
    return End(date(following // 12, following % 12 + 1, 1))


def _number(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def own_features(records: Frame, category: Category, features: Sequence[Feature], as_of: date) -> Frame:
    """The features that come from one category alone, and the aggregates that others need, one row an enterprise."""
    aggregates = distinct(a for f in features for a in f.inputs if a.category == category.code)
    found = aggregated(records, category, aggregates, end_of(category, as_of))
    mine = [f for f in features if f.categories == (category.code,)]
    shared = distinct(a for f in features if f not in mine for a in f.inputs if a.category == category.code)
    return found.select(SERIAL, *(a.column for a in shared), *(expression(f) for f in mine))


def expression(feature: Feature) -> nw.Expr:
    """The feature's value out of the columns of its aggregates."""
    return feature.combine(*(nw.col(a.column) for a in feature.inputs)).cast(nw.Int64).alias(feature.code)


def distinct(aggregates: Iterable[Aggregate]) -> list[Aggregate]:
    return list({a.column: a for a in aggregates}.values())


def aggregated(records: Frame, category: Category, aggregates: Sequence[Aggregate], end: End) -> Frame:
    """One row for each enterprise that has records before the end, one column for each aggregate."""
    when = nw.col("_business_date")
    number = when.dt.year().cast(nw.Int64) * 12 + when.dt.month().cast(nw.Int64) - 1
    columns = [
        when,
        (number - end.month).alias(MONTH),
        ((number - EPOCH) * 31 + when.dt.day().cast(nw.Int64) - 1).alias(DAY),
    ]
    items = _items(category, aggregates)
    ranked = {_subject_of(a): _ranked(a) for a in aggregates if a.ranks}.values()
    narrow = records.filter(when < nw.lit(end.day)).select(SERIAL, *columns, *items, *ranked)
    made = [_aggregate(a, end) for a in aggregates]
    hidden = [_known(a, end).alias(_known_of(a)) for a in aggregates if a.function is Function.SUM]
    found = narrow.group_by(SERIAL).agg(*made, *hidden)
    return found.select(SERIAL, *(_finished(a) for a in aggregates))


def _items(category: Category, aggregates: Sequence[Aggregate]) -> list[nw.Expr]:
    """The items that aggregates or their conditions speak of, numbers cut to 48 bits."""
    named = {item for a in aggregates for item in (a.item, *(w.item for w in a.where)) if item}
    numbers = (ItemType.INTEGER, ItemType.DECIMAL)
    return [
        nw.col(item).clip(1 - LIMIT, LIMIT - 1) if category.by_code[item].type in numbers else nw.col(item)
        for item in sorted(named - {category.business_date})
        if item != "_business_date"
    ] + ([nw.col(category.business_date)] if category.business_date in named else [])


def _ranked(aggregate: Aggregate) -> nw.Expr:
    """The rank that stands for a code; null for a code without one."""
    item = nw.col(aggregate.item)
    found: nw.Expr = nw.lit(None, dtype=nw.Int64)
    for code, rank in reversed(aggregate.ranks):
        found = nw.when(item == nw.lit(code)).then(nw.lit(rank)).otherwise(found)
    return found.cast(nw.Int64).alias(_subject_of(aggregate))


def _subject_of(aggregate: Aggregate) -> str:
    return f"{aggregate.item}_rank" if aggregate.ranks else aggregate.item


def _known_of(aggregate: Aggregate) -> str:
    return f"{aggregate.column}_known"


def _inside(window: Window, where: tuple[Where, ...], end: End) -> nw.Expr | None:
    """Which records count; None for all of them."""
    day = nw.col("_business_date")
    conditions = [_condition(one) for one in where]
    if window.months is not None:
        conditions.append(day >= nw.lit(end.back(window.skipped + window.months)))
    if window.skipped:
        conditions.append(day < nw.lit(end.back(window.skipped)))
    return reduce(lambda one, other: one & other, conditions) if conditions else None


def _condition(where: Where) -> nw.Expr:
    item = nw.col(where.item)
    if where.at_least is not None:
        return item >= where.at_least
    if where.below is not None:
        return item < where.below
    named = [v for v in where.values if v is not None]
    if not named:
        return item.is_null()
    if all(isinstance(v, bool) for v in named):
        return item if named[0] else ~item
    found = item.is_in(named)
    return found | item.is_null() if None in where.values else found


def _only(aggregate: Aggregate, end: End, subject: nw.Expr) -> nw.Expr:
    inside = _inside(aggregate.window, aggregate.where, end)
    return subject if inside is None else nw.when(inside).then(subject)


def _known(aggregate: Aggregate, end: End) -> nw.Expr:
    return _only(aggregate, end, nw.col(_subject_of(aggregate))).count()


def _aggregate(aggregate: Aggregate, end: End) -> nw.Expr:
    item = nw.col(_subject_of(aggregate)) if aggregate.item else nw.col(SERIAL)
    match aggregate.function:
        case Function.SUM:
            found = _only(aggregate, end, item).sum()
        case Function.COUNT:
            found = _only(aggregate, end, item).count()
        case Function.MAX:
            found = _only(aggregate, end, item).max()
        case Function.MIN:
            found = _only(aggregate, end, item).min()
        case Function.LATEST:
            found = _only(aggregate, end, nw.col(DAY) * SPAN + item.cast(nw.Int64) + LIMIT).max()
        case Function.MONTHS:
            found = _months(aggregate, end)
        case Function.SINCE:
            found = -_only(aggregate, end, nw.col(MONTH)).max()
        case Function.FIRST:
            found = -_only(aggregate, end, nw.col(MONTH)).min()
        case Function.MOMENT:
            found = _only(aggregate, end, nw.col(MONTH) * item if aggregate.item else nw.col(MONTH)).sum()
        case Function.SQUARES:
            found = _only(aggregate, end, nw.col(MONTH) * nw.col(MONTH)).sum()
    return found.cast(nw.Int64).alias(aggregate.column)


def _months(aggregate: Aggregate, end: End) -> nw.Expr:
    """Distinct months; those that do not count share one number, which is taken off again."""
    inside = _inside(aggregate.window, aggregate.where, end)
    if inside is None:
        return nw.col(MONTH).n_unique()
    outside = nw.when(inside).then(nw.lit(0)).otherwise(nw.lit(1)).max()
    return nw.when(inside).then(nw.col(MONTH)).otherwise(nw.lit(1)).n_unique() - outside


def _finished(aggregate: Aggregate) -> nw.Expr:
    column = nw.col(aggregate.column)
    match aggregate.function:
        case Function.SUM:  # nothing known adds up to nothing, not to 0
            return nw.when(nw.col(_known_of(aggregate)) > 0).then(column).alias(aggregate.column)
        case Function.LATEST:
            return (column % SPAN - LIMIT).alias(aggregate.column)
    return column
