"""Departments 07, 08 and 11: people insured, contributions and housing deposits of a firm's month."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from jiahe.city.business import behind, paid_share, staff, wages
from jiahe.city.rows import Floats, Rows
from jiahe.city.themes.columns import Figure, Maker, Theme, account, count, one_of, yuan

INSURANCES = ("企业职工基本养老保险", "工伤保险")
INSURANCE_RATES = np.array([0.24, 0.008])
MEDICAL_RATE = 0.105
FUND_RATES = (5.0, 8.0, 10.0, 12.0)


def _insurance(rows: Rows) -> Floats:
    due: Floats = np.round(wages(rows) * INSURANCE_RATES[rows.fan % 2], 2)
    return due


def _medical(rows: Rows) -> Floats:
    return np.round(wages(rows) * MEDICAL_RATE, 2)


def _fund_rate(rows: Rows) -> Floats:
    return np.asarray(np.array(FUND_RATES)[(rows.trait("fund rate") * len(FUND_RATES)).astype(np.int64)])


def _fund(rows: Rows) -> Floats:
    return np.round(wages(rows) * _fund_rate(rows) / 50, 2)


def _change(sign: int) -> Maker:
    """People who came or went: more come in good health, more go in bad."""

    def make(rows: Rows) -> pa.Array:
        expected = staff(rows) * 0.025 * np.exp(sign * 0.5 * rows.health)
        return pa.array(rows.rng.poisson(np.minimum(expected, 10_000)))

    return make


def _dues(due: str, paid: str, owed: str, figure: Figure) -> Theme:
    """What is due, what was paid of it, and what is still owed."""
    return {
        due: yuan(figure),
        paid: lambda rows: rows.money(figure(rows) * paid_share(rows)),
        owed: lambda rows: rows.money(figure(rows) * (1 - paid_share(rows))),
    }


THEMES: dict[str, Theme] = {
    "0701": {
        "insurance_no": account("40"),
        "insured_count": count(staff),
        "contribution_base": yuan(wages),
        "arrears_months": lambda rows: pa.array(np.where(behind(rows), 1 + rows.firm % 5, 0)),
        "arrears_amount": lambda rows: rows.money(np.where(behind(rows), wages(rows) * 0.24 * (1 + rows.firm % 5), 0)),
    },
    "0702": {
        "insurance_no": account("40"),
        "insurance_kind": one_of(*INSURANCES),
        "insured_count": count(staff),
        "joined_count": _change(1),
        "left_count": _change(-1),
        "paid_count": lambda rows: pa.array(np.round(staff(rows) * paid_share(rows)).astype(np.int64)),
        "contribution_base": yuan(wages),
    }
    | _dues("amount_due", "amount_paid", "arrears_amount", _insurance),
    "0801": {
        "medical_insurance_no": account("80"),
        "insured_count": count(staff),
        "contribution_base": yuan(wages),
    }
    | _dues("amount_due", "amount_paid", "arrears_amount", _medical),
    "1101": {
        "account_no": account("11"),
        "depositors": count(staff, 0.8),
        "base_total": yuan(wages),
        "employer_rate": lambda rows: pa.array(_fund_rate(rows)),
        "employee_rate": lambda rows: pa.array(_fund_rate(rows)),
        "amount_due": yuan(_fund),
        "amount_paid": lambda rows: rows.money(_fund(rows) * paid_share(rows)),
    },
    "1102": {
        "depositors_average": count(staff, 0.8),
        "base_total": yuan(wages, 12.0),
        "amount_paid": yuan(_fund, 12.0),
        "months_paid": lambda rows: pa.array(np.where(behind(rows), 8 + rows.firm % 4, 12)),
    },
}
