"""The value that a subject has for one enterprise, in the form in which values are compared.

Money is in fen and every other decimal an integer of its item's scale, as in the lake. None: nobody can tell.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from jiahe.catalogue import Item, ItemType, Section
from jiahe.rules.compare import Stored, holds
from jiahe.rules.days import Span, age_months, later, length, span, year_before
from jiahe.rules.model import Aggregate, Fact, Filter, Known, Measure, Named, Operator, Subject, Unit, Window
from jiahe.rules.subjects import category_of, date_of, item_of

HOME_CURRENCY = "CNY"
QUARTER = 3
Record = Mapping[str, str | int | Decimal | date | bool | None]


@dataclass(frozen=True)
class Facts:
    """What is known of one enterprise to whom asks.

    `records` has item values as readers meet them (decimals in their item's own unit) by category. A category that is
    not gathered, or not wholly open to the reader, is left out; one that is there without records says that there are
    none. `labels` is None where nobody has worked them out. Features and scores are integers of their item's scale.
    """

    records: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    region: str = ""
    industry: str = ""
    size: str = ""
    kind: str = ""
    established_on: date | None = None
    labels: Collection[str] | None = None
    features: Mapping[str, int | None] = field(default_factory=dict)
    scores: Mapping[str, int | None] = field(default_factory=dict)


def value_of(subject: Subject, facts: Facts, today: date) -> Stored | None:
    match subject:
        case Fact.AGE_MONTHS:
            return age_months(facts.established_on, today) if facts.established_on else None
        case Fact():
            return getattr(facts, subject.value) or None
        case Named(Known.LABEL, code):
            return None if facts.labels is None else code in facts.labels
        case Named(known, code):
            given = facts.features if known is Known.FEATURE else facts.scores
            return given.get(code) if item_of(subject) else None
    return _measured(subject, facts.records.get(subject.category), today)


def _measured(measure: Measure, records: Sequence[Record] | None, today: date) -> Stored | None:
    if records is None:
        return None
    now = _within(measure, records, today, 0)
    if not measure.growth or measure.window is None:
        return now
    before = _within(measure, records, today, year_before(measure.window))
    return _percentage(now - before, before) if isinstance(now, int) and isinstance(before, int) else None


def _within(measure: Measure, records: Sequence[Record], today: date, back: int) -> Stored | None:
    """The aggregate over the window, as it lay so many months ago."""
    present = _present(measure, records, today, back)
    if present is None:
        return None
    meant = [_meant(measure, r, today) for r in present]
    if measure.aggregate is Aggregate.ANY and True in meant:
        return True
    return None if None in meant else _aggregate(measure, [r for r, sure in zip(present, meant, strict=True) if sure])


def _present(measure: Measure, records: Sequence[Record], today: date, back: int) -> Sequence[Record] | None:
    """The records in the window; None where records may be missing.

    Figures of the enterprise's business (section operations) that nobody sent are missing, and those by the month must
    be complete; the other categories are registers, where no record says that there is none.
    """
    category, by = category_of(measure), date_of(measure)
    found = records
    if measure.window:
        known = later(_last_known(today, category.usual_delay_days), -back) if by.type is ItemType.YEAR_MONTH else None
        days = span(measure.window, later(today, -back), known)
        dates = [r.get(by.code) for r in records]
        if None in dates or (known and not _complete(days, dates, known)):
            return None
        found = [
            r for r, on in zip(records, dates, strict=True) if isinstance(on, date) and days.first <= on <= days.last
        ]
    return None if category.section is Section.OPERATIONS and not found else found


def _last_known(today: date, delay_days: int) -> date:
    return (today - timedelta(days=delay_days)).replace(day=1)


def _complete(days: Span, dates: Sequence[object], known: date) -> bool:
    """Whether each month has a record, or, of who files by the quarter, every three months exactly one."""
    months = days.months
    there = [m in dates for m in months]
    quarters = [sum(there[n : n + QUARTER]) for n in range(0, len(there), QUARTER)]
    return months[-1] <= known and (all(there) or set(quarters) == {1})


def _meant(measure: Measure, record: Record, today: date) -> bool | None:
    """Whether a record passes all filters; None where that cannot be told."""
    found = [_passes(f, category_of(measure).by_code[f.item], record, today) for f in measure.where]
    return False if False in found else None if None in found else True


def _passes(wanted: Filter, item: Item, record: Record, today: date) -> bool | None:
    found = stored(item, record)
    if wanted.operator is Operator.EXISTS:
        return (found is not None) is wanted.value
    return holds(found, wanted.operator, wanted.value, item, today)


def stored(item: Item, record: Record) -> Stored | None:
    """The item's value in a record; an amount in another currency is no amount that a rule could judge."""
    value = record.get(item.code)
    if value is None or value == "":
        return None
    if item.currency and record.get(item.currency) not in (None, "", HOME_CURRENCY):
        return None
    if item.type is ItemType.DECIMAL and isinstance(value, int | Decimal):
        return int(Decimal(value).scaleb(item.scale))
    return str(value) if isinstance(value, Decimal) else value


def _aggregate(measure: Measure, records: Sequence[Record]) -> Stored | None:
    match measure.aggregate:
        case Aggregate.ANY:
            return bool(records)
        case Aggregate.COUNT:
            return len(records)
        case Aggregate.LATEST if records:
            by = date_of(measure).code
            records = [max(records, key=lambda r: _day(r.get(by)))]
    whole = _over(measure, measure.items, records)
    if not measure.per:
        return whole
    part = _over(measure, (measure.per,), records)
    return _percentage(whole, part) if isinstance(whole, int) and isinstance(part, int) else None


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.min


def _over(measure: Measure, items: tuple[str, ...], records: Sequence[Record]) -> Stored | None:
    """The aggregate of the items' sums; None where one of the values is missing."""
    found = [_together(measure, items, r) for r in records]
    known = [v for v in found if v is not None]
    if len(known) < len(found) or (not known and measure.aggregate not in SUMS):
        return None
    match measure.aggregate:
        case Aggregate.LATEST:
            return known[0]
        case Aggregate.MAX:
            return max(known)
        case Aggregate.MIN:
            return min(known)
    total = sum(v for v in known if isinstance(v, int))
    return total if measure.aggregate is Aggregate.SUM else divided(total, _parts(measure, len(known)))


SUMS = (Aggregate.SUM, Aggregate.YEARLY, Aggregate.MONTHLY)


def _together(measure: Measure, items: tuple[str, ...], record: Record) -> Stored | None:
    values = [stored(category_of(measure).by_code[i], record) for i in items]
    if len(values) == 1:
        return values[0]
    known = [v for v in values if isinstance(v, int)]
    return sum(known) if len(known) == len(values) else None


def _parts(measure: Measure, records: int) -> int:
    window = measure.window or Window(1, Unit.MONTHS)
    match measure.aggregate:
        case Aggregate.YEARLY:
            return window.count
        case Aggregate.MONTHLY:
            return length(window)
    return records


def _percentage(part: int, whole: int) -> int | None:
    """In hundredths of a per cent; of nothing, or of less, there is no percentage."""
    return divided(part * 10_000, whole) if whole > 0 else None


def divided(number: int, by: int) -> int:
    """Rounded once, halves up: the one rule for averages and percentages."""
    return (2 * number + by) // (2 * by)
