"""People insured, contributions, wages and housing deposits: 0702, 0210, 0801, 1101, 0701, 0705."""

from __future__ import annotations

from jiahe.catalogue import Text
from jiahe.scoring.features import arithmetic
from jiahe.scoring.features.model import Aggregate, Family, Feature, Function, Unit, Where, Window
from jiahe.scoring.features.series import Series
from jiahe.scoring.features.state import latest, state

PENSION = (Where("insurance_kind", ("110",)),)
INSURED = Series("insured", "0702", "insured_count", Text("养老参保人数", "People insured"), Unit.PEOPLE, 1, PENSION)
JOINED = Series("joined", "0702", "joined_count", Text("新增参保人数", "People joined"), Unit.PEOPLE, 1, PENSION)
LEFT = Series("left", "0702", "left_count", Text("减少参保人数", "People left"), Unit.PEOPLE, -1, PENSION)
WAGES = Series("wages", "0702", "contribution_base", Text("缴费工资总额", "Wages insured"), where=PENSION, better=1)
INSURANCE_PAID = Series("insurance_paid", "0702", "amount_paid", Text("社保实缴", "Insurance paid"), several=True)
INSURANCE_DUE = Series("insurance_due", "0702", "amount_due", Text("社保应缴", "Insurance due"), several=True)
LEVIED = Series("levied", "0210", "paid", Text("税务征缴社保费", "Contributions levied"), several=True)
OWED = Series("levied_owed", "0210", "owed", Text("欠缴社保费", "Contributions owed"), better=-1, several=True)
MEDICAL_PEOPLE = Series(
    "medical_people", "0801", "insured_count", Text("医保参保人数", "People in medical insurance"), Unit.PEOPLE, 1
)
MEDICAL_PAID = Series("medical_paid", "0801", "amount_paid", Text("医保实缴", "Medical insurance paid"))
MEDICAL_DUE = Series("medical_due", "0801", "amount_due", Text("医保应缴", "Medical insurance due"))
DEPOSITORS = Series("depositors", "1101", "depositors", Text("公积金缴存人数", "Fund depositors"), Unit.PEOPLE, 1)
FUND_PAID = Series("fund_paid", "1101", "amount_paid", Text("公积金实缴", "Fund deposits paid"), better=1)
FUND_DUE = Series("fund_due", "1101", "amount_due", Text("公积金应缴", "Fund deposits due"))


def _arrears(code: str, category: str, item: str, what: Text, months: int) -> Feature:
    window, where = Window(months), (Where(item, at_least=1),)
    return Feature(
        f"{code}_arrears_{months}m",
        Text(f"近{months}个月{what.zh}欠缴次数", f"Records of unpaid {what.en}, last {months} months"),
        Text(f"最近{months}个月{what.zh}存在欠缴金额的记录数", "How many records state an amount unpaid"),
        Unit.TIMES,
        Family.COUNT,
        (Aggregate(category, Function.COUNT, "", window, where),),
        arithmetic.value,
        window,
        better=-1,
    )


SOCIAL, MEDICAL = Text("社保", "social insurance"), Text("医保", "medical insurance")
FEATURES = (
    *INSURED.totals(3, 12),
    *INSURED.changes(3, 6, 12),
    *INSURED.years(3),
    *INSURED.slopes(12, 24),
    *INSURED.spreads(12),
    *INSURED.gaps(12, 24, 36),
    INSURED.newest(),
    INSURED.history(),
    state(
        "insured",
        latest("0702", "insured_count", where=PENSION, window=Window(6)),
        Text("最近养老参保人数", "People insured at last"),
        Text("最近一个月企业职工基本养老保险的参保人数", "In the newest month"),
        Unit.PEOPLE,
        better=1,
    ),
    *JOINED.of(INSURED, "joining", Text("参保新增率", "People who joined"), 12),
    *LEFT.of(INSURED, "leaving", Text("参保流失率", "People who left"), 6, 12, better=-1),
    *WAGES.totals(12),
    *WAGES.changes(6, 12),
    Feature(
        "wage_12m",
        Text("近12个月人均缴费工资", "Insured wage a head, last 12 months"),
        Text("最近12个月缴费工资总额除以参保人次，即人均月缴费工资", "Wages insured a head and month"),
        Unit.FEN,
        Family.RATIO,
        (WAGES.sum(12), INSURED.sum(12)),
        arithmetic.average,
        Window(12),
        better=1,
    ),
    *INSURANCE_PAID.of(
        INSURANCE_DUE, "insurance_paid_share", Text("社保缴足率", "Insurance paid of due"), 3, 6, 12, 24, better=1
    ),
    *(_arrears("insurance", "0702", "arrears_amount", SOCIAL, n) for n in (6, 12, 24, 36)),
    *LEVIED.totals(12),
    *LEVIED.changes(6, 12),
    *LEVIED.gaps(12),
    *OWED.totals(6, 12),
    *(_arrears("levied", "0210", "owed", Text("税务征缴社保费", "levied contributions"), n) for n in (12, 24)),
    *MEDICAL_PEOPLE.changes(6, 12),
    *MEDICAL_PEOPLE.gaps(12),
    *MEDICAL_PAID.of(
        MEDICAL_DUE, "medical_paid_share", Text("医保缴足率", "Medical insurance paid of due"), 6, 12, better=1
    ),
    *(_arrears("medical", "0801", "arrears_amount", MEDICAL, n) for n in (12, 24)),
    *DEPOSITORS.changes(6, 12),
    *DEPOSITORS.gaps(12, 24),
    *FUND_PAID.totals(12),
    *FUND_PAID.changes(12),
    *FUND_PAID.of(FUND_DUE, "fund_paid_share", Text("公积金缴足率", "Fund deposits paid of due"), 6, 12, better=1),
    FUND_PAID.newest(),
    state(
        "insurance_arrears_months",
        latest("0701", "arrears_months"),
        Text("社保欠缴月数", "Months of unpaid social insurance"),
        Text("最近一次单位参保信息所载的欠缴月数", "As the newest record states"),
        Unit.MONTHS,
        better=-1,
    ),
    state(
        "labour_credit",
        latest("0705", "labour_credit_grade", ranks=(("A", 3), ("B", 2), ("C", 1))),
        Text("劳动保障信用等级", "Labour credit grade"),
        Text("最近一次评价：A 级为 3，B 级为 2，C 级为 1", "A is 3, B is 2, C is 1"),
        Unit.RANK,
        better=1,
    ),
)
