"""Who may read an attachment: a decision over facts. No Django here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Right(StrEnum):
    OWN = "own"  # the enterprise itself
    ORDER = "order"  # an institution with a live order, under a consent that stands
    STRANGER = "stranger"  # no business of theirs: to them there is no such attachment
    ENDED = "ended"  # their order is not live, or not accepted yet
    CLOSED = "closed"  # the consent does not stand


@dataclass(frozen=True)
class Kept:
    """Of an attachment: whose it is, and the order that it was supplied to (empty: to whoever handles the request)."""

    uscc: str
    order: str = ""


@dataclass(frozen=True)
class Reader:
    """For whom somebody acts; of an institution the orders of this request that the actor may see, with whether each
    is live, and whether the consent stands."""

    organisation: str
    enterprise: bool
    orders: Mapping[str, bool] = field(default_factory=dict)
    consented: bool = False


def may_read(reader: Reader, attachment: Kept) -> Right:
    if reader.enterprise:
        return Right.OWN if reader.organisation == attachment.uscc else Right.STRANGER
    orders = {n: live for n, live in reader.orders.items() if attachment.order in ("", n)}
    if not orders:
        return Right.STRANGER
    if not any(orders.values()):
        return Right.ENDED
    return Right.ORDER if reader.consented else Right.CLOSED
