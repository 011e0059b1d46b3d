"""Sales and VAT as declared to the tax service (0202), taxes collected (0203)."""

from __future__ import annotations

from jiahe.catalogue import Text
from jiahe.scoring.features import arithmetic
from jiahe.scoring.features.model import Aggregate, Family, Feature, Function, Unit, Where, Window
from jiahe.scoring.features.series import Series

SALES = Series("sales", "0202", "sales_total", Text("申报销售额", "Declared sales"), better=1)
EXPORTS = Series("exports", "0202", "export_sales", Text("出口销售额", "Export sales"))
VAT = Series("vat", "0202", "vat_payable", Text("应纳增值税", "VAT payable"))
INPUT_TAX = Series("input_tax", "0202", "input_tax", Text("进项税额", "Input tax"))
OUTPUT_TAX = Series("output_tax", "0202", "output_tax", Text("销项税额", "Output tax"))
PAID = Series("tax_paid", "0203", "tax_paid", Text("入库税款", "Tax paid"), better=1, several=True)
DUE = Series("tax_due", "0203", "tax_payable", Text("应征税款", "Tax due"), several=True)
LATE = Where("filed_late", (True,))


def _late(months: int) -> Feature:
    return Feature(
        f"filed_late_{months}m",
        Text(f"近{months}个月逾期申报次数", f"Late tax returns, last {months} months"),
        Text(f"最近{months}个月纳税申报逾期的次数", "How many returns were filed late"),
        Unit.TIMES,
        Family.COUNT,
        (Aggregate("0202", Function.COUNT, "", Window(months), (LATE,)),),
        arithmetic.value,
        Window(months),
        better=-1,
    )


def _late_share(months: int) -> Feature:
    every = Aggregate("0202", Function.COUNT, "", Window(months))
    late = Aggregate("0202", Function.COUNT, "", Window(months), (LATE,))
    return Feature(
        f"filed_late_share_{months}m",
        Text(f"近{months}个月逾期申报占比", f"Share of late tax returns, last {months} months"),
        Text(f"最近{months}个月逾期申报次数占申报次数的比例", "Late returns of all returns"),
        Unit.HUNDREDTHS,
        Family.RATIO,
        (late, every),
        arithmetic.ratio,
        Window(months),
        better=-1,
    )


def _fees(months: int) -> Feature:
    where = (Where("late_fee_paid", at_least=1),)
    return Feature(
        f"tax_late_fees_{months}m",
        Text(f"近{months}个月缴纳税收滞纳金次数", f"Late fees on tax, last {months} months"),
        Text(f"最近{months}个月缴过滞纳金的税款笔数", "How many payments bore a late fee"),
        Unit.TIMES,
        Family.COUNT,
        (Aggregate("0203", Function.COUNT, "", Window(months), where),),
        arithmetic.value,
        Window(months),
        better=-1,
    )


FEATURES = (
    *SALES.totals(3, 6, 12, 24, 36),
    *SALES.changes(3, 6, 12),
    *SALES.years(3, 6),
    *SALES.slopes(12, 24, 36),
    *SALES.spreads(12, 24),
    SALES.lowest(12),
    *SALES.gaps(6, 12, 24, 36),
    SALES.zeros(12),
    SALES.history(),
    SALES.newest(),
    *EXPORTS.totals(12),
    *EXPORTS.of(SALES, "export_share", Text("出口占销售比例", "Exports of sales"), 12),
    *VAT.totals(3, 12, 24),
    *VAT.changes(6, 12),
    *VAT.of(SALES, "vat_burden", Text("增值税税负", "VAT of sales"), 6, 12, 24),
    *INPUT_TAX.of(OUTPUT_TAX, "input_of_output", Text("进项占销项比例", "Input tax of output tax"), 6, 12),
    *map(_late, (6, 12, 24, 36)),
    *map(_late_share, (12, 24)),
    *PAID.totals(3, 12, 24, 36),
    *PAID.changes(6, 12),
    *PAID.of(DUE, "tax_paid_share", Text("税款缴足率", "Tax paid of tax due"), 3, 6, 12, 24, better=1),
    *PAID.gaps(12),
    PAID.newest(),
    *map(_fees, (6, 12, 24, 36)),
)
