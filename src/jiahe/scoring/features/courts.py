"""Lawsuits, judgments that are not performed, enforcement, dishonesty, insolvency and seizure (03xx)."""

from __future__ import annotations

from jiahe.catalogue import Text
from jiahe.scoring.features.events import Events
from jiahe.scoring.features.model import Where

AMOUNT = Text("金额", "amount")
DISHONEST = Events("dishonest", "0301", Text("失信被执行", "Dishonest judgment debts"))
ENFORCED = Events("enforced", "0302", Text("被执行", "Enforcement cases"))
UNPERFORMED = Events("unperformed", "0303", Text("未履行裁判", "Judgments not performed"))
LAWSUITS = Events("lawsuits", "0304", Text("涉诉", "Lawsuits"))
SUED = LAWSUITS.only("sued", Text("被诉", "Lawsuits as defendant"), Where("role", ("defendant", "appellee", "accused")))
LENDERS = LAWSUITS.only("lenders", Text("金融纠纷", "Financial disputes"), Where("financial_dispute", (True,)))
SUING = Events("suing", "0304", Text("起诉他人", "Lawsuits as plaintiff"), 0, (Where("role", ("plaintiff",)),))
CONTROLLED = Events("controlled", "0305", Text("破产或资产查控", "Insolvency or seizure of property"))
BROKEN = ENFORCED.only(
    "terminated", Text("终结本次执行", "Enforcement without result"), Where("state", ("terminated_for_now",))
)

FEATURES = (
    *DISHONEST.counts(12, 36, None),
    DISHONEST.standing("removed_on"),
    *DISHONEST.amounts("amount", AMOUNT, 36),
    DISHONEST.since(),
    *ENFORCED.counts(12, 24, 36),
    ENFORCED.standing("closed_on"),
    *ENFORCED.amounts("amount", AMOUNT, 12, 36),
    *ENFORCED.amounts("unperformed_amount", Text("未履行金额", "amount not performed"), 36),
    ENFORCED.since(),
    *BROKEN.counts(36),
    *UNPERFORMED.counts(12, 36),
    UNPERFORMED.standing("performed_on"),
    *UNPERFORMED.amounts("amount_unperformed", Text("未履行金额", "amount not performed"), 36),
    *LAWSUITS.counts(12, 36),
    *SUED.counts(6, 12, 24, 36),
    SUED.standing("closed_on"),
    *SUED.amounts("amount_claimed", Text("标的额", "amount claimed"), 12, 36),
    SUED.since(),
    *LENDERS.counts(12, 36),
    *SUING.counts(12),
    *CONTROLLED.counts(12, 36),
    CONTROLLED.standing("ended_on"),
    *CONTROLLED.amounts("controlled_amount", Text("查控金额", "amount seized"), 36),
)
