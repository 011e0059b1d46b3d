"""Who the enterprise is: age, capital, changes, people and shares (01xx)."""

from __future__ import annotations

from jiahe.catalogue import Text
from jiahe.scoring.features import arithmetic
from jiahe.scoring.features.events import Events
from jiahe.scoring.features.model import EVER, Aggregate, Family, Feature, Function, Unit, Where, Window
from jiahe.scoring.features.state import latest, share, state

CHANGES = Events("changes", "0105", Text("登记变更", "Changes of the registration"), 0)
MOVES = CHANGES.only("moves", Text("住所变更", "Changes of address"), Where("change_item", ("address",)))
HANDOVERS = CHANGES.only(
    "handovers",
    Text("法定代表人变更", "Changes of the legal representative"),
    Where("change_item", ("legal_representative",)),
)
TRANSFERS = Events("share_transfers", "0114", Text("股权变更", "Transfers of shares"), 0)
BRANCHES = Events("branches", "0106", Text("分支机构", "Branches"), 1)
STAFF = Events("key_people", "0104", Text("主要人员", "Key people"), 0)
LICENCES = Events("licences", "0401", Text("行政许可", "Licences"), 1)
REPORTS = Events("annual_reports", "0108", Text("年度报告", "Annual reports"), 1)


def _report(code: str, item: str, zh: str, en: str, unit: Unit = Unit.FEN, better: int = 0) -> Feature:
    meaning = Text(f"最近一份年度报告所载的{zh}", f"{en}, as the newest annual report states")
    return state(code, latest("0108", item, window=Window(36)), Text(f"年报{zh}", en), meaning, unit, better=better)


FEATURES = (
    Feature(
        "age",
        Text("成立月数", "Age"),
        Text("自成立之日起的月数", "Months since it was established"),
        Unit.MONTHS,
        Family.RECENCY,
        (Aggregate("0101", Function.FIRST, ""),),
        arithmetic.value,
        EVER,
        better=1,
    ),
    state(
        "registered_capital",
        latest("0101", "registered_capital"),
        Text("注册资本", "Registered capital"),
        Text("登记的注册资本", "As registered"),
        Unit.FEN,
        better=1,
    ),
    share(
        "paid_in_share",
        latest("0101", "paid_in_capital"),
        latest("0101", "registered_capital"),
        Text("实缴资本比例", "Capital paid in"),
        Text("实收资本占注册资本的比例", "Of the registered capital"),
        better=1,
    ),
    *CHANGES.counts(12, 36),
    CHANGES.since(),
    *MOVES.counts(36),
    *HANDOVERS.counts(12, 36),
    *TRANSFERS.counts(12, 36),
    *BRANCHES.counts(None),
    BRANCHES.standing("deregistered_on"),
    STAFF.standing("left_on"),
    *LICENCES.counts(36, None),
    *REPORTS.counts(36),
    _report("report_employees", "employees", "从业人数", "Employees", Unit.PEOPLE, 1),
    _report("report_assets", "assets", "资产总额", "Assets"),
    _report("report_liabilities", "liabilities", "负债总额", "Liabilities"),
    _report("report_revenue", "revenue", "营业总收入", "Revenue"),
    _report("report_net_profit", "net_profit", "净利润", "Net profit", better=1),
    share(
        "report_debt_ratio",
        latest("0108", "liabilities", window=Window(36)),
        latest("0108", "assets", window=Window(36)),
        Text("年报资产负债率", "Debt ratio of the annual report"),
        Text("最近一份年度报告的负债总额占资产总额的比例", "Liabilities of assets"),
        better=-1,
    ),
)
