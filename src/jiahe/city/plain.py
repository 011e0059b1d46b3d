"""A plausible value for any item that no theme speaks of, from what the catalogue says of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa

from jiahe.catalogue import Category, Item, ItemType, Sensitivity
from jiahe.city.economy import BANKS, INDUSTRIES
from jiahe.city.plan import is_year
from jiahe.city.population import people
from jiahe.city.rows import Floats, Ints, Mask, Rows, join

EMPTY = 0.08  # the share of optional cells that departments leave empty
OPEN_END = 0.6  # the share of things that have not ended
Maker = Callable[[Rows, Item], pa.Array]


def column(rows: Rows, item: Item) -> pa.Array:
    """The item's values; empty ones only where the catalogue allows them."""
    made = _by_type(rows, item)
    if item.required or item.code in rows.days:
        return made
    return rows.with_nulls(made, rows.rng.random(rows.count) < EMPTY)


def _by_type(rows: Rows, item: Item) -> pa.Array:
    match item.type:
        case ItemType.DATE:
            return _date(rows, item)
        case ItemType.YEAR_MONTH:
            return _year_month(rows, item)
        case ItemType.BOOLEAN:
            return rows.choose(["否", "是"], [0.8, 0.2])
        case ItemType.CODE:
            return _code(rows, item)
        case ItemType.INTEGER:
            return pa.array(bounded(_integer(rows, item), item).astype(np.int64))
        case ItemType.DECIMAL:
            return pa.array(bounded(_decimal(rows, item), item))
        case ItemType.STRING | ItemType.TEXT:
            return _text(rows, item)


def bounded(values: Floats, item: Item) -> Floats:
    low = -np.inf if item.minimum is None else float(item.minimum)
    high = np.inf if item.maximum is None else float(item.maximum)
    return np.clip(np.round(values, min(item.scale, 2) if item.scale else 0), low, high)


def dates(rows: Rows, item: Item) -> tuple[Ints, Mask]:
    """Days of a date item and which of them are empty; made once, since others may not come before it."""
    if item.code not in rows.days:
        rows.days[item.code] = _days(rows, item)
    return rows.days[item.code]


def _days(rows: Rows, item: Item) -> tuple[Ints, Mask]:
    none = np.zeros(rows.count, dtype=bool)
    category = rows.category
    if item.code == category.business_date or item.type is ItemType.YEAR_MONTH:
        return rows.when, none
    last = rows.population.last_day
    if item.not_before:
        earlier, missing = dates(rows, category.by_code[item.not_before])
        days = earlier + _later(rows, item)
        days = np.minimum(days, np.maximum(last, earlier)) if _past(item) else days
        empty = none if item.required else missing | _left_open(rows, item)
        return days, empty
    if re.search(r"(established|born|registered|founded|opened)_on$", item.code):
        return rows.population.born[rows.firm], none
    days = rows.when + (_later(rows, item) if _ends(item) else -rows.rng.integers(0, 40, rows.count))
    days = np.minimum(days, last) if _past(item) else days
    if item.code in category.key and not _is_number_key(category):
        days = rows.when  # part of what tells records apart
    return days, none if item.required else _left_open(rows, item)


def _is_number_key(category: Category) -> bool:
    return any(category.by_code[c].type is ItemType.STRING for c in category.key if c != "uscc")


def _ends(item: Item) -> bool:
    return bool(re.search(r"(until|expir|due|end|maturity|_to)", item.code))


def _past(item: Item) -> bool:
    return item.not_future or not re.search(r"(until|expir|due|maturity|_to$|end_on|ends_on|planned)", item.code)


def _later(rows: Rows, item: Item) -> Ints:
    """Days after: years for what is valid for a time, weeks for what follows by itself."""
    if re.search(r"(until|expir|maturity|_to$|ends?_on)", item.code):
        return rows.rng.integers(1, 6, rows.count) * 365
    return rows.rng.integers(5, 90, rows.count)


def _left_open(rows: Rows, item: Item) -> Mask:
    ended = re.search(
        r"(removed|ended|released|closed|lifted|cancelled|deregistered|revoked|repaid|cleared|resumed)", item.code
    )
    return rows.rng.random(rows.count) < (OPEN_END if ended else EMPTY)


def _date(rows: Rows, item: Item) -> pa.Array:
    days, empty = dates(rows, item)
    return rows.with_nulls(pa.array(days.astype(np.int32), pa.int32()).cast(pa.date32()), empty)


def _year_month(rows: Rows, item: Item) -> pa.Array:
    days, _ = dates(rows, item)
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    known, index = np.unique(months, return_inverse=True)
    return pa.array([str(m) for m in known], pa.string()).take(pa.array(index))


