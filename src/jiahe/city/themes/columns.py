"""The few ways in which themes make a column from a figure of the business."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from jiahe.city.rows import Floats, Ints, Mask, Rows, join

Maker = Callable[[Rows], pa.Array]
Theme = dict[str, Maker]
Figure = Callable[[Rows], Floats]


def yuan(figure: Figure, share: float = 1.0) -> Maker:
    """A share of a figure in yuan."""
    return lambda rows: rows.money(figure(rows) * share)


def ten_thousand(figure: Figure, share: float = 1.0) -> Maker:
    """A share of a figure in units of 10,000 yuan."""
    return lambda rows: pa.array(np.round(figure(rows) * share / 10_000, 2))


def count(figure: Figure, share: float = 1.0) -> Maker:
    """A share of a figure as a whole number."""
    return lambda rows: pa.array(np.round(figure(rows) * share).astype(np.int64))


def quantity(figure: Figure, share: float = 1.0) -> Maker:
    """A share of a figure of kWh, cubic metres and the like."""
    return lambda rows: pa.array(np.round(figure(rows) * share, 2))


def steady(value: float) -> Maker:
    return lambda rows: pa.array(np.full(rows.count, value))


def one_of(*values: str) -> Maker:
    """The parallel rows of a period take the values in turn."""
    return lambda rows: rows.pick(values, rows.fan)


def yes_if(mask: Callable[[Rows], Mask]) -> Maker:
    return lambda rows: rows.pick(("否", "是"), mask(rows).astype(np.int64))


def day(days: Ints, empty: Mask | None = None) -> pa.Array:
    """Days since 1970-01-01 as dates."""
    return pa.array(days.astype(np.int32), pa.int32(), mask=empty).cast(pa.date32())


def account(prefix: str) -> Maker:
    """The firm's account with one institution: the same in all its records."""
    return lambda rows: join(pa.scalar(prefix), pa.compute.utf8_lpad(pa.array(rows.firm).cast(pa.string()), 8, "0"))
