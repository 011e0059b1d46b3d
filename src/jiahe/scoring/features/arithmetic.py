"""How a feature's number is made of aggregates: integers throughout, divided and rounded once, half up."""

from __future__ import annotations

import narwhals.stable.v2 as nw

HUNDREDTHS = 10_000
LEAST_MONTHS_OF_A_SLOPE = 6
CAP = 1_000_000  # of a ratio: a hundred times as much, either way


def value(one: nw.Expr) -> nw.Expr:
    return one


def ratio(part: nw.Expr, whole: nw.Expr) -> nw.Expr:
    """Hundredths of a per cent; null where the whole is not above 0. Beyond a hundredfold it is a hundredfold."""
    quotient = part.cast(nw.Float64) * HUNDREDTHS / nw.when(whole > 0).then(whole).cast(nw.Float64)
    return rounded(quotient.clip(-CAP, CAP))


def change(now: nw.Expr, before: nw.Expr) -> nw.Expr:
    """By how much the one exceeds the other, in hundredths of a per cent of the other."""
    return ratio(now - before, before)


def average(total: nw.Expr, count: nw.Expr) -> nw.Expr:
    return rounded(total.cast(nw.Float64) / nw.when(count > 0).then(count).cast(nw.Float64))


def share_of_average(one: nw.Expr, total: nw.Expr, count: nw.Expr) -> nw.Expr:
    """One month against the mean month."""
    return ratio(one * count, total)


def spread(largest: nw.Expr, least: nw.Expr, total: nw.Expr, count: nw.Expr) -> nw.Expr:
    """From the least to the largest month, against the mean month."""
    return ratio((largest - least) * count, total)


def difference(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return one - other


def plus(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """Their sum; one that is not known counts as none, as long as the other is."""
    known = one.is_null() & other.is_null()
    return nw.when(~known).then(one.fill_null(0) + other.fill_null(0))


def positive(one: nw.Expr) -> nw.Expr:
    """1 where there is any, else 0."""
    return nw.when(one > 0).then(nw.lit(1)).when(one <= 0).then(nw.lit(0))


class Missing:
    """Of so many months, how many have no record."""

    def __init__(self, months: int) -> None:
        self.months = months

    def __call__(self, present: nw.Expr, first: nw.Expr) -> nw.Expr:
        """No more than since the first record: a young enterprise has no gap before its birth."""
        return (nw.min_horizontal(first, nw.lit(self.months)) - present).clip(0, self.months)


def slope(moment: nw.Expr, total: nw.Expr, count: nw.Expr, times: nw.Expr, squares: nw.Expr) -> nw.Expr:
    """The least-squares rise a month against the mean month."""
    n, x, t, tx, tt = (one.cast(nw.Float64) for one in (count, total, times, moment, squares))
    width = n * tt - t * t
    usable = (count >= LEAST_MONTHS_OF_A_SLOPE) & (total > 0) & (width > 0)
    rise = (n * tx - t * x) / nw.when(usable).then(width)
    return rounded((rise * n / nw.when(usable).then(x) * HUNDREDTHS).clip(-CAP, CAP))


def rounded(number: nw.Expr) -> nw.Expr:
    """To a whole number, half up. Division, product and floor are the same on every engine; `round` is not."""
    return (number + 0.5).floor().cast(nw.Int64)