def _code(rows: Rows, item: Item) -> pa.Array:
    codes = rows.city.catalogue.code_lists[item.codes or ""]
    names = [v.name.zh for v in codes.values]
    if item.code in rows.category.key:
        return rows.pick(names, rows.nth * rows.plan.rows_a_period + rows.fan)
    if item.codes == "area":
        return rows.of_firm(rows.population.area)
    if item.codes == "industry_division":
        return rows.pick([i.division for i in INDUSTRIES], rows.population.industry[rows.firm])
    if item.codes == "enterprise_kind":
        return rows.of_firm(rows.population.form)
    if item.codes == "currency":
        return rows.choose(["人民币"])
    if item.codes == "country":
        return rows.choose([codes.by_code["CHN"].name.zh]) if "CHN" in codes.by_code else rows.choose(names[:1])
    return rows.choose(names)


def _integer(rows: Rows, item: Item) -> Floats:
    code = item.code
    if is_year(code) or code.endswith("year"):
        return rows.year.astype(np.float64)
    if re.search(r"(staff|employee|headcount|insured|workers|people|persons|employed)", code):
        return np.maximum(1, rows.population.staff[rows.firm] * rows.jitter(0.08))
    if "day" in code:
        return rows.rng.integers(0, 60, rows.count).astype(np.float64)
    if code in rows.category.key:
        return (rows.nth * rows.plan.rows_a_period + rows.fan + 1).astype(np.float64)
    return rows.rng.poisson(2.0, rows.count).astype(np.float64)


def _decimal(rows: Rows, item: Item) -> Floats:
    if item.is_money:
        amounts = rows.population.sales[rows.firm] * rows.rng.lognormal(-1.2, 1.0, rows.count)
        return amounts / 10_000 if item.unit == "万元" else amounts
    if item.unit in ("%", "％", "百分比") or re.search(r"(share|ratio|rate|percent)", item.code):
        return rows.rng.beta(2, 5, rows.count) * 100
    if item.unit == "分" or "score" in item.code:
        top = float(item.maximum) if item.maximum is not None else 100.0
        return np.clip(top * (0.78 + 0.08 * rows.health + 0.05 * rows.rng.standard_normal(rows.count)), 0, top)
    usual = {"平方米": 2_500.0, "亩": 18.0, "千瓦时": 40_000.0, "立方米": 900.0, "吨": 60.0, "千伏安": 315.0}
    return usual.get(item.unit or "", 50.0) * rows.jitter(0.9)


def _text(rows: Rows, item: Item) -> pa.Array:
    if item.code == "uscc":
        return rows.of_firm(rows.population.uscc)
    if item.code == "name":
        return rows.of_firm(rows.population.name)
    if item.sensitivity is Sensitivity.PHONE:
        return join(pa.scalar("1700000"), _digits(rows, 10_000))
    if item.sensitivity is Sensitivity.IDENTITY:
        return join(pa.scalar("99999919800101"), _digits(rows, 10_000))  # no area of the country has this number
    if item.uscc:
        return _others(rows, rows.population.uscc)
    if item.pattern:
        return _patterned(rows, item)
    for pattern, maker in HINTS:
        if re.search(pattern, item.code):
            return _cut(maker(rows, item), item)
    return _cut(_labelled(rows, item), item)


def _cut(texts: pa.Array, item: Item) -> pa.Array:
    return pa.compute.utf8_slice_codeunits(texts, 0, item.max_length) if item.max_length else texts


def _digits(rows: Rows, below: int) -> pa.Array:
    """As many random digits as `below`, a power of ten, has noughts."""
    return _padded(rows.rng.integers(0, below, rows.count), len(str(below)) - 1)


def _padded(numbers: Ints, width: int) -> pa.Array:
    return pa.compute.utf8_lpad(pa.array(numbers).cast(pa.string()), width=width, padding="0")


def _patterned(rows: Rows, item: Item) -> pa.Array:
    """What a pattern allows is known to themes only; where they are silent, fits of digits are tried."""
    pattern = re.compile(item.pattern or "")
    for width in (18, 17, 15, 13, 12, 11, 10, 9, 8, 6, 5, 4):
        if pattern.fullmatch("1" + "0" * (width - 1)):
            return join(pa.scalar("1"), _padded(rows.firm * 10 + rows.nth % 10, width - 1))
    return pa.nulls(rows.count, pa.string())


def _others(rows: Rows, of: pa.Array) -> pa.Array:
    """Some other firm's value: partners, guarantors, buyers."""
    step = 1 + rows.rng.integers(0, max(1, min(rows.population.count - 1, 5_000)), rows.count)
    return of.take(pa.array((rows.firm + step) % rows.population.count))


def _person(rows: Rows, item: Item) -> pa.Array:
    return rows.of_firm(rows.population.person)


def _somebody(rows: Rows, item: Item) -> pa.Array:
    names = people(np.random.default_rng([rows.city.seed, 5]), 997)
    return rows.pick(names, rows.firm * 31 + rows.nth * 7 + rows.fan)


