"""What the enterprise has and can do: rights, pledges, recognitions, research, trade, support."""

from __future__ import annotations

from jiahe.catalogue import Text
from jiahe.scoring.features.events import Events
from jiahe.scoring.features.model import Unit, Where
from jiahe.scoring.features.series import Series

AMOUNT = Text("金额", "amount")
SECURED = Text("担保金额", "amount secured")
RIGHTS = Events("rights", "0118", Text("知识产权", "Intellectual property"), 1)
INVENTIONS = RIGHTS.only("inventions", Text("发明专利", "Invention patents"), Where("ip_kind", ("invention",)))
HONOURS = Events("honours", "0119", Text("信用与质量荣誉", "Honours"), 1)
PLEDGES = Events("share_pledges", "0111", Text("股权出质", "Share pledges"))
CHATTELS = Events("chattel_mortgages", "0112", Text("动产抵押", "Chattel mortgages"), 0)
IP_PLEDGES = Events("ip_pledges", "0113", Text("知识产权出质", "IP pledges"), 0)
GUARANTEES = Events("guarantees", "0110", Text("对外担保", "Guarantees given"))
TITLES = Events("titles", "0901", Text("不动产权", "Real estate titles"), 1)
MORTGAGES = Events("mortgages", "0902", Text("不动产抵押", "Real estate mortgages"), 0)
SEIZURES = Events("seizures", "0903", Text("不动产查封", "Seizures of real estate"))
SRDI = Events("srdi", "0501", Text("专精特新认定", "Specialised enterprise recognitions"), 1)
HIGH_TECH = Events("high_tech", "0601", Text("高新技术企业认定", "High-tech recognitions"), 1)
TECH_SMES = Events("technology_sme", "0602", Text("科技型中小企业入库", "Technology SME registrations"), 1)
SCIENCE = Events("science", "0604", Text("科技项目与成果", "Science projects"), 1)
RESEARCH = Events("research", "0603", Text("研发投入", "Research"), 1)
PROJECTS = Events("projects", "0405", Text("投资项目", "Investment projects"), 1)
REFITS = Events("refits", "0504", Text("技改与政策兑现", "Refits and support"), 1)
DIGITAL = Events("digital", "0505", Text("数字化评价", "Digitalisation ratings"), 1)
SUBSIDIES = Events("subsidies", "2001", Text("财政补助", "Subsidies"), 1)
CONTRACTS = Events("public_contracts", "2002", Text("政府采购与担保", "Public contracts and guarantees"), 1)
BIDS = Events("bids", "2701", Text("招投标", "Bids"), 1)
WON = BIDS.only("bids_won", Text("中标", "Bids won"), Where("result", ("won",)))
COMMITMENTS = Events("commitments", "0406", Text("信用承诺", "Credit commitments"), 1)
EXPORTS = Series(
    "customs_exports",
    "1703",
    "amount",
    Text("海关出口额", "Exports by customs"),
    better=1,
    where=(Where("direction", ("export",)),),
)

FEATURES = (
    *RIGHTS.counts(36, None),
    RIGHTS.standing("state", "granted"),
    *INVENTIONS.counts(None),
    *HONOURS.counts(36, None),
    PLEDGES.standing("state", "valid"),
    *PLEDGES.amounts("secured_amount", SECURED, 36),
    CHATTELS.standing("state", "valid"),
    *CHATTELS.amounts("secured_amount", SECURED, 36),
    *IP_PLEDGES.counts(36),
    *GUARANTEES.counts(24),
    *GUARANTEES.amounts("amount", AMOUNT, 24),
    TITLES.standing("deregistered_on"),
    *TITLES.amounts("building_area", Text("建筑面积", "floor area"), None, unit=Unit.POINTS),
    MORTGAGES.standing("deregistered_on"),
    *MORTGAGES.amounts("secured_amount", SECURED, None),
    *SEIZURES.counts(36),
    SEIZURES.standing("released_on"),
    SRDI.standing("state", "valid"),
    HIGH_TECH.standing("state", "valid"),
    *TECH_SMES.counts(24),
    *SCIENCE.counts(36),
    *RESEARCH.amounts("rd_total", Text("费用", "spending"), 36),
    *PROJECTS.counts(36),
    *PROJECTS.amounts("total_investment", Text("总投资", "investment"), 36),
    *REFITS.counts(36),
    DIGITAL.standing("state", "valid"),
    *SUBSIDIES.counts(36),
    *SUBSIDIES.amounts("amount", AMOUNT, 36),
    *CONTRACTS.counts(36),
    *CONTRACTS.amounts("amount", AMOUNT, 36),
    *BIDS.counts(36),
    *WON.counts(36),
    *WON.amounts("won_amount", Text("中标金额", "amount won"), 36),
    *COMMITMENTS.counts(36),
    *EXPORTS.totals(12),
    *EXPORTS.changes(12),
)
