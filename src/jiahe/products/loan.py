"""What a loan costs: its instalments, and its annualised cost with the fees. Decimal throughout; no Django here.

Interest is counted by months, a twelfth of the annual rate each, and rounded half up to the fen; what rounding leaves
over falls into the last instalment. A bullet loan bears simple interest, all of it paid at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

FEN = Decimal("0.01")
YEAR = 12
LONGEST = 600
_CLOSE = Decimal("1e-14")
_STEPS = 200


class Method(StrEnum):
    EQUAL_INSTALMENTS = "equal_instalments"
    EQUAL_PRINCIPAL = "equal_principal"
    INTEREST_FIRST = "interest_first"
    BULLET = "bullet"


@dataclass(frozen=True)
class Instalment:
    """What is paid at the end of a month, and what is owed after it."""

    month: int
    principal: Decimal
    interest: Decimal
    balance: Decimal

    @property
    def total(self) -> Decimal:
        return self.principal + self.interest


@dataclass(frozen=True)
class Charge:
    """A fee in yuan, or in per cent of the loan; paid when the money is, and where `yearly` at each year's beginning."""

    amount: Decimal
    percent: bool
    yearly: bool = False

    def due(self, principal: Decimal) -> Decimal:
        due = principal * self.amount / 100 if self.percent else self.amount
        return due.quantize(FEN, ROUND_HALF_UP)


@dataclass(frozen=True)
class Cost:
    """The internal rate of return of what is received and paid, by month; in per cent a year counted in two ways."""

    monthly: Decimal

    @property
    def simple(self) -> Decimal:
        """Twelve times the monthly rate (simple): with no fees, the rate of the contract."""
        return (self.monthly * YEAR * 100).quantize(FEN, ROUND_HALF_UP)

    @property
    def effective(self) -> Decimal:
        """The monthly rate over twelve months with interest on interest (compound)."""
        return (((1 + self.monthly) ** YEAR - 1) * 100).quantize(FEN, ROUND_HALF_UP)


def schedule(*, principal: Decimal, annual: Decimal, months: int, method: Method) -> list[Instalment]:
    """The instalments of a loan at `annual` per cent; `ValueError` for a loan that cannot be."""
    if principal < FEN or principal != principal.quantize(FEN) or annual < 0 or not 1 <= months <= LONGEST:
        raise ValueError(f"no loan: {principal} at {annual} % for {months} months")
    if method is Method.BULLET:
        return _bullet(principal, annual, months)
    rate, balance, rows = annual / 100 / YEAR, principal, list[Instalment]()
    even = _even(principal, rate, months, method)
    for month in range(1, months + 1):
        interest = (balance * rate).quantize(FEN, ROUND_HALF_UP)
        part = even - interest if method is Method.EQUAL_INSTALMENTS else even
        paid = balance if month == months else min(part, balance)
        balance -= paid
        rows.append(Instalment(month, paid, interest, balance))
    return rows


def _even(principal: Decimal, rate: Decimal, months: int, method: Method) -> Decimal:
    """What is the same each month: the instalment, or its principal."""
    if method is Method.INTEREST_FIRST:
        return Decimal(0)
    if method is Method.EQUAL_PRINCIPAL:
        return (principal / months).quantize(FEN, ROUND_DOWN)
    even = principal * rate / (1 - (1 + rate) ** -months) if rate else principal / months
    return even.quantize(FEN, ROUND_HALF_UP)


def _bullet(principal: Decimal, annual: Decimal, months: int) -> list[Instalment]:
    interest = (principal * annual / 100 * months / YEAR).quantize(FEN, ROUND_HALF_UP)
    nothing = [Instalment(month, Decimal(0), Decimal(0), principal) for month in range(1, months)]
    return [*nothing, Instalment(months, principal, interest, Decimal(0))]


def fees(principal: Decimal, months: int, charges: Sequence[Charge]) -> list[Decimal]:
    """What is paid in fees at the beginning of each month of the loan."""
    due = [Decimal(0)] * months
    for charge in charges:
        for month in range(0, months if charge.yearly else 1, YEAR):
            due[month] += charge.due(principal)
    return due


def cost(rows: Sequence[Instalment], charges: Sequence[Charge] = ()) -> Cost | None:
    """The annualised cost of a loan; None where the fees leave nothing of it."""
    principal = sum((row.principal for row in rows), Decimal(0))
    due = [*fees(principal, len(rows), charges), Decimal(0)]
    received = principal - due[0]
    if received <= 0:
        return None
    return Cost(_return(received, [row.total + fee for row, fee in zip(rows, due[1:], strict=True)]))


def _return(received: Decimal, paid: Sequence[Decimal]) -> Decimal:
    """The monthly rate at which what is paid is worth what was received.

    Newton's steps from 0: the worth falls with the rate, ever less steeply, so that no step goes too far.
    """
    rate = Decimal(0)
    for _ in range(_STEPS):
        factor = 1 / (1 + rate)
        worth = slope = Decimal(0)
        for one in reversed(paid):  # Horner's rule, for the worth and for its slope in the factor
            slope = slope * factor + worth
            worth = worth * factor + one
        slope, worth = slope * factor + worth, worth * factor
        step = (worth - received) / (slope * factor * factor)
        rate += step
        if abs(step) < _CLOSE:
            break
    return rate