def _office(rows: Rows, item: Item) -> pa.Array:
    """The department's office in the firm's own county."""
    areas = rows.city.catalogue.code_lists["area"].by_code
    names = rows.city.catalogue.department_names[rows.category.department].zh
    own = names.removeprefix("市").removeprefix("国家税务总局嘉兴市").removeprefix("国网嘉兴").removeprefix("嘉兴")
    counties, index = np.unique(rows.population.county[rows.firm], return_inverse=True)
    return rows.pick([f"{areas[str(c)].name.zh}{own}" for c in counties], index)


def _postcode(rows: Rows, item: Item) -> pa.Array:
    return rows.choose(["314000", "314100", "314300", "314400", "314200", "314500"])


def _email(rows: Rows, item: Item) -> pa.Array:
    return join(pa.scalar("firm"), pa.array(rows.firm).cast(pa.string()), pa.scalar("@example.invalid"))


def _account(rows: Rows, item: Item) -> pa.Array:
    """A customer's or employer's number: the same in every record of the firm."""
    return join(pa.scalar("330"), _padded(rows.firm * 16 + rows.fan, 9))


def _nothing(rows: Rows, item: Item) -> pa.Array:
    return pa.nulls(rows.count, pa.string())


def _number(rows: Rows, item: Item) -> pa.Array:
    return rows.serial("JX", "")


def _document(rows: Rows, item: Item) -> pa.Array:
    mark = rows.category.name.zh[:2]
    return join(pa.scalar(f"嘉{mark}〔"), rows.written_year(), pa.scalar("〕"), rows.serial(), pa.scalar("号"))


def _address(rows: Rows, item: Item) -> pa.Array:
    return rows.of_firm(rows.population.address)


def _bank(rows: Rows, item: Item) -> pa.Array:
    return rows.choose(BANKS)


def _firm(rows: Rows, item: Item) -> pa.Array:
    return _others(rows, rows.population.name)


def _scope(rows: Rows, item: Item) -> pa.Array:
    return rows.pick([i.scope for i in INDUSTRIES], rows.population.industry[rows.firm])


def _titled(rows: Rows, item: Item) -> pa.Array:
    """The name of a project, product or certificate: the firm's trade and what it is."""
    word = rows.pick([i.words[0] for i in INDUSTRIES], rows.population.industry[rows.firm])
    kind = item.name.zh.removesuffix("名称")
    return join(word, pa.scalar(kind), rows.pick(["一期", "二期", "三期", "技术提升", "扩建"], rows.nth + rows.firm))


def _reason(rows: Rows, item: Item) -> pa.Array:
    return rows.choose(REASONS["negative" if rows.category.negative else "plain"])


def _basis(rows: Rows, item: Item) -> pa.Array:
    return rows.choose([f"{rows.category.name.zh}有关法律法规相应条款"])


def _remarks(rows: Rows, item: Item) -> pa.Array:
    return rows.choose([None, "已核实", "按季度更新", "以原件为准"], [0.85, 0.06, 0.05, 0.04])


def _labelled(rows: Rows, item: Item) -> pa.Array:
    kinds = ["甲类", "乙类", "丙类", "其他"]
    return rows.choose([f"{item.name.zh.removesuffix('名称')}{k}" for k in kinds])


REASONS = {
    "negative": [
        "未按规定期限报送材料，经责令后改正",
        "现场检查发现台账记录不完整",
        "逾期未履行生效决定确定的义务",
        "超过许可范围从事经营活动",
        "产品抽检不合格，已责令整改",
    ],
    "plain": ["符合条件，予以认定", "年度例行办理", "企业申请，审核通过", "按规定登记"],
}
FIRMS = (
    r"(guarantor|debtor|counterparty|partner|buyer|seller|plaintiff|defendant|client|customer|investor|shareholder|"
    r"transferor|transferee|pledgor|mortgagor|company|enterprise|branch)"
)
HINTS: tuple[tuple[str, Maker], ...] = (
    (r"remark|note$|comment", _remarks),
    (r"postcode", _postcode),
    (r"email", _email),
    (r"(account|insurance|meter|customer)_no$", _account),
    (r"industry_class|former_name|appointed_by|phone_extension", _nothing),
    (r"(legal_representative|responsible|principal|owner_name|person_in_charge|operator)(_name)?$", _person),
    (
        r"(contact|clerk|manager|head$|supervisor|holder_name|person|applicant_name|inventor|leader|signatory|expert)",
        _somebody,
    ),
    (r"(decision|document|approval|case|notice|instrument|filing)_no$", _document),
    (r"(_no|_number|_code|_id|_uscc)$|^(number|account|plate)", _number),
    (r"(bank|pledgee|mortgagee|creditor|lender|financial_institution)", _bank),
    (r"(address|location|place|site)", _address),
    (
        r"(authority|court|office|organ|agency|bureau|station|department|unit$|issuer|issued_by|source|regulator)",
        _office,
    ),
    (r"scope", _scope),
    (r"(basis|law|standard)", _basis),
    (
        r"(reason|fact|violation|content|measure|result|conduct|obligation|description|detail|cause|summary|opinion)",
        _reason,
    ),
    (FIRMS, _firm),
    (r"(name|title|project|product|certificate)", _titled),
)
