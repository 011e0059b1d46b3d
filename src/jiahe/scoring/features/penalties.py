"""Penalties, lists and violations, of every department that delivers them."""

from __future__ import annotations

from jiahe.catalogue import Text
from jiahe.scoring.features.events import Events
from jiahe.scoring.features.model import Where

FINE, SERIOUS = Text("罚款", "fines"), Where("severity", ("serious",))
PENALTY = Events("penalty", "0402", Text("行政处罚", "Administrative penalties"))
GRAVE = PENALTY.only("grave_penalty", Text("严重行政处罚", "Serious administrative penalties"), SERIOUS)
ABNORMAL = Events("abnormal", "0116", Text("列入经营异常名录", "Entries in the abnormal operation list"))
SERIOUSLY = Events("serious_violation", "0117", Text("列入严重违法名单", "Entries in the serious violation list"))
TAX_ARREARS = Events("tax_arrears", "0207", Text("欠税或非正常户公告", "Notices of tax arrears or abnormal taxpayer"))
TAX_FRAUD = Events("tax_fraud", "0208", Text("重大税收违法", "Grave tax offences"))
TAX_PENALTY = Events("tax_penalty", "0209", Text("税务处罚", "Tax penalties"))
BLACKLIST = Events(
    "blacklist", "0403", Text("黑名单", "Blacklist entries"), where=(Where("list_kind", ("black", "watch")),)
)
UNPAID_WAGES = Events("unpaid_wages", "0703", Text("欠薪或劳动保障违法", "Unpaid wages or labour offences"))
ARBITRATION = Events("arbitration", "0704", Text("劳动争议仲裁", "Labour arbitrations"))
FUND_DEFAULT = Events("fund_default", "1103", Text("公积金欠缴处罚", "Housing fund defaults"))
ENVIRONMENT = Events("environment", "1204", Text("环境处罚", "Environmental penalties"))
SAFETY = Events("safety", "1302", Text("安全事故或处罚", "Safety accidents or penalties"))
CUSTOMS = Events("customs_penalty", "1704", Text("海关处罚", "Customs penalties"))
ENFORCEMENT = Events("city_penalty", "2301", Text("综合执法处罚", "Municipal penalties"))
TRADING = Events("misconduct", "2702", Text("交易失信", "Misconduct in tenders"))

FEATURES = (
    *PENALTY.counts(6, 12, 24, 36),
    *PENALTY.amounts("fine", FINE, 12, 36),
    PENALTY.since(),
    *GRAVE.counts(12, 36),
    *ABNORMAL.counts(12, 36),
    ABNORMAL.standing("removed_on"),
    ABNORMAL.since(),
    *SERIOUSLY.counts(36),
    SERIOUSLY.standing("removed_on"),
    *TAX_ARREARS.counts(12, 36),
    TAX_ARREARS.standing("ended_on"),
    *TAX_ARREARS.amounts("arrears_balance", Text("欠税余额", "arrears"), 12),
    TAX_ARREARS.since(),
    *TAX_FRAUD.counts(36),
    *TAX_PENALTY.counts(12, 36),
    *TAX_PENALTY.amounts("fine", FINE, 36),
    *BLACKLIST.counts(36),
    BLACKLIST.standing("removed_on"),
    *UNPAID_WAGES.counts(12, 36),
    *UNPAID_WAGES.amounts("amount", Text("金额", "amount"), 36),
    UNPAID_WAGES.since(),
    *ARBITRATION.counts(12, 36),
    *FUND_DEFAULT.counts(12, 36),
    FUND_DEFAULT.standing("settled_on"),
    *ENVIRONMENT.counts(12, 36),
    *ENVIRONMENT.amounts("fine", FINE, 36),
    *SAFETY.counts(12, 36),
    *CUSTOMS.counts(36),
    *ENFORCEMENT.counts(12, 36),
    *ENFORCEMENT.amounts("fine", FINE, 36),
    *TRADING.counts(36),
)
