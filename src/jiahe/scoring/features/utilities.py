"""Electricity, water and gas: what is used, whether bills are paid, what is owed (2502, 2503, 2401, 2402, 2601, 2602)."""

from __future__ import annotations

from jiahe.catalogue import Text
from jiahe.scoring.features import arithmetic
from jiahe.scoring.features.events import Events
from jiahe.scoring.features.model import Aggregate, Family, Feature, Function, Unit, Where, Window
from jiahe.scoring.features.series import Series

POWER = Series("power", "2502", "usage", Text("用电量", "Electricity used"), Unit.KWH, 1, several=True)
PEAK = Series(
    "power_peak", "2502", "peak_usage", Text("峰段用电量", "Electricity at peak hours"), Unit.KWH, several=True
)
POWER_DUE = Series("power_due", "2502", "amount_due", Text("应缴电费", "Electricity bills"), several=True)
POWER_PAID = Series("power_paid", "2502", "amount_paid", Text("实缴电费", "Electricity paid"), several=True)
DEMAND = Series("demand", "2502", "max_demand", Text("最大需量", "Maximum demand"), several=True)
CAPACITY = Series("capacity", "2502", "contract_capacity", Text("合同容量", "Contract capacity"), several=True)
WATER = Series("water", "2401", "usage", Text("用水量", "Water used"), Unit.CUBIC_METRES, 1, several=True)
WATER_DUE = Series("water_due", "2401", "amount_due", Text("应缴水费", "Water bills"), several=True)
WATER_PAID = Series("water_paid", "2401", "amount_paid", Text("实缴水费", "Water paid"), several=True)
GAS = Series("gas", "2601", "usage", Text("用气量", "Gas used"), Unit.CUBIC_METRES, 1, several=True)
GAS_DUE = Series("gas_due", "2601", "amount_due", Text("应缴气费", "Gas bills"), several=True)
GAS_PAID = Series("gas_paid", "2601", "amount_paid", Text("实缴气费", "Gas paid"), several=True)
POWER_OWED = Events("power_owed", "2503", Text("电费欠费或违约用电", "Unpaid or wrongful electricity"))
WATER_OWED = Events("water_owed", "2402", Text("水费欠费", "Unpaid water bills"))
GAS_OWED = Events("gas_owed", "2602", Text("气费欠费", "Unpaid gas bills"))
OWED = Text("金额", "amount")


def _late(months: int) -> Feature:
    window, where = Window(months), (Where("late", (True,)),)
    return Feature(
        f"power_late_{months}m",
        Text(f"近{months}个月电费逾期次数", f"Electricity bills paid late, last {months} months"),
        Text(f"最近{months}个月未按期缴纳的电费账单数", "How many bills were not paid in time"),
        Unit.TIMES,
        Family.COUNT,
        (Aggregate("2502", Function.COUNT, "", window, where),),
        arithmetic.value,
        window,
        better=-1,
    )


FEATURES = (
    *POWER.totals(3, 6, 12, 24, 36),
    *POWER.changes(3, 6, 12),
    *POWER.years(3, 6),
    *POWER.slopes(12, 24),
    *POWER.spreads(12, 24),
    POWER.lowest(12),
    *POWER.gaps(6, 12, 24),
    POWER.zeros(12),
    POWER.newest(),
    POWER.history(),
    *PEAK.of(POWER, "peak_share", Text("峰段用电占比", "Peak hours of electricity"), 12),
    *DEMAND.of(CAPACITY, "capacity_used", Text("用电容量利用率", "Capacity used"), 3, 12),
    *POWER_PAID.of(POWER_DUE, "power_paid_share", Text("电费缴足率", "Electricity paid of due"), 3, 12, 24, better=1),
    *map(_late, (3, 6, 12, 24, 36)),
    *POWER_OWED.counts(12, 24, 36),
    *POWER_OWED.amounts("amount", OWED, 12, 36),
    POWER_OWED.standing("settled_on"),
    POWER_OWED.since(),
    *WATER.totals(3, 12),
    *WATER.changes(3, 12),
    *WATER.years(3),
    *WATER.gaps(12),
    *WATER_PAID.of(WATER_DUE, "water_paid_share", Text("水费缴足率", "Water paid of due"), 12, 24, better=1),
    *WATER_OWED.counts(12, 36),
    *WATER_OWED.amounts("amount", OWED, 36),
    WATER_OWED.standing("paid_on"),
    WATER_OWED.since(),
    *GAS.totals(3, 12),
    *GAS.changes(3, 12),
    *GAS.years(3),
    *GAS.gaps(12),
    *GAS_PAID.of(GAS_DUE, "gas_paid_share", Text("气费缴足率", "Gas paid of due"), 12, 24, better=1),
    *GAS_OWED.counts(12, 36),
    GAS_OWED.standing("paid_on"),
    GAS_OWED.since(),
)
