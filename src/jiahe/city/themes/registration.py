"""Department 01, market regulation: who the firm is, who owns it, what it stands surety for."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from jiahe.city.business import profit, staff
from jiahe.city.economy import BANKS, INDUSTRIES
from jiahe.city.graph import NOBODY
from jiahe.city.health import NEVER
from jiahe.city.population import MONTHS
from jiahe.city.rows import Floats, Ints, Mask, Rows, first_day, join
from jiahe.city.themes.columns import Maker, Theme, count, day, ten_thousand

BRANCHES = tuple(f"第{n}分公司" for n in "一二三四五六七八九十")


def _state(rows: Rows) -> pa.Array:
    died = rows.city.life.died[rows.firm]
    failed = rows.city.life.defaulted[rows.firm] < NEVER
    return pa.array(np.where(died < MONTHS, np.where(failed, "吊销,未注销", "注销"), "存续"), pa.string())


def _ended(rows: Rows) -> pa.Array:
    """The last day of the month of death, for those that were deregistered."""
    start = int(rows.population.until.astype(np.int64)) - MONTHS + 1
    died = start + np.minimum(rows.city.life.died[rows.firm], MONTHS - 1)
    return day(first_day(died + 1) - 1, ~rows.city.life.deregistered[rows.firm])


def _revoked(rows: Rows) -> pa.Array:
    """The same for those that failed: their licence is revoked."""
    start = int(rows.population.until.astype(np.int64)) - MONTHS + 1
    life = rows.city.life
    last = np.minimum(life.died[rows.firm], MONTHS - 1)
    return day(first_day(start + last + 1) - 1, (life.died[rows.firm] >= MONTHS) | (life.defaulted[rows.firm] >= NEVER))


def _capital(rows: Rows) -> pa.Array:
    return pa.array(np.round(rows.population.capital[rows.firm] / 10_000, 2))


def _scope(rows: Rows) -> pa.Array:
    scopes = [f"一般项目：{i.scope}(除依法须经批准的项目外，凭营业执照依法自主开展经营活动)。" for i in INDUSTRIES]
    return rows.pick(scopes, rows.population.industry[rows.firm])


def _person(place: int | None = None) -> Maker:
    """The person at a place of the firm, or at the place that the row's ordinal says."""

    def make(rows: Rows) -> pa.Array:
        wanted = rows.nth if place is None else np.full(rows.count, place)
        return rows.population.person.take(pa.array(rows.city.graph.person(rows.firm, wanted)))

    return make


def _holder(rows: Rows, place: Ints) -> tuple[Ints, Mask]:
    """The firm that holds a place, and where it is a firm at all."""
    firm = rows.city.graph.holder[rows.firm, place]
    return np.maximum(firm, 0), firm != NOBODY


def _shareholder(place: str) -> Maker:
    def make(rows: Rows) -> pa.Array:
        which = _place(rows, place)
        firm, company = _holder(rows, which)
        person = rows.population.person.take(pa.array(rows.city.graph.person(rows.firm, which)))
        return pa.compute.if_else(pa.array(company), rows.population.name.take(pa.array(firm)), person)

    return make


def _place(rows: Rows, place: str) -> Ints:
    """Places of shareholders come in turn, in yearly reports within the year, elsewhere from event to event."""
    return (rows.fan if place == "fan" else rows.nth) % 2


def _holder_code(rows: Rows) -> pa.Array:
    firm, company = _holder(rows, _place(rows, "fan"))
    return rows.with_nulls(rows.population.uscc.take(pa.array(firm)), ~company)


def _holder_kind(rows: Rows) -> pa.Array:
    return rows.pick(("自然人股东", "企业法人"), _holder(rows, _place(rows, "fan"))[1].astype(np.int64))


def _share(rows: Rows) -> Floats:
    first = rows.city.graph.first_share[rows.firm]
    return np.where(_place(rows, "fan") == 0, first, np.round(100 - first, 2))


def _subscribed(paid: float = 0.0) -> Maker:
    """The part of the capital that goes with the share; paid in to a degree that is the firm's own."""

    def make(rows: Rows) -> pa.Array:
        degree = 1.0 if not paid else np.clip(paid + rows.trait("paid in"), 0, 1)
        return pa.array(np.round(rows.population.capital[rows.firm] / 10_000 * _share(rows) / 100 * degree, 2))

    return make


def _guaranteed(rows: Rows) -> pa.Array:
    return rows.population.name.take(pa.array(rows.city.graph.next_in_ring[rows.firm]))


def _year(rows: Rows) -> Floats:
    """About a year's sales: twelve of the month's."""
    return rows.sales * 12


def _assets(rows: Rows) -> Floats:
    return rows.population.sales[rows.firm] * 12 * (0.6 + 0.6 * rows.trait("assets"))


def _debts(rows: Rows) -> Floats:
    """Debts weigh more where health is bad."""
    return _assets(rows) * np.clip(0.52 - 0.14 * rows.health, 0.05, 1.3)


THEMES: dict[str, Theme] = {
    "0101": {
        "enterprise_type": lambda rows: rows.of_firm(rows.population.form),
        "enterprise_state": _state,
        "deregistered_on": _ended,
        "revoked_on": _revoked,
        "registered_capital": _capital,
        "business_scope": _scope,
        "area": lambda rows: rows.of_firm(rows.population.area),
        "employees": lambda rows: pa.array(rows.population.staff[rows.firm]),
        "legal_representative": lambda rows: rows.of_firm(rows.population.person),
    },
    "0102": {"person_name": _person(0)},
    "0103": {
        "shareholder": _shareholder("fan"),
        "shareholder_kind": _holder_kind,
        "shareholder_uscc": _holder_code,
        "subscribed": _subscribed(),
        "paid_in": _subscribed(paid=0.2),
        "ownership_share": lambda rows: pa.array(_share(rows)),
    },
    "0104": {"person_name": _person()},
    "0107": {"deregistered_on": _ended},
    "0108": {
        "employees": count(staff),
        "women": count(staff, 0.44),
        "assets": ten_thousand(_assets),
        "liabilities": ten_thousand(_debts),
        "equity": ten_thousand(lambda rows: _assets(rows) - _debts(rows)),
        "revenue": ten_thousand(_year),
        "main_revenue": ten_thousand(_year, 0.94),
        "profit": ten_thousand(profit, 12.0),
        "net_profit": ten_thousand(profit, 11.2),
    },
    "0110": {"debtor": _guaranteed, "creditor": lambda rows: rows.choose(BANKS)},
    "0111": {"pledgor": _shareholder("nth")},
    "0114": {"shareholder": _shareholder("nth")},
    "0115": {"shareholder": _shareholder("nth")},
    "0106": {
        "branch_name": lambda rows: join(rows.of_firm(rows.population.name), rows.pick(BRANCHES, rows.nth)),
    },
}
