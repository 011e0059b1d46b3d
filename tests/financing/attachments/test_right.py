"""Who may read, over all combinations of facts."""

from __future__ import annotations

import itertools

import pytest

from jiahe.financing.attachments.right import Kept, Reader, Right, may_read

OWN, OTHER = "91330421MA00000001", "91330421MA00000002"


@pytest.mark.parametrize(
    ("reader", "order", "right"),
    [
        (Reader(OWN, enterprise=True), "", Right.OWN),
        (Reader(OWN, enterprise=True), "D1", Right.OWN),
        (Reader(OTHER, enterprise=True), "", Right.STRANGER),
        (Reader("bank-a", enterprise=False), "", Right.STRANGER),
        (Reader("bank-a", enterprise=False, consented=True), "", Right.STRANGER),
        (Reader("bank-a", enterprise=False, orders={"D1": True}, consented=True), "", Right.ORDER),
        (Reader("bank-a", enterprise=False, orders={"D1": True}, consented=True), "D1", Right.ORDER),
        (Reader("bank-a", enterprise=False, orders={"D1": True}, consented=True), "D2", Right.STRANGER),
        (Reader("bank-a", enterprise=False, orders={"D1": False}, consented=True), "D1", Right.ENDED),
        (Reader("bank-a", enterprise=False, orders={"D1": True}), "", Right.CLOSED),
        # An institution whose code were the enterprise's own is still an institution.
        (Reader(OWN, enterprise=False), "", Right.STRANGER),
    ],
)
def test_the_decision(reader: Reader, order: str, right: Right) -> None:
    assert may_read(reader, Kept(OWN, order)) is right


def test_an_institution_reads_only_with_a_live_order_of_its_own_and_a_consent() -> None:
    for live, consented, asked in itertools.product((None, False, True), (False, True), ("", "D1", "D2")):
        orders = {} if live is None else {"D1": live}
        reader = Reader("bank-a", enterprise=False, orders=orders, consented=consented)
        may = bool(live) and consented and asked != "D2"
        assert (may_read(reader, Kept(OWN, asked)) is Right.ORDER) is may
