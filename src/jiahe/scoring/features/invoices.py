"""VAT invoices issued and received, and how many partners they name (0205)."""

from __future__ import annotations

from jiahe.catalogue import Text
from jiahe.scoring.features.model import Unit, Window
from jiahe.scoring.features.series import Series
from jiahe.scoring.features.state import latest, state

ISSUED = Series("issued", "0205", "issued_amount", Text("开票金额", "Invoices issued"), better=1)
RECEIVED = Series("received", "0205", "received_amount", Text("受票金额", "Invoices received"))
RED = Series("red", "0205", "red_amount", Text("红冲金额", "Reversed invoices"))
VOIDED = Series("voided", "0205", "voided_amount", Text("作废金额", "Voided invoices"))
SPECIAL = Series("special", "0205", "special_issued_amount", Text("专用发票金额", "Special invoices issued"))
YEAR = Window(12)

FEATURES = (
    *ISSUED.totals(3, 6, 12, 24),
    *ISSUED.changes(3, 6, 12),
    *ISSUED.years(3, 6),
    *ISSUED.slopes(12, 24),
    *ISSUED.spreads(12),
    ISSUED.lowest(12),
    *ISSUED.gaps(6, 12, 24),
    ISSUED.zeros(12),
    ISSUED.newest(),
    *RECEIVED.totals(12),
    *RECEIVED.of(ISSUED, "received_of_issued", Text("受票占开票比例", "Received of issued invoices"), 3, 12),
    *RED.of(ISSUED, "red_share", Text("红冲占开票比例", "Reversed of issued invoices"), 12, better=-1),
    *VOIDED.of(ISSUED, "voided_share", Text("作废占开票比例", "Voided of issued invoices"), 12, better=-1),
    *SPECIAL.of(ISSUED, "special_share", Text("专用发票占比", "Special of all issued invoices"), 12),
    state(
        "top_buyer_share",
        latest("0205", "top_buyer_share", window=YEAR),
        Text("第一大客户占比", "Share of the largest buyer"),
        Text("最近一个月第一大客户占开票金额的比例", "Of the invoices of the newest month"),
        Unit.HUNDREDTHS,
        better=-1,
    ),
    state(
        "top_five_buyers_share",
        latest("0205", "top_five_buyers_share", window=YEAR),
        Text("前五大客户占比", "Share of the five largest buyers"),
        Text("最近一个月前五大客户占开票金额的比例", "Of the invoices of the newest month"),
        Unit.HUNDREDTHS,
        better=-1,
    ),
    state(
        "buyers",
        latest("0205", "buyer_count", window=YEAR),
        Text("客户数", "Number of buyers"),
        Text("最近一个月开票涉及的客户数", "Named by the invoices of the newest month"),
        Unit.HOUSEHOLDS,
        better=1,
    ),
    state(
        "sellers",
        latest("0205", "seller_count", window=YEAR),
        Text("供应商数", "Number of sellers"),
        Text("最近一个月受票涉及的供应商数", "Named by the invoices received in the newest month"),
        Unit.HOUSEHOLDS,
    ),
)
