"""Departments held against each other: whether electricity, invoices and wages tell the same as the tax return."""

from __future__ import annotations

from jiahe.catalogue import Text
from jiahe.scoring.features import arithmetic
from jiahe.scoring.features.invoices import ISSUED
from jiahe.scoring.features.labour import INSURED, WAGES
from jiahe.scoring.features.model import Family, Feature, Unit, Window
from jiahe.scoring.features.sales import PAID, SALES
from jiahe.scoring.features.state import latest
from jiahe.scoring.features.utilities import POWER

FEATURES = (
    *ISSUED.of(SALES, "issued_of_sales", Text("开票与申报销售之比", "Invoices of declared sales"), 3, 12),
    *WAGES.of(SALES, "wages_of_sales", Text("工资占销售比例", "Wages of sales"), 12),
    *PAID.of(SALES, "tax_of_sales", Text("税款占销售比例", "Tax paid of sales"), 12),
    *(
        Feature(
            f"power_for_sales_{n}m",
            Text(f"近{n}个月每万元销售用电", f"Electricity for each 10,000 yuan of sales, last {n} months"),
            Text("用电量与申报销售额之比，单位为每万元的百分之一千瓦时", "Hundredths of a kWh for 10,000 yuan"),
            Unit.KWH,
            Family.RATIO,
            (POWER.sum(n), SALES.sum(n)),
            lambda used, sold: arithmetic.ratio(used * 100, sold),
            Window(n),
        )
        for n in (3, 12)
    ),
    Feature(
        "sales_a_head_12m",
        Text("近12个月人均月销售额", "Sales a head and month, last 12 months"),
        Text("最近12个月申报销售额除以参保人次", "Declared sales a head insured and month"),
        Unit.FEN,
        Family.RATIO,
        (SALES.sum(12), INSURED.sum(12)),
        arithmetic.average,
        Window(12),
        better=1,
    ),
    Feature(
        "debts_of_sales",
        Text("负债与年销售之比", "Liabilities of a year's sales"),
        Text("最近一期负债总额占近12个月申报销售额的比例", "Of the declared sales of 12 months"),
        Unit.HUNDREDTHS,
        Family.RATIO,
        (latest("0204", "total_liabilities", window=Window(18)), SALES.sum(12)),
        arithmetic.ratio,
        Window(12),
        better=-1,
    ),
)
