"""Balance sheet, income and cash flow as filed with the tax service (0204); the newest statement counts."""

from __future__ import annotations

from jiahe.catalogue import Text
from jiahe.scoring.features import arithmetic
from jiahe.scoring.features.model import EVER, Aggregate, Family, Feature, Function, Unit, Window
from jiahe.scoring.features.state import latest, share, state

RECENT = Window(18)


def _of(item: str) -> Aggregate:
    return latest("0204", item, window=RECENT)


def _level(code: str, item: str, zh: str, en: str) -> Feature:
    meaning = Text(f"最近一期财务报表的{zh}", f"{en} of the newest statement")
    return state(code, _of(item), Text(zh, en), meaning, Unit.FEN)


def _share(code: str, part: str, whole: str, name: Text, meaning: Text, better: int = 0) -> Feature:
    return share(code, _of(part), _of(whole), name, meaning, better=better)


FEATURES = (
    _level("total_assets", "total_assets", "资产总额", "Total assets"),
    _level("total_liabilities", "total_liabilities", "负债总额", "Total liabilities"),
    _level("total_equity", "total_equity", "所有者权益", "Equity"),
    _level("revenue_to_date", "operating_revenue", "本年累计营业收入", "Revenue of the year so far"),
    _level("net_profit_to_date", "net_profit", "本年累计净利润", "Net profit of the year so far"),
    _level("cash", "cash", "货币资金", "Cash"),
    _level("short_term_loans", "short_term_loans", "短期借款", "Short-term loans"),
    _share(
        "debt_ratio",
        "total_liabilities",
        "total_assets",
        Text("资产负债率", "Debt ratio"),
        Text("负债总额占资产总额的比例", "Liabilities of assets"),
        -1,
    ),
    _share(
        "current_ratio",
        "current_assets",
        "current_liabilities",
        Text("流动比率", "Current ratio"),
        Text("流动资产为流动负债的多少", "Current assets of current liabilities"),
        1,
    ),
    _share(
        "cash_of_current_liabilities",
        "cash",
        "current_liabilities",
        Text("现金比率", "Cash ratio"),
        Text("货币资金为流动负债的多少", "Cash of current liabilities"),
        1,
    ),
    _share(
        "receivables_share",
        "accounts_receivable",
        "total_assets",
        Text("应收账款占资产比例", "Receivables of assets"),
        Text("应收账款占资产总额的比例", "Accounts receivable of assets"),
    ),
    _share(
        "inventories_share",
        "inventories",
        "total_assets",
        Text("存货占资产比例", "Inventories of assets"),
        Text("存货占资产总额的比例", "Inventories of assets"),
    ),
    _share(
        "fixed_assets_share",
        "fixed_assets",
        "total_assets",
        Text("固定资产占比", "Fixed assets of assets"),
        Text("固定资产占资产总额的比例", "Fixed assets of assets"),
    ),
    _share(
        "loans_share",
        "short_term_loans",
        "total_liabilities",
        Text("短期借款占负债比例", "Short-term loans of liabilities"),
        Text("短期借款占负债总额的比例", "Short-term loans of liabilities"),
    ),
    _share(
        "net_margin",
        "net_profit",
        "operating_revenue",
        Text("净利率", "Net margin"),
        Text("本年累计净利润占营业收入的比例", "Net profit of revenue, the year so far"),
        1,
    ),
    _share(
        "gross_cost_share",
        "operating_cost",
        "operating_revenue",
        Text("营业成本率", "Cost of revenue"),
        Text("本年累计营业成本占营业收入的比例", "Operating cost of revenue, the year so far"),
    ),
    _share(
        "cash_flow_share",
        "operating_cash_flow",
        "operating_revenue",
        Text("经营现金流占收入比例", "Operating cash flow of revenue"),
        Text("本年累计经营活动现金流量净额占营业收入的比例", "The year so far"),
        1,
    ),
    _share(
        "return_on_assets",
        "net_profit",
        "total_assets",
        Text("资产净利率", "Return on assets"),
        Text("本年累计净利润占资产总额的比例", "Net profit of the year so far, of assets"),
        1,
    ),
    _share(
        "interest_share",
        "interest_expenses",
        "operating_revenue",
        Text("利息占收入比例", "Interest of revenue"),
        Text("本年累计利息费用占营业收入的比例", "Interest expenses of revenue, the year so far"),
        -1,
    ),
    Feature(
        "statements_24m",
        Text("近24个月财务报表份数", "Statements filed, last 24 months"),
        Text("最近24个月报送的财务报表份数", "How many statements were filed"),
        Unit.TIMES,
        Family.COUNT,
        (Aggregate("0204", Function.COUNT, "", Window(24)),),
        arithmetic.value,
        Window(24),
        better=1,
    ),
    Feature(
        "statements_since",
        Text("距最近一期财务报表的月数", "Months since the newest statement"),
        Text("最近一份财务报表报送至今的月数", "Since it was filed"),
        Unit.MONTHS,
        Family.RECENCY,
        (Aggregate("0204", Function.SINCE, "", EVER),),
        arithmetic.value,
        EVER,
        better=-1,
    ),
)
